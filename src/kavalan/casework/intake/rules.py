"""Small rules about reports: the ways in which they come, where they stand, who works on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role
from kavalan.tips import FORMS, form_told_by

if TYPE_CHECKING:
    from collections.abc import Collection

INTAKE: Final[Collection[Role]] = frozenset({Role.INTAKE, Role.INVESTIGATOR, Role.SUPERVISOR})
"""Who takes reports in at a desk and works on them; others who were let in read."""


class Form(TextChoices):
    """In which form a report came; those that a person types begin at the desk."""

    CYBERTIPLINE = "cybertipline", _("CyberTipline referral")
    BUNDLE = "bundle", _("referral with its files")
    PRINT = "print", _("referral as PDF")
    TABLE = "table", _("partner's table")
    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("telephone call")
    WALK_IN = "walk_in", _("walk-in")
    RULE_11 = "rule_11", _("report under POCSO rule 11")
    ADDRESS = "address", _("reported address")
    CHANNEL = "channel", _("channel observed by an officer")


class Via(TextChoices):
    """How a delivery reached the desk."""

    UPLOAD = "upload", _("uploaded")
    DROP = "drop", _("drop folder")
    TYPED = "typed", _("typed at the desk")


class Standing(TextChoices):
    """Where a report stands; only a person moves it."""

    OPEN = "open", _("open")
    TAKEN = "taken", _("being worked on")
    SET_ASIDE = "set_aside", _("set aside by a person")
    HANDED_OVER = "handed_over", _("handed over")


class Lane(TextChoices):
    """In which lane of the desk a report lies."""

    URGENT = "urgent", _("urgent")
    ORDINARY = "ordinary", _("ordinary")


class PersonRole(TextChoices):
    """What the sender takes somebody for (`kavalan.tips.Role`)."""

    REPORTED = "reported", _("reported")
    RECIPIENT = "recipient", _("recipient")
    VICTIM = "victim", _("victim")
    REPORTER = "reporter", _("reporter")


READABLE: Final = tuple(form for form in Form if form.value in {*FORMS, Form.BUNDLE})
"""Forms in which files come."""


def form_of(ending: str) -> Form | None:
    """The form that the ending of a file's name tells, where it is one that is read; the reader refuses what it is not.

    Args:
        ending: with its dot, as `.csv`.
    """
    told = form_told_by(ending)
    return Form(told) if told else None


def reference(number: int, year: int) -> str:
    """A desk's running number of a report, as it is said on the telephone."""
    return f"R {number}/{year}"
