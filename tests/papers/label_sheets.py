"""Labels of invented things."""

from __future__ import annotations

from datetime import UTC, datetime

from kavalan.papers import Label, LabelSheet

CODES = tuple(f"KV 1234 5678 90{number:02}" for number in range(26))


def sheet(size="roll", codes=CODES[:3]):
    """A sheet of these codes."""
    labels = tuple(Label(code, f"SM 12/2026/{number}") for number, code in enumerate(codes, 1))
    return LabelSheet(prepared_at=datetime(2026, 3, 1, tzinfo=UTC), size=size, labels=labels)
