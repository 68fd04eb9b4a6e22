"""Data of letters about an invented report."""

from __future__ import annotations

from datetime import UTC, datetime

from kavalan.papers import File, Ground, Officer, TransferLetter, ZeroFirLetter

LETTER = {
    "prepared_at": datetime(2026, 3, 9, 4, 30, tzinfo=UTC),
    "prepared_by": Officer("KP 7713", "Inspector"),
    "unit": "Child protection desk, invented",
    "zone": "Asia/Kolkata",
    "to": "Cyber station of the hills, invented",
    "reference": "R 12/2026",
    "kind": "telephone call",
    "arrived_at": datetime(2026, 3, 1, 19, 15, tzinfo=UTC),
    "digest_of_report": "ab" * 32,
    "reason": "the place lies outside this unit",
    "children": ("child P-4821 of 2026",),
    "files": (File(1, "cd" * 32), File(2)),
    "ground": Ground("own table, version 2: hill-cyber, 2026-01-01", "M", "invented"),
    "place": "Idukki",
}


def transfer_letter(**more):
    """A report that is handed over."""
    return TransferLetter(**{**LETTER, **more})


def zero_fir_letter(**more):
    """An FIR that goes to the station that has jurisdiction."""
    registered = datetime(2026, 3, 1, 21, tzinfo=UTC)
    own = {"station": "Harbour station", "fir": "0/7/2026", "registered_at": registered, "sections": ("IT Act s. 67B",)}
    return ZeroFirLetter(**{**LETTER, **own, **more})
