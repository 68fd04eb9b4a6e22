"""What needs a second person, whose right it is to ask and to grant, and for how long a grant holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role

if TYPE_CHECKING:
    from kavalan.ledger import Payload


class Kind(TextChoices):
    """What is asked for."""

    OPEN_PRIVILEGED = "open_privileged", _("open what is sealed as privileged")


@dataclass(frozen=True, slots=True)
class Rights:
    """Who asks and who grants, as roles where the object lies. No role stands in both.

    Attributes:
        ask: roles of those who ask.
        grant: roles of those who grant or refuse.
        answered_within: for how long the question stands.
        used_within: for how long a grant holds.
    """

    ask: frozenset[Role]
    grant: frozenset[Role]
    answered_within: timedelta = timedelta(days=7)
    used_within: timedelta = timedelta(days=1)


RIGHTS = {Kind.OPEN_PRIVILEGED: Rights(frozenset({Role.FILTER_OFFICER}), frozenset({Role.SUPERVISOR}))}


def payload_digest(payload: Payload) -> bytes:
    """SHA-256 (32 bytes) of what would be done, written down canonically: a grant is for exactly this."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).digest()
