"""The kinds of things, events, seals and isolation, in words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sort(TextChoices):
    """What sort of thing it is."""

    PHONE = "phone", _("telephone")
    TABLET = "tablet", _("tablet")
    COMPUTER = "computer", _("computer")
    DRIVE = "drive", _("drive")
    STICK = "stick", _("memory stick or card")
    SIM = "sim", _("SIM card")
    CAMERA = "camera", _("camera")
    OTHER = "other", _("other")


class What(TextChoices):
    """What happened to a thing."""

    COLLECTED = "collected", _("seized")
    OFFERED = "offered", _("given to be handed over")
    ACCEPTED = "accepted", _("accepted by the receiver")
    SLIP = "slip", _("received on a signed slip")
    STORED = "stored", _("stored")
    SEALED = "sealed", _("sealed")
    UNSEALED = "unsealed", _("seal opened")
    LAB_OUT = "lab_out", _("sent to a laboratory")
    LAB_BACK = "lab_back", _("back from a laboratory")
    COURT_OUT = "court_out", _("given to a court")
    COURT_BACK = "court_back", _("back from a court")
    GIVEN_BACK = "given_back", _("returned to the owner")
    OBSERVED = "observed", _("looked at")
    CLOCK_READ = "clock_read", _("clock compared")
    STRUCK = "struck", _("did not happen")


class SealState(TextChoices):
    """How a seal was found."""

    UNKNOWN = "", _("not looked at")
    INTACT = "intact", _("intact")
    BROKEN = "broken", _("broken")
    NONE = "none", _("no seal")


class Isolation(TextChoices):
    """Whether the thing could still be reached."""

    UNKNOWN = "", _("unknown")
    FLIGHT = "flight", _("flight mode")
    FARADAY = "faraday", _("in a Faraday bag")
    OFF = "off", _("switched off")
    REACHABLE = "reachable", _("not isolated")


class Where(TextChoices):
    """Where a thing is, as its events say."""

    HELD = "held", _("with an officer")
    STORED = "stored", _("in store")
    LAB = "lab", _("at a laboratory")
    COURT = "court", _("at a court")
    GONE = "gone", _("returned to the owner")


class Part(TextChoices):
    """What of a thing a digital exhibit was made from."""

    WHOLE = "whole", _("the device itself")
    SIM = "sim", _("its SIM card")
    CARD = "card", _("its memory card")
    PART = "part", _("another part of it")
