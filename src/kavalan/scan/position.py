"""How far a scan is, for whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kavalan.scan.hits import Found
from kavalan.scan.rows import Summed


@dataclass(slots=True)
class Position:
    """Figures that grow as a scan goes on.

    Attributes:
        items: that have their row, those of earlier runs among them.
        unread: of these, how many could not be read wholly.
        size: bytes read of them.
        top_items: of the items, those that lie in no container.
        top_size: bytes of these.
        run_items: items of this run.
        run_size: bytes of this run.
        path: the item just finished.
        batches: finished, with their hits.
        finished: items in them.
        finished_unread: of these, how many could not be read wholly.
        finished_size: bytes read of them.
        pictures: in finished batches.
        videos: in finished batches.
        seen_before: in finished batches.
        found: in finished batches; the three figures of hits are never added up.
    """

    items: int = 0
    unread: int = 0
    size: int = 0
    top_items: int = 0
    top_size: int = 0
    run_items: int = 0
    run_size: int = 0
    path: bytes = b""
    batches: int = 0
    finished: int = 0
    finished_unread: int = 0
    finished_size: int = 0
    pictures: int = 0
    videos: int = 0
    seen_before: int = 0
    found: Found = field(default_factory=Found)

    def item(self, path: bytes, size: int, *, unread: bool, top: bool) -> None:
        """One more item."""
        self.path = path
        self.items += 1
        self.run_items += 1
        self.unread += unread
        self.size += size
        self.run_size += size
        if top:
            self.top_items += 1
            self.top_size += size

    def resumed(self, sums: Summed) -> None:
        """Items of an earlier run."""
        self.items += sums.items
        self.unread += sums.unread
        self.size += sums.bytes
        self.top_items += sums.top_items
        self.top_size += sums.top_bytes

    def batch(self, sums: Summed, found: Found) -> None:
        """A batch is finished; its items have been counted."""
        self.batches += 1
        self.finished += sums.items
        self.finished_unread += sums.unread
        self.finished_size += sums.bytes
        self.pictures += sums.pictures
        self.videos += sums.videos
        self.seen_before += sums.seen_before
        self.found += found
