"""Reading files of tips in the sandbox."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from kavalan.sandbox import Limits, Pool, Streamer
from kavalan.sources import SourceLimits
from kavalan.sources.archive import ZipReader
from kavalan.tips.model import Tip
from kavalan.tips.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from kavalan.sandbox import Failure, Source
    from kavalan.tips.columns import Columns

FORMS = {
    "cybertipline": "CyberTipline referral, JSON",
    "print": "CyberTipline referral, PDF, for when no JSON comes",
    "mail": "e-mail, .eml",
    "table": "a partner's table, .csv, with the meaning of its columns",
}
"""Forms that are read, and what each is."""

LIMITS = Limits(memory=768 << 20, answer_bytes=64 << 20, records=5_000_000)
"""An e-mail of 256 MiB is parsed in memory; what is read of it, or of a referral, is one record of at most 64 MiB."""


ARCHIVES = SourceLimits(depth=3, members=50_000, spool=64 << 20, free_member=64 << 20, memory=512 << 20)
"""Of a bundle: a referral, or a ZIP in the ZIP, is held in memory while it is read; a larger one is a file like any."""


class TipReader:
    """Reads tips in confined workers.

    with TipReader() as reader, path.open("rb") as file:
        for tip in reader.read(file, "cybertipline"):
            ...
        if reader.failure:
            ...
    """

    def __init__(self) -> None:
        self.failure: Failure | None = None
        """Why the last file was not read to its end; None where it was, or while it is."""
        task = f"{__package__}.task:read"
        # A referral is one large record; a table is any number of small ones, which are not collected.
        self._documents = Pool(task, Request, Tip, limits=LIMITS)
        self._tables = Streamer(task, Request, Tip, limits=LIMITS)
        self.archives = tuple(ZipReader(ARCHIVES) for _ in range(ARCHIVES.depth))
        """For bundles, one for each depth of ZIPs in ZIPs; `open_bundle` uses them."""

    def __enter__(self) -> Self:
        """Start the worker for documents; those for tables and bundles start with the first one.

        Raises:
            StartError: it cannot be started; the text names the cause.
        """
        with ExitStack() as stack:
            stack.enter_context(self._documents)
            stack.enter_context(self._tables)
            for archive in self.archives:
                stack.enter_context(archive)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers."""
        self._stack.close()

    def read(self, source: Source, form: str, columns: Columns | None = None) -> Iterator[Tip]:
        """The tips of a file as they are read; afterwards `failure` says whether all came.

        Args:
            source: an open file.
            form: one of `FORMS`.
            columns: what those of a table mean.
        """
        self.failure = None
        if columns is None:
            outcome = self._documents.run(source, Request(form))
            yield from outcome.records
            self.failure = outcome.failure
        else:
            stream = self._tables.stream(source, Request(form, columns))
            yield from (said for said in stream if isinstance(said, Tip))
            self.failure = stream.failure
