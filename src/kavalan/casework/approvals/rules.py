"""What a question to a second person is, and to what exactly a grant is bound."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from uuid import UUID

    from django.utils.functional import Promise

    from kavalan.casework.access.models import Role
    from kavalan.casework.accounts.roles import OfficerRole
    from kavalan.ledger import Payload


class Placed(Protocol):
    """A matter that lies in compartments: an exhibit, whatever belongs to one."""

    @property
    def public_id(self) -> UUID:
        """By which the question names it."""

    def compartment_ids(self) -> Collection[int]:
        """The numbers of the compartments in which it lies."""


class OfUnit(Protocol):
    """A matter that lies in no compartment and belongs to a unit: an officer."""

    @property
    def public_id(self) -> UUID:
        """By which the question names it."""

    @property
    def unit_id(self) -> int:
        """The unit's number."""


Matter = Placed | OfUnit


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of thing that needs a second person.

    Who asks and who grants are roles where the matter lies: `access.models.Role` in its compartments, or
    `accounts.roles.OfficerRole` of officers of its unit. No role stands in both. An app lists its kinds as `KINDS` in
    its module `approval_kinds`.

    Attributes:
        name: as the database keeps it, 40 characters at most.
        label: what is asked for, as "open what is sealed as privileged".
        ask: roles of those who ask.
        grant: roles of those who grant or refuse.
        words: says what exactly would be done, from the matter's public id and the payload, in the page's language:
            what who grants goes by. It reveals no more than those may see who may grant.
        page: name of the route on which a grant is used; it takes the matter's public id.
        looked_through: name of the route on which who answers reads all that words cannot hold; it takes the
            question's public id. Empty where the words say everything.
        answered_within: for how long a question stands.
        used_within: for how long a grant holds.
    """

    name: str
    label: str | Promise
    ask: frozenset[Role] | frozenset[OfficerRole]
    grant: frozenset[Role] | frozenset[OfficerRole]
    words: Callable[[UUID, Payload], str]
    page: str
    looked_through: str = ""
    answered_within: timedelta = timedelta(days=7)
    used_within: timedelta = timedelta(days=1)


def payload_digest(payload: Payload) -> bytes:
    """SHA-256 (32 bytes) of what would be done, written down canonically: a grant is for exactly this."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).digest()
