"""What a memo says of its search, as a draft keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Kept = str | int | None


@dataclass(frozen=True, slots=True)
class Memo:
    """See `Seizure` and `Recording`; `seized_by_words` is empty where the officer who types it in seized."""

    at: datetime
    place: str = ""
    seized_by_words: str = ""
    witnesses: int | None = None
    reasons_at: datetime | None = None
    recording: str = ""
    forwarded_to: str = ""
    forwarded_at: datetime | None = None

    def kept(self) -> dict[str, Kept]:
        """As JSON takes it."""
        return {
            "at": self.at.isoformat(),
            "place": self.place,
            "seized_by_words": self.seized_by_words,
            "witnesses": self.witnesses,
            "reasons_at": self.reasons_at.isoformat() if self.reasons_at else None,
            "recording": self.recording,
            "forwarded_to": self.forwarded_to,
            "forwarded_at": self.forwarded_at.isoformat() if self.forwarded_at else None,
        }


def memo_of(kept: Mapping[str, Kept]) -> Memo:
    """What `Memo.kept` gave."""
    witnesses = kept["witnesses"]
    return Memo(
        datetime.fromisoformat(str(kept["at"])),
        str(kept["place"]),
        str(kept["seized_by_words"]),
        None if witnesses is None else int(witnesses),
        _moment(kept["reasons_at"]),
        str(kept["recording"]),
        str(kept["forwarded_to"]),
        _moment(kept["forwarded_at"]),
    )


def _moment(text: Kept) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
