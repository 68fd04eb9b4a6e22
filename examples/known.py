"""The demo's hash lists: made from a few of its own benign photographs, under invented owners and an invented scheme.

What each list is there to show stands beside it. A real list comes from its owner, with `kavalan lists add`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kavalan.fingerprint import Fingerprint, Fingerprinter
from kavalan.lists import Agreement, Catalogue, Category, Entry, Flag, Kind, ListInfo
from kavalan.sources import walk_folder
from material import CAMERA, FORWARDED

EXCHANGE, BUREAU, CLEARED, LAPSED, SYSTEM = (
    "sample-exchange",
    "sample-bureau",
    "cleared-here",
    "partner-2024",
    "system-files",
)
_A, _B, _C = (Category("demo/1", code) for code in "ABC")
_OTHER = Category("demo/2", "2")


def make_lists(root: Path, exhibit: Path, unit: str) -> Entry:
    """Make the five lists in a catalogue, and return the entry that its owner will withdraw.

    Args:
        root: `lists/` of the workspace.
        exhibit: the demo's exhibit.
        unit: the name of the unit that agreements name.
    """
    catalogue = Catalogue(root)
    photographs = _fingerprints(exhibit)
    # Of the first, the fourth and the fifth that were forwarded, the original and the edited copy are both there.
    smaller, mirrored, brighter = (photographs[FORWARDED * number] for number in (0, 3, 4))
    one, two, taken_back, cleared, by_md5, by_md5_alone, conflicting, shipped, shipped_too = photographs[1:6] + [
        photographs[FORWARDED + more] for more in range(1, 5)
    ]
    withdrawn = Entry(position=3, key="SX-3", sha256=taken_back.sha256, categories=(_B,))
    _make(
        catalogue,
        _info(EXCHANGE, "Sample Exchange", "2026-02", agreement=_agreement("MoU 4/2025", unit, 300)),
        [
            Entry(position=1, key="SX-1", sha256=one.sha256, size=one.size, categories=(_A,)),
            Entry(position=2, key="SX-2", sha1=two.sha1, categories=(_A,), flags=Flag.VICTIM_IDENTIFIED),
            withdrawn,
            Entry(position=4, key="SX-4", sha256=cleared.sha256, categories=(_C,)),
            Entry(position=5, key="SX-5", md5=by_md5.md5, size=by_md5.size, categories=(_B,)),
            Entry(position=6, key="SX-6", md5=by_md5_alone.md5, categories=(_C,)),
            Entry(position=7, key="SX-7", pdq=smaller.pdq, pdq_quality=smaller.pdq_quality, categories=(_A,)),
            Entry(position=8, key="SX-8", pdq=mirrored.pdq, pdq_quality=mirrored.pdq_quality, categories=(_B,)),
            Entry(position=9, key="SX-9", sha256=conflicting.sha256, categories=(_A,)),
        ],
    )
    _make(
        catalogue,
        _info(BUREAU, "Bureau of an Invented State", "delivery 17", agreement=_agreement("BIS/22", unit, 60)),
        [
            # The two owners do not agree about this one: both are shown, side by side.
            Entry(position=1, sha256=conflicting.sha256, categories=(_OTHER,)),
            Entry(position=2, pdq=brighter.pdq, pdq_quality=brighter.pdq_quality, categories=(_OTHER,)),
        ],
    )
    _make(
        catalogue,
        _info(CLEARED, unit, "own", kind=Kind.NEGATIVE),
        [Entry(position=1, sha256=cleared.sha256)],
    )
    # Its agreement ended: it must refuse to match, and the desk must say so.
    _make(
        catalogue,
        _info(LAPSED, "Partner of Last Year", "2024-11", agreement=_agreement("P 9/2024", unit, -30)),
        [Entry(position=1, sha256=photographs[FORWARDED + 5].sha256, categories=(_A,))],
    )
    # Wallpapers do come with operating systems.
    _make(
        catalogue,
        _info(SYSTEM, "Sample of a software reference library", "2026.03.1", kind=Kind.KNOWN_GOOD),
        [
            Entry(position=1, sha1=shipped.sha1),
            Entry(position=2, sha1=shipped_too.sha1),
            Entry(position=3, sha1=hashlib.sha1(b"", usedforsecurity=False).digest()),
        ],
    )
    return withdrawn


def withdraw(root: Path, entry: Entry) -> None:
    """What happens when an owner takes an entry back."""
    with Catalogue(root).edit(EXCHANGE) as editor:
        editor.withdraw([entry])


def _fingerprints(exhibit: Path) -> list[Fingerprint]:
    """The first photographs of the camera's folder, in the order of their names."""
    with Fingerprinter(workers=2) as fingerprinter:
        wanted = (item for item, _ in zip(walk_folder(exhibit / CAMERA), range(5 * FORWARDED), strict=False))
        return [reading.fingerprint for reading in fingerprinter.read(wanted) if reading.fingerprint]


def _make(catalogue: Catalogue, info: ListInfo, entries: Sequence[Entry]) -> None:
    catalogue.create(info)
    with catalogue.edit(info.name) as editor:
        editor.add(entries)


def _info(
    name: str, owner: str, version: str, *, kind: Kind = Kind.POSITIVE, agreement: Agreement | None = None
) -> ListInfo:
    now = datetime.now(UTC)
    return ListInfo(name=name, owner=owner, version=version, kind=kind, obtained=now, agreement=agreement)


def _agreement(reference: str, unit: str, days: int) -> Agreement:
    until = datetime.now(UTC) + timedelta(days=days)
    return Agreement(reference=reference, purpose="to recognise what is known", units=(unit,), until=until)
