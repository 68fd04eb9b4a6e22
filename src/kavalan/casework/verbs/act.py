"""What a verb is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kavalan.casework.errors import RefusedError
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.authority.rules import KnownAccount
    from kavalan.ledger import Payload

Subject = TypeVar("Subject", bound=Record)


class Matter(Protocol):
    """What a verb is done to, as far as authority and access must know it."""

    def scope_reference(self) -> str | KnownAccount:
        """The exhibit's reference, as an authority names it, or an account."""

    def compartment_ids(self) -> Collection[int]:
        """The numbers of the compartments in which it lies, or will lie."""


@dataclass(frozen=True, slots=True)
class Act:
    """One running of a verb: who acts, on what authority, when (aware UTC)."""

    officer: Officer
    authority: Authority
    at: datetime


@dataclass(frozen=True, slots=True)
class HouseAct:
    """One running of a verb of the house: who acts, when (aware UTC); nobody while a workspace is founded."""

    actor: Officer | None
    at: datetime

    @property
    def officer(self) -> Officer:
        """The acting officer.

        Raises:
            RefusedError: when nobody acts.
        """
        if self.actor is None:
            raise RefusedError("This needs an officer who does it.")
        return self.actor


@dataclass(frozen=True, slots=True)
class Done(Generic[Subject]):
    """What a verb did: the record it did it to, and what was said, of which the ledger keeps a salted hash."""

    subject: Subject
    payload: Payload = field(default_factory=dict)
