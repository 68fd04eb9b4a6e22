"""Chains of entries, made in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from kavalan.ledger import GENESIS, Entry, link


def chain(length):
    """That many entries, a second apart."""
    links, previous = [], GENESIS
    for number in range(1, length + 1):
        links.append(
            link(
                Entry(
                    number=number,
                    at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
                    verb="scan.start",
                    actor=UUID(int=1),
                    authority=UUID(int=2),
                    subject_kind="exhibit",
                    subject=UUID(int=number),
                    payload=number.to_bytes(32, "big"),
                    previous=previous,
                )
            )
        )
        previous = links[-1].hash
    return links
