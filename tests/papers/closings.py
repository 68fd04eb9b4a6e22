"""Data of the closing report of an invented search day."""

from __future__ import annotations

from datetime import UTC, datetime

from kavalan.papers import Counted, District, Officer, OperationClosing

CLOSED = datetime(2026, 3, 9, 4, 30, tzinfo=UTC)


def closing(**more):
    """A day with two figures in two districts."""
    said = {
        "prepared_at": CLOSED,
        "prepared_by": Officer("KP 7713", "Inspector"),
        "unit": "Child protection desk, invented",
        "zone": "Asia/Kolkata",
        "marking": "TLP:AMBER+STRICT – for this unit only",
        "reference": "CEU/OP/1/2026",
        "subject": "Harbour lights",
        "day": "2026-03-07",
        "number": 1,
        "closed_at": CLOSED,
        "figures": (
            Counted("Planned", "Sites that were taken in.", 3),
            Counted("Searched", "Sites that were searched.", 2),
        ),
        "columns": ("Planned", "Searched"),
        "districts": (District("Kollam", (1, 1)), District("Thrissur", (2, 1))),
        "remark": "A storm on the coast",
    }
    return OperationClosing(**{**said, **more})
