"""The file of an extract: the entries for one person, provable without the others, as a stream in constant memory.

It is a ZIP of the folder that `verify_ledger.py` checks: the entries that are told, in their places among the roots of
those that are withheld (`kavalan.ledger.Withheld`), the last checkpoint, the keys, the program, and a table for people.
"""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Q

from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry
from kavalan.casework.ledger.oversight import by_or_about
from kavalan.casework.ledger.proofs import VERIFIER, verifier_program
from kavalan.ledger import Entry, Withheld, canonical_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kavalan.casework.ledger.models import LedgerExtract
    from kavalan.ledger import PublicKey

_AT_ONCE = 2000
_COLUMNS = ("number", "at", "verb", "actor", "authority", "subject_kind", "subject", "hash")
_READ_ME = """\
Extract of the ledger for one person.

entries.csv      the entries, for people and spreadsheets; times are UTC
entries.jsonl    the same, each in the very words that its hash is of, among the roots of what is withheld
checkpoints.txt  what was signed about the whole ledger
ledger.pub       the public keys of the unit
verify_ledger.py checks it all on a bare Python 3.8 or newer: python3 verify_ledger.py . --against SLIP

It names people and things by their ids only. That no entry was left out can be seen at the desk alone: the roots of
what is withheld say how many entries there are, not what they hold.
"""


def extract_file(extract: LedgerExtract, trusted: Iterable[PublicKey]) -> Iterator[bytes]:
    """The ZIP, in pieces, as it is made; nothing is read from the database across two pieces.

    Args:
        extract: what `services.make_extract` recorded.
        trusted: keys that sign for this ledger.
    """
    checkpoint = LedgerCheckpoint.objects.filter(size__lte=extract.size).latest("size")
    # What a spreadsheet takes for a formula begins with none of the characters that an id, a verb or a time does.
    members: dict[str, Iterable[bytes]] = {
        "README.txt": [_READ_ME.encode()],
        VERIFIER: [verifier_program()],
        "ledger.pub": [key.pem.encode() for key in trusted],
        "checkpoints.txt": [f"{checkpoint.note}\n".encode()],
        "entries.csv": _table(extract),
        "entries.jsonl": _lines(extract, {checkpoint.size}),
    }
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED) as archive:
        for name, contents in members.items():
            with archive.open(name, "w", force_zip64=True) as member:
                for piece in contents:
                    member.write(piece)
                    yield pieces.taken()
    yield pieces.taken()


class _Pieces:
    """Where `ZipFile` writes to: what came since it was last asked. It has no place to go back to."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """Nothing is held."""

    def taken(self) -> bytes:
        """All of it, and begin anew."""
        taken = b"".join(self._written)
        self._written.clear()
        return taken


def _told(extract: LedgerExtract) -> Q:
    return Q(at__gte=extract.since, at__lt=extract.until) & by_or_about(extract.officer)


def _pages(extract: LedgerExtract) -> Iterator[range]:
    """The numbers of all entries, some thousands at a time: a cursor that stays open would hold the database."""
    return (range(first, min(first + _AT_ONCE, extract.size + 1)) for first in range(1, extract.size + 1, _AT_ONCE))


def _entries(extract: LedgerExtract, page: range) -> list[LedgerEntry]:
    within = LedgerEntry.objects.filter(number__gte=page.start, number__lt=page.stop)
    return list(within.filter(_told(extract)).order_by("number"))


def _lines(extract: LedgerExtract, stated: Collection[int]) -> Iterator[bytes]:
    """What is told and what is withheld; the roots of the sizes in `stated` can be computed from it."""
    withheld = Withheld()
    for page in _pages(extract):
        told = {entry.number: entry for entry in _entries(extract, page)}
        within = LedgerEntry.objects.filter(number__gte=page.start, number__lt=page.stop).order_by("number")
        lines: list[str] = []
        for number, digest in within.values_list("number", "hash"):
            if (entry := told.get(number)) is not None:
                lines += chain(withheld.take(), [_text(entry)])
                withheld.tell()
            else:
                withheld.withhold(bytes(digest))
            if number in stated:
                lines += withheld.take()
        yield _joined(lines)
    yield _joined(withheld.take())


def _table(extract: LedgerExtract) -> Iterator[bytes]:
    for page in chain([None], _pages(extract)):
        text = io.StringIO()
        rows = csv.writer(text)
        if page is None:
            rows.writerow(_COLUMNS)
        else:
            rows.writerows(_row(entry) for entry in _entries(extract, page))
        yield text.getvalue().encode()


def _row(entry: LedgerEntry) -> list[object]:
    told = {"at": entry.at.isoformat(), "hash": bytes(entry.hash).hex()}
    return [told.get(name, getattr(entry, name)) for name in _COLUMNS]


def _text(entry: LedgerEntry) -> str:
    fields = {name: getattr(entry, name) for name in Entry.__struct_fields__}
    fields |= {name: bytes(fields[name]) for name in ("payload", "previous")}
    return canonical_text(Entry(**fields)).decode("ascii")


def _joined(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("ascii")
