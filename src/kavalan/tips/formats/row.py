"""One row of a partner's table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kavalan.tips.errors import TipError
from kavalan.tips.model import Account, Capture, File, Leftover, Passage, Person, Tip
from kavalan.tips.moments import moment_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.tips.columns import Columns, Meaning
    from kavalan.tips.model import Moment

_MD5, _SHA256 = re.compile(r"[0-9A-Fa-f]{32}"), re.compile(r"[0-9A-Fa-f]{64}")


class RowReader:
    """Makes tips of rows; where each meaning stands is found once.

    Attributes:
        width: cells of a row.
    """

    def __init__(self, names: Sequence[str], columns: Columns) -> None:
        """Find the columns.

        Raises:
            TipError: one that was given a meaning is not there.
        """
        if missing := [name for name in columns.meaning if name not in names]:
            message = f"there is no column {missing[0]!r}; the first line has: {', '.join(names) or 'nothing'}"
            raise TipError(message)
        self.width = len(names)
        self._columns = columns
        self._zone = ZoneInfo(columns.zone)
        places = {name: place for place, name in enumerate(names)}
        self._places: dict[Meaning, list[int]] = {}
        for name, meaning in columns.meaning.items():
            self._places.setdefault(meaning, []).append(places[name])
        self._notes = [(names[place], place) for place in self._places.get("note", [])]
        self._others = [(name, place) for name, place in places.items() if name not in columns.meaning]
        # Without an address they are about nothing.
        self._of_address = [(names[place], place) for place in (*self._at("port"), *self._at("ip_at"))]
        self._digests = [(names[place], place, _MD5) for place in self._at("md5")]
        self._digests += [(names[place], place, _SHA256) for place in self._at("sha256")]

    def _at(self, meaning: Meaning) -> list[int]:
        return self._places.get(meaning, [])

    def tips(self, cells: Sequence[str]) -> Iterator[Tip]:
        """The tip of a row as wide as the header; none of an empty one."""
        row = _Row([cell.strip() for cell in cells], self._places)
        if not any(row.cells):
            return
        left = [Leftover(name, row.cells[place]) for name, place in self._others if row.cells[place]]
        if not row.one("ip"):
            left += [Leftover(name, row.cells[place]) for name, place in self._of_address if row.cells[place]]
        left += [
            Leftover(name, row.cells[place])
            for name, place, form in self._digests
            if row.cells[place] and not form.fullmatch(row.cells[place])
        ]
        yield Tip(
            form="table",
            number=row.one("number"),
            received=self._moment(row.one("received")),
            sender=row.one("sender") or self._columns.sender,
            incident=row.one("incident"),
            incident_at=self._moment(row.one("incident_at")),
            platform=row.one("platform"),
            priority=row.one("priority"),
            persons=self._persons(row),
            files=_files(row),
            passages=tuple(Passage(name, row.cells[place]) for name, place in self._notes if row.cells[place]),
            leftovers=tuple(left),
        )

    def _moment(self, said: str) -> Moment | None:
        return moment_in(said, self._columns.order, self._zone) if said else None

    def _persons(self, row: _Row) -> tuple[Person, ...]:
        address = row.one("ip")
        captures = (Capture("IP Address", address, row.one("port"), self._moment(row.one("ip_at"))),) if address else ()
        person = Person(
            role="reported",
            name=row.one("name"),
            born=row.one("born"),
            account=Account(id=row.one("account")),
            emails=row.all("email"),
            phones=row.all("phone"),
            addresses=row.all("address"),
            captures=captures,
        )
        return () if person == _NOBODY else (person,)


class _Row:
    """The cells of a row by what they mean."""

    __slots__ = ("_places", "cells")

    def __init__(self, cells: list[str], places: dict[Meaning, list[int]]) -> None:
        self.cells = cells
        self._places = places

    def one(self, meaning: Meaning) -> str:
        places = self._places.get(meaning)
        return self.cells[places[0]] if places else ""

    def all(self, meaning: Meaning) -> tuple[str, ...]:
        return tuple(self.cells[place] for place in self._places.get(meaning, ()) if self.cells[place])


def _files(row: _Row) -> tuple[File, ...]:
    md5, sha256 = row.one("md5"), row.one("sha256")
    file = File(
        name=row.one("file_name"),
        md5=md5.lower() if _MD5.fullmatch(md5) else "",
        sha256=sha256.lower() if _SHA256.fullmatch(sha256) else "",
    )
    return () if file == _NO_FILE else (file,)


_NOBODY, _NO_FILE = Person(role="reported"), File()
