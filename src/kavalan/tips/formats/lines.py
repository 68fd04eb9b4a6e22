"""The lines of a table in whatever encoding, remembered while they make up one row."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing import Self

LONGEST = 1 << 20
"""Characters of a line, and of a cell; a longer line is read as several, which then do not fit the header."""
_SAMPLE = 1 << 16
_SCARCE = 8
"""Of so many characters in UTF-16 at least one is of the first page, where the delimiters are."""


class Lines:
    """Gives lines one after another.

    Attributes:
        first: number of the first line of the row, from 1.
        taken: the lines of the row so far.
    """

    def __init__(self, source: BinaryIO) -> None:
        encoding = encoding_of(source)
        # A byte that is none of the encoding's stays what it is; half of UTF-16 is not to be kept so.
        errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
        self._text = io.TextIOWrapper(source, encoding, errors, newline="")
        self.first = 1
        self.taken: list[str] = []

    def __iter__(self) -> Self:
        """Itself."""
        return self

    def __next__(self) -> str:
        """The next line, its end included."""
        line = self._text.readline(LONGEST)
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def begin(self) -> None:
        """A row begins."""
        self.first += len(self.taken)
        self.taken.clear()


def encoding_of(source: BinaryIO) -> str:
    """UTF-8 where it is that, UTF-16 by its mark or its NULs, otherwise the code page of spreadsheet programs."""
    head = source.read(_SAMPLE)
    source.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for parity, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[parity::2], head[1 - parity :: 2]
        if high.count(0) * _SCARCE > len(high) > 0 and high.count(0) > low.count(0) * _SCARCE:
            return encoding
    try:
        # The last character of a sample may be cut.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _SAMPLE)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
