"""The results of an exhibit as CSV: every cell quoted, none that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exhibits.selectors import asked_items
from kavalan.casework.exports.rules import cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.casework.exhibits.models import Item
    from kavalan.casework.exports.models import Export

_AT_ONCE = 2000
COLUMNS = (
    "number",
    "path",
    "path_on_device",
    "state",
    "place",
    "family",
    "kind",
    "size",
    "md5",
    "sha1",
    "sha256",
    "pdq",
    "pdq_quality",
    "modified_utc",
    "known",
    "stack",
    "not_read_class",
    "not_read_why",
)
"""Of the table; `stack` is the number of the first item of the stack in which it lies."""


class Table:
    """The table in pieces, some thousands of rows each; no cursor is held open between them.

    Args:
        export: of what.

    Attributes:
        name: of the file.
        items: how many rows were given until now.
    """

    name = "items.csv"

    def __init__(self, export: Export) -> None:
        self._export = export
        self.items = 0

    def __iter__(self) -> Iterator[bytes]:
        # The mark tells spreadsheets that it is UTF-8.
        yield b"\xef\xbb\xbf" + _rows([COLUMNS])
        after = 0
        while page := self._page(after):
            self.items += len(page)
            after = page[-1].number
            yield _rows([_row(item) for item in page])

    def _page(self, after: int) -> list[Item]:
        items = asked_items(self._export.exhibit, self._export.filter, after).select_related("content")
        return list(items.order_by("number")[:_AT_ONCE])


def _rows(rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


def _row(item: Item) -> list[object]:
    content = item.content
    return [
        item.number,
        cell(item.shown_path),
        cell(item.shown_original),
        item.state,
        item.place,
        item.family,
        cell(content.kind) if content else "",
        content.size if content else "",
        bytes(content.md5).hex() if content else "",
        bytes(content.sha1).hex() if content else "",
        content.sha256_hex if content else "",
        content.pdq_hex if content else "",
        content.pdq_quality if content and content.pdq_quality is not None else "",
        item.modified.isoformat() if item.modified else "",
        Standing(item.standing).name.lower(),
        item.stack or "",
        item.reason,
        cell(item.error),
    ]
