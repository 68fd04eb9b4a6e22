"""The rows of a table in whatever encoding, each with its place: what is broken costs itself."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import LONGEST_TEXT
from kavalan.chats.pieces import view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, Self

_SAMPLE: Final = 1 << 16
_SCARCE: Final = 8
"""Of so many characters in UTF-16 at least one is of the first page, where the delimiters are."""
_DELIMITERS: Final = "\t,;|"


class Row(NamedTuple):
    """A row.

    Attributes:
        offset: bytes from the start of the table to its first.
        length: bytes that it takes there.
        cells: as they stand; of a line that is no row, itself.
        fault: why it is no row; empty for one that is.
    """

    offset: int
    length: int
    cells: list[str]
    fault: str = ""

    @property
    def empty(self) -> bool:
        """Nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


def rows_of(source: BinaryIO, delimiter: str) -> Iterator[Row]:
    """All rows, in memory that does not grow with the table.

    A quotation mark that is never closed costs its row: the lines behind it are read each for itself.

    Args:
        source: the table, from its first byte.
        delimiter: between cells; `delimiter_of` finds it.
    """
    csv.field_size_limit(LONGEST_TEXT)
    lines = _Lines(source)
    # Strict, or such a mark would take in all that follows.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield from lines.apart(delimiter, str(error))
            continue
        yield Row(lines.offset, lines.length, cells)


def delimiter_of(source: BinaryIO) -> str:
    """What stands between cells: of all signs that may, the one that the first lines hold most often."""
    encoding, _ = _encoding_of(source)
    source.seek(0)
    head = source.read(_SAMPLE).decode(encoding, "replace")
    source.seek(0)
    return max(_DELIMITERS, key=head.count)


class _Lines:
    """Gives lines one after another, and remembers those of the row.

    Attributes:
        offset: of the row, in bytes.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._encoding, mark = _encoding_of(source)
        # A byte that is none of the encoding's stays what it is; half of UTF-16 is not to be kept so.
        self._errors = "replace" if self._encoding.startswith("utf-16") else "surrogateescape"
        size = source.seek(0, io.SEEK_END)
        # What decodes closes what it reads when it goes; the table may be read once more.
        self._text = io.TextIOWrapper(view(source, mark, size - mark), self._encoding, self._errors, newline="")
        self.offset = self._next = mark
        self._taken: list[tuple[int, str]] = []

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_TEXT)
        if not line:
            raise StopIteration
        self._taken.append((self._next, line))
        self._next += len(line) if line.isascii() and self._narrow else len(line.encode(self._encoding, self._errors))
        return line

    @property
    def length(self) -> int:
        """Of the row, in bytes."""
        return self._next - self.offset

    def begin(self) -> None:
        """A row begins."""
        self.offset = self._next
        self._taken.clear()

    def apart(self, delimiter: str, why: str) -> Iterator[Row]:
        """Each line of a row that is none, for itself."""
        ends = [*(start for start, _ in self._taken[1:]), self._next]
        for (start, line), end in zip(self._taken, ends, strict=True):
            try:
                cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
                fault = "" if line.count('"') % 2 == 0 else why
            except csv.Error:
                cells, fault = [line], why
            yield Row(start, end - start, cells, fault)

    @property
    def _narrow(self) -> bool:
        return not self._encoding.startswith("utf-16")


def _encoding_of(source: BinaryIO) -> tuple[str, int]:
    """Encoding, and the length of its mark: UTF-8 where it is that, UTF-16, else the code page of spreadsheets."""
    source.seek(0)
    head = source.read(_SAMPLE)
    source.seek(0)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):  # fmt: skip
        if head.startswith(mark):
            return encoding, len(mark)
    for parity, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[parity::2], head[1 - parity :: 2]
        if high.count(0) * _SCARCE > len(high) > 0 and high.count(0) > low.count(0) * _SCARCE:
            return encoding, 0
    try:
        # The last character of a sample may be cut.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _SAMPLE)
    except UnicodeDecodeError:
        # A table that names so many beyond ASCII is UTF-8 with a broken place; one that names few may be either.
        return ("utf-8" if _mostly(head) else "cp1252"), 0
    return "utf-8", 0


def _mostly(head: bytes) -> bool:
    """Most of what is beyond ASCII is characters of UTF-8, and not bytes that are none."""
    text = head.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= one <= "\udcff" for one in text)
    return broken * 2 < sum(one > "\x7f" for one in text)
