"""Files to fingerprints: digests taken here, everything that decodes in the sandbox."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from kavalan.fingerprint.decoding import Decoded, Request
from kavalan.fingerprint.reading import Readable, Reading, Taken, take
from kavalan.fingerprint.recall import Known, Recall, Said
from kavalan.fingerprint.record import Fingerprint
from kavalan.sandbox import Confinement, Limits, Outcome, Pool, Source

R = TypeVar("R", bound=Readable)

LIMITS = Limits(memory=1536 << 20, records=10_000)
"""A picture of 300 million pixels, the most that is decoded, needs 1.2 GB; a long video says every five seconds of
processor time that it goes on."""


class Fingerprinter:
    """Workers that fingerprint files; enter it once and use it for many.

    A file is read once here, where its digests are taken, and the bytes go to a worker if a decoder is for their kind:
    what a hostile file may do to a decoder cannot reach a digest. Belongs to the thread that enters it.

        with Fingerprinter() as fingerprinter:
            for reading in fingerprinter.read(walk_folder(folder)):
                ...
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        orient: bool = False,
        rotations: bool = False,
        interval: float = 1.0,
        exact: bool = False,
    ) -> None:
        """Say how to hash; workers start when it is entered.

        Args:
            workers: decoding processes.
            orient: turn pictures as their EXIF orientation says. Hash lists are made without.
            rotations: PDQ of pictures in all eight rotations and flips.
            interval: seconds between the sampled frames of a video.
            exact: decode pictures in full and in colour, as the reference does: ten times slower and on average less
                than a bit away from the usual way. For a second look at a near hit.
        """
        self._ask = partial(Request, orient=orient, rotations=rotations, interval=interval, exact=exact)
        self._pool = Pool(f"{__package__}.task:decode", Request, Decoded, workers=workers, limits=LIMITS)
        self.parameters = {
            "orient": str(orient),
            "rotations": str(rotations),
            "interval": f"{interval:g}",
            "exact": str(exact),
        }
        """What results depend on, for whoever must say whether two scans are of one kind."""

    def __enter__(self) -> Self:
        """Start the workers.

        Raises:
            kavalan.sandbox.StartError: they cannot; the text says why.
        """
        self._pool.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers."""
        self._pool.__exit__(kind, error, trace)

    @property
    def confinement(self) -> Confinement:
        """What the kernel granted; a report on the results carries its text."""
        return self._pool.confinement

    def read(self, items: Iterable[R], known: Known | None = None) -> Generator[Reading[R], None, None]:
        """Fingerprint items, in their order.

        Memory: a few items, however many there are, and tens of megabytes of what was said of the last contents: equal
        contents among them are decoded once. An item that cannot be read, crashes its decoder or hangs it is answered
        with the reason and costs no other item.

        Args:
            items: to be read.
            known: what the same decoders with the same parameters said elsewhere.
        """
        run = _Run[R](self._ask, Recall(known))
        for outcome in self._pool.map(run.sources(items)):
            yield run.join(outcome)


class _Run(Generic[R]):
    """The items on their way through the pool, whose outcomes come back in the same order."""

    def __init__(self, ask: partial[Request], recall: Recall) -> None:
        self._ask = ask
        self._recall = recall
        self._open: deque[tuple[R, Taken | str, Said | None, bool]] = deque()

    def sources(self, items: Iterable[R]) -> Iterator[tuple[Source | None, Request]]:
        for item in items:
            taken = _take(item)
            if isinstance(taken, str) or taken.decodable is None:
                self._open.append((item, taken, None, False))
                yield None, self._ask("")
                continue
            sha256 = taken.digests.sha256
            said = self._recall.find(sha256)
            decodes = said is None
            self._open.append((item, taken, said or self._recall.expect(sha256, held=taken.held), decodes))
            yield (taken.decodable, self._ask(taken.kind)) if decodes else (None, self._ask(""))
            if taken.held:
                taken.decodable.close()  # the worker has its own descriptor of it; ours would keep the bytes in memory

    def join(self, outcome: Outcome[Decoded]) -> Reading[R]:
        item, taken, said, decodes = self._open.popleft()
        if isinstance(taken, str):
            return Reading(item, None, taken)
        if said is not None and decodes:
            said.decoded, said.failure = _decoded(outcome), str(outcome.failure) if outcome.failure else None
            self._recall.settle(taken.digests.sha256, said, sure=not taken.changed())
        fingerprint = _fingerprint(taken, said or _NOTHING)
        if taken.decodable is not None:
            taken.decodable.close()
        return Reading(item, fingerprint, fingerprint.error)


def _take(item: Readable) -> Taken | str:
    if item.refusal is not None:
        return item.refusal
    try:
        return take(item.open())
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"


_NOTHING = Said(Decoded())


def _fingerprint(taken: Taken, said: Said) -> Fingerprint:
    decoded = said.decoded
    errors = [taken.passed, decoded.error, said.failure]
    if taken.changed():
        errors.append("changed while it was read")
    return Fingerprint(
        kind=taken.kind,
        size=taken.digests.size,
        md5=taken.digests.md5,
        sha1=taken.digests.sha1,
        sha256=taken.digests.sha256,
        pdq=decoded.pdq,
        pdq_quality=decoded.pdq_quality,
        orientation=decoded.orientation,
        rotations=decoded.rotations,
        frames=decoded.frames,
        error="; ".join(filter(None, errors)) or None,
    )


def _decoded(outcome: Outcome[Decoded]) -> Decoded:
    """The last record, which is the whole answer; where a failure came before it, the frames that were sent ahead."""
    if outcome.failure is None:
        return outcome.records[-1] if outcome.records else Decoded()
    frames = tuple(frame for record in outcome.records for frame in record.frames or ())
    return Decoded(frames=frames or None)


class _Named:
    """A file that the caller named."""

    refusal = None

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> int:
        return os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)


def fingerprint_file(path: str | os.PathLike[str]) -> Fingerprint:
    """Fingerprint one file; for many, enter a `Fingerprinter` once.

    Raises:
        OSError: the file cannot be read.
        kavalan.sandbox.StartError: no worker can be started.
    """
    with Fingerprinter(workers=1) as fingerprinter:
        (reading,) = fingerprinter.read([_Named(Path(path))])
    if reading.fingerprint is None:
        raise OSError(f"{os.fspath(path)}: {reading.error}")
    return reading.fingerprint
