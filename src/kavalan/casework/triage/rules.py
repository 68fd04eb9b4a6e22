"""Small rules of triage: in which words, and what lies behind a mark."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.intake.rules import Form

OF_THE_CLEARING_HOUSE: Final = frozenset({Form.CYBERTIPLINE, Form.BUNDLE, Form.PRINT})
"""Forms whose number is the clearing house's own, whichever service it was that reported."""
ACCOUNT_KINDS: Final = frozenset({"account", "handle", "email", "phone"})
"""Kinds of indicator that are one account with a service."""


class Because(TextChoices):
    """Why two reports are taken for the same one; there is no third way."""

    NUMBER = "number", _("the same number of the same sender")
    BYTES = "bytes", _("byte for byte the same")


class MinorBasis(TextChoices):
    """What says that somebody who is reported may be a child."""

    BORN = "born", _("the date of birth")
    AGE = "age", _("the age that is given")
    ANNOTATION = "annotation", _("the sender's mark: minors among themselves")
    OFFICER = "officer", _("an officer says so")


class SliceAnswer(TextChoices):
    """What an officer says of a report that was drawn from the low end."""

    RIGHTLY_LOW = "rightly_low", _("rightly low")
    MISSED = "missed", _("missed: it should have stood higher")


FACT_WORDS: Final = {
    "a_proxy": _("an address is thought to be a proxy"),
    "access_to_child": _("somebody reported has access to a child"),
    "account_compromised": _("the account was in other hands than its owner's"),
    "account_named": _("an account is given"),
    "child_reports": _("a child reports it"),
    "contact_offence": _("the incident is an offence in person"),
    "danger_now": _("a child is in danger now"),
    "enticement": _("a child is approached"),
    "escalated_by_clearing_house": _("the clearing house marked it urgent"),
    "escalated_by_sender": _("the sender asks for haste"),
    "files_given": _("a file or its digest came along"),
    "files_known": _("every file is known already"),
    "files_unseen": _("nobody at the sender opened a file"),
    "files_viral": _("a file is passed around widely"),
    "live_abuse": _("it happens live"),
    "only_proxies": _("every address is thought to be a proxy"),
    "recipient_named": _("somebody to whom it was sent is given"),
    "reported_named": _("a way to find somebody reported is given"),
    "self_harm_threat": _("somebody threatens to harm themselves"),
    "sextortion": _("a child is threatened with pictures"),
    "solicitation": _("material is asked for"),
    "still_kept": _("the sender should still keep the content"),
    "traced": _("an address with port and exact time is given"),
    "traced_without_port": _("an address with exact time, without port, is given"),
    "victim_named": _("a way to find a victim is given"),
}
"""What is asked of every report, as an officer reads it who answers."""
ASKED_FIRST: Final = ("danger_now", "access_to_child", "child_reports", "self_harm_threat", "live_abuse", "sextortion")
"""What a person knows and a sender seldom says; a form asks for these before all others."""
