"""What is known about a list besides its entries: whose it is, under which agreement, what a match on it means."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import msgspec

from kavalan.lists.errors import LapsedError, ListError, NotAgreedError
from kavalan.lists.model import Kind

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """On what ground the owner shares the list.

    Attributes:
        reference: the paper it stands on.
        purpose: what it may be used for, in the agreement's words.
        units: who may match against it; empty for everybody in this workspace.
        until: the end, in UTC; None where the agreement has none.
    """

    reference: str
    purpose: str
    units: tuple[str, ...] = ()
    until: datetime | None = None


class ListInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The face of a list.

    Attributes:
        name: lower-case letters, digits, `.`, `_`, `-`; also its directory.
        owner: who made it and answers for it.
        version: the owner's own name of this delivery.
        kind: what a match means.
        scheme: the category scheme in use, for people; each entry names its own.
        obtained: when the delivery was received, in UTC.
        agreement: None for a list that needs none (NSRL, the unit's own).
        two_votes: additions need the votes of two different people.
    """

    name: str
    owner: str
    version: str
    kind: Kind
    obtained: datetime
    scheme: str = ""
    agreement: Agreement | None = None
    two_votes: bool = False

    def __post_init__(self) -> None:
        check_name(self.name)
        until = self.agreement.until if self.agreement else None
        for moment in (self.obtained, until):
            if moment is not None and moment.tzinfo is None:
                raise ListError(self.name, "a time without its offset from UTC")

    def check_use(self, now: datetime, unit: str | None) -> None:
        """Refuse matching that the agreement does not cover.

        Args:
            now: aware.
            unit: who matches; None for nobody in particular, which an agreement with named units refuses.

        Raises:
            LapsedError: the agreement has ended.
            NotAgreedError: it names other units.
        """
        self.check_ended(now)
        agreement = self.agreement
        if agreement is not None and agreement.units and unit not in agreement.units:
            raise NotAgreedError(
                self.name, f"the agreement {agreement.reference} does not name the unit {unit or '(none)'}"
            )

    def check_ended(self, now: datetime) -> None:
        """Refuse any use of a list whose agreement has ended.

        Args:
            now: aware.

        Raises:
            LapsedError: it has.
        """
        agreement = self.agreement
        if agreement is not None and agreement.until is not None and now >= agreement.until:
            ended = agreement.until.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
            what = f"the agreement {agreement.reference} ended on {ended}; nothing is matched until it is renewed"
            raise LapsedError(self.name, what)


def check_name(name: str) -> None:
    """Refuse a name that could leave the catalogue's directory.

    Raises:
        ListError: it is not a plain lower-case word.
    """
    if not _NAME.fullmatch(name):
        raise ListError(repr(name), "a list is named with lower-case letters, digits, '.', '_' and '-', at most 64")
