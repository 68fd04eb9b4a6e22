"""What a table would be read as, before it is taken in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Form
from kavalan.casework.vault.store import vault
from kavalan.sandbox import memory_file, printable, seal
from kavalan.tips import TipError, TipReader
from kavalan.tips.head import HeadRequest, head_of
from kavalan.vault import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from kavalan.sandbox import Failure
    from kavalan.tips import Columns, Tip
    from kavalan.tips.head import Head

PREVIEWED: Final = 5
"""Rows of a preview."""
_HEAD_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Preview:
    """The first reports that a table would give: what each says, and what beside it was not understood.

    Attributes:
        reports: of each report pairs of a place in it and what stands there.
        fault: why there are no more; empty where only the preview ends.
    """

    reports: Sequence[Sequence[tuple[str, str]]]
    fault: str


def head_in(name: str, request: HeadRequest) -> Head:
    """The first lines of a table that lies in the vault.

    Args:
        name: the vault's.
        request: where its header stands.

    Raises:
        LockedError: this process holds no keys.
        RefusedError: it cannot be read; the text says why.
    """
    with _beginning(name) as file:
        try:
            return head_of(file, request)
        except TipError as error:
            raise RefusedError("This cannot be read as a table: %(why)s", why=printable(str(error))) from error


def preview(name: str, columns: Columns) -> Preview:
    """What its first rows would be read as. Raises as `head_in`."""
    with _beginning(name) as file, TipReader() as reader:
        tips = list(islice(reader.read(file, Form.TABLE.value, columns), PREVIEWED))
        fault = why_of(reader.failure) if reader.failure is not None and len(tips) < PREVIEWED else ""
    return Preview([list(lines_of(tip)) for tip in tips], fault)


def why_of(failure: Failure) -> str:
    """Why a file could not be read, in the reader's own words where it has some; else named by the error's kind."""
    return printable(failure.detail).removeprefix(f"{TipError.__name__}: ")


def lines_of(tip: Tip) -> Iterator[tuple[str, str]]:
    """Everything that a tip says, in its order: where it stands, and what."""
    return _lines(msgspec.to_builtins(tip), "")


def _lines(value: Any, where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 whatever a tip as plain values holds
    match value:
        case None | "":
            return
        case dict():
            for name, one in value.items():
                yield from _lines(one, f"{where}.{name}" if where else name)
        case list() | tuple():
            for number, one in enumerate(value):
                yield from _lines(one, f"{where}[{number}]")
        case _:
            yield where, printable(str(value))


@contextmanager
def _beginning(name: str) -> Iterator[BinaryIO]:
    """The beginning of the original, in memory: enough for a preview, cut at a line."""
    with memory_file() as file:
        try:
            with vault().open(name) as reader:
                data = reader.read(_HEAD_BYTES)
        except VaultError as error:
            raise RefusedError("This cannot be read: %(why)s", why=error.what) from error
        whole = len(data) < _HEAD_BYTES
        file.write(data if whole else data[: data.rfind(b"\n") + 1])
        yield seal(file)
