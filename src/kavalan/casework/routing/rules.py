"""Small rules of routing: how a transfer ends, what an asked unit answers, how often may be asked, which offences."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Count = Annotated[int, msgspec.Meta(ge=1)]


class Outcome(TextChoices):
    """Where a transfer stands."""

    OPEN = "open", _("offered, not accepted yet")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")


class Reply(TextChoices):
    """What an asked unit answers."""

    CONTACT = "contact", _("yes, speak with us")
    NOTHING = "nothing", _("nothing to share")


class OffenceKind(TextChoices):
    """What tables of offices tell apart (`routing.tables.Offence`)."""

    ONLINE = "online", _("online, or by electronic means")
    CONTACT = "contact", _("a child harmed in person")


class AskLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much may be asked of other units.

    Attributes:
        officer_a_day: inquiries of one officer in a day of the desk's zone.
        unit_a_day: of all officers of one unit.
        identifiers: in one inquiry.
        reports: how often one inquiry names a report, the newest first.
    """

    officer_a_day: Count
    unit_a_day: Count
    identifiers: Count
    reports: Count


@cache
def ask_limits() -> AskLimits:
    """The limits in force; data, changed with a reason in a file."""
    text = (files("kavalan.casework.routing") / "data" / "inquiries.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), AskLimits)
