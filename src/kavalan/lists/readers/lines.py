"""Lines of text lists as fields, one bad line costing one line.

A quoted field may hold line ends; a quote that is never closed costs its own line and not the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.lists.readers.contract import Report, Source

MAX_LINE: Final = 1 << 20
MAX_FIELDS: Final = 1000
_MAX_JOINED: Final = 50


class Lines:
    """One pass over the lines of a text file.

    Args:
        source: the file, after its head was looked at.
        report: told about lines that are too long or badly quoted.
        delimiter: one character between fields.
    """

    def __init__(self, source: Source, report: Report, delimiter: str) -> None:
        self._source = source
        self._report = report
        self._delimiter = delimiter
        self._ahead: deque[tuple[int, str]] = deque()
        self._number = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Line number, from 1, and fields of every line that is not blank."""
        while (line := self._next()) is not None:
            number, text = line
            if text.strip():
                fields = self._fields(number, text) if '"' in text else text.split(self._delimiter)
                if fields is not None and len(fields) <= MAX_FIELDS:
                    yield number, fields
                elif fields is not None:
                    self._report.fault(number, f"more than {MAX_FIELDS} fields")

    def _next(self) -> tuple[int, str] | None:
        return self._ahead.popleft() if self._ahead else self._read()

    def _read(self) -> tuple[int, str] | None:
        while True:
            raw = self._source.readline(MAX_LINE)
            if not raw:
                return None
            self._number += 1
            if len(raw) < MAX_LINE or raw.endswith(b"\n"):
                return self._number, raw.decode("utf-8", "replace").rstrip("\r\n")
            while raw and not raw.endswith(b"\n"):
                raw = self._source.readline(MAX_LINE)
            self._report.fault(self._number, "the line is longer than 1 MiB")

    def _fields(self, number: int, text: str) -> list[str] | None:
        """The fields of a line with quotes, which may go on in the next lines."""
        borrowed: list[tuple[int, str]] = []
        while True:
            try:
                rows = list(csv.reader([text], delimiter=self._delimiter, strict=True))
                return rows[0] if len(rows) == 1 else None
            except csv.Error as error:
                more = self._next() if "unexpected end" in str(error) and len(borrowed) < _MAX_JOINED else None
                if more is None or len(text) + len(more[1]) > MAX_LINE:
                    self._ahead.extendleft(reversed([*borrowed, more] if more else borrowed))
                    self._report.fault(number, "a quoted field that is not closed, or text after its closing quote")
                    return None
                borrowed.append(more)
                text = f"{text}\n{more[1]}"
