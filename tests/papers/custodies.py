"""Data of an invented exhibit's custody."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from kavalan.papers import CustodySequence, Entry, Event, Exhibit, Officer

MEASURED = hashlib.sha256(b"an image of a stick with landscapes").hexdigest()
BEGAN = datetime(2026, 3, 1, 18, 15, tzinfo=UTC)  # 23:45 in India
CUSTODIAN, EXAMINER = Officer("KP 4821", "Sub-Inspector"), Officer("KP 7713", "Inspector")
ACTS = ("collected", "sealed", "transferred", "seal-opened", "examined", "sealed", "returned", "stored")


def event(number=1, act="collected", **more):
    """One event, an hour after the one before."""
    given = {
        "act": act,
        "at": BEGAN + timedelta(hours=number),
        "by": CUSTODIAN,
        "authority": "FIR 12/2026, invented",
        "entry": Entry(100 + number, hashlib.sha256(b"%d" % number).hexdigest()),
        "to": EXAMINER if act in {"transferred", "returned"} else None,
        **more,
    }
    return Event(**given)


def custody(events=None, **more):
    """A sequence of custody."""
    if events is None:
        events = tuple(
            event(
                number,
                act,
                place="Malkhana, Thiruvananthapuram",
                seal="S-0091" if "seal" in act else None,
                sha256=MEASURED if act in {"collected", "examined"} else None,
            )
            for number, act in enumerate(ACTS, 1)
        )
    given = {
        "prepared_at": datetime(2026, 3, 9, 4, 30, tzinfo=UTC),
        "prepared_by": EXAMINER,
        "unit": "Child protection desk, invented",
        "zone": "Asia/Kolkata",
        "case": "FIR 12/2026, invented",
        "exhibit": Exhibit("E-17/2026", "USB stick, ക്ഷേത്രം എന്ന് എഴുതിയത്", "Gradient 32 GB", "SN-000-INVALID"),
        "events": events,
        **more,
    }
    return CustodySequence(**given)
