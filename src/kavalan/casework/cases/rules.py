"""The words of cases."""

from __future__ import annotations

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


OVER = frozenset({Stage.CONVICTED, Stage.ACQUITTED, Stage.CLOSED})
"""Stages at which a case is over; it can be taken up again, with a reason."""


class Marking(models.TextChoices):
    """Who may be told, in the words of the Traffic Light Protocol 2.0 (FIRST, 2022)."""

    RED = "red", _("TLP:RED – for named persons only")
    AMBER_STRICT = "amber+strict", _("TLP:AMBER+STRICT – for this unit only")
    AMBER = "amber", _("TLP:AMBER – for this unit and its partners who need it")
    GREEN = "green", _("TLP:GREEN – for the community of partners")
    CLEAR = "clear", _("TLP:CLEAR – no limit")


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
