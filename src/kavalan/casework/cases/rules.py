"""The words of cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a case stands; the newest `StageReached` says it, and `Case.stage` repeats it."""

    INQUIRY = "inquiry", _("under inquiry")
    REGISTERED = "registered", _("registered")
    INVESTIGATION = "investigation", _("under investigation")
    ARREST = "arrest", _("arrest made")
    CHARGED = "charged", _("charge sheet filed")
    CONVICTED = "convicted", _("convicted")
    ACQUITTED = "acquitted", _("acquitted")
    CLOSED = "closed", _("closed without a charge")


class Outcome(models.TextChoices):
    """How a case ended that was closed without a charge, or in an acquittal."""

    NO_OFFENCE = "no_offence", _("no offence was found")
    UNTRACED = "untraced", _("an offence, but nobody was traced")
    NOT_PROVED = "not_proved", _("not proved")
    FALSE_REPORT = "false_report", _("the report was false")
    ELSEWHERE = "elsewhere", _("another office goes on with it")
    OTHER = "other", _("another reason, said below")
    UNDONE = "undone", _("nothing is left in it: what was split off went back")


CHOSEN: Final = tuple(outcome for outcome in Outcome if outcome != Outcome.UNDONE)
"""What officers choose from; the other is entered by undoing a split."""


class ReviewDecision(models.TextChoices):
    """What a supervisor decided after looking through what is kept of a case that is over."""

    KEPT = "kept", _("all of it is kept, for the reason given; it is looked through again")
    LET_GO = "let_go", _("nothing holds it any more: each part is destroyed or purged on its own page")
    REOPENED = "reopened", _("the case was taken up again")


OVER = frozenset({Stage.CONVICTED, Stage.ACQUITTED, Stage.CLOSED})
"""Stages at which a case is over; it can be taken up again, with a reason."""
REVIEWED = frozenset({Stage.ACQUITTED, Stage.CLOSED})
"""Stages after which somebody looks through what is kept of the case, since nobody was convicted."""


class Marking(models.TextChoices):
    """Who may be told, in the words of the Traffic Light Protocol 2.0 (FIRST, 2022)."""

    RED = "red", _("TLP:RED – for named persons only")
    AMBER_STRICT = "amber+strict", _("TLP:AMBER+STRICT – for this unit only")
    AMBER = "amber", _("TLP:AMBER – for this unit and its partners who need it")
    GREEN = "green", _("TLP:GREEN – for the community of partners")
    CLEAR = "clear", _("TLP:CLEAR – no limit")


def narrowest(marks: Iterable[str], most: Marking) -> Marking:
    """The narrowest of several marks, and no wider than `most`; they are listed from the narrowest on."""
    there = {Marking(mark) for mark in marks} | {most}
    return next(mark for mark in Marking if mark in there)


class NumberKind(models.TextChoices):
    """Whose number for a case an external number is."""

    FIR = "fir", _("FIR")
    NCRB_TIP = "ncrb_tip", _("NCRB tipline report")
    PORTAL = "portal", _("acknowledgement of the cyber-crime portal")
    COURT = "court", _("court")
    FSL = "fsl", _("forensic laboratory")
    CCTNS = "cctns", _("CCTNS")
    ESAKSHYA = "esakshya", _("eSakshya SID")
    OTHER = "other", _("other")
