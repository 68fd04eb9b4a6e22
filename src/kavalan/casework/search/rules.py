"""What is found, and what of it is said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Sorts of things that are found, in the order in which they are shown."""

    CASE = "case", _("Cases")
    SUBJECT = "subject", _("Subjects")
    OPERATION = "operation", _("Operations")
    REPORT = "report", _("Reports")
    EXHIBIT = "exhibit", _("Exhibits")
    DEVICE = "device", _("Things in custody")
    SEIZURE = "seizure", _("Seizures")
    AUTHORITY = "authority", _("Authorities")
    TASK = "task", _("Tasks")
    NOTE = "note", _("Notes")


class Said(models.TextChoices):
    """What a line of a document tells: with its words it is the reason why something was found."""

    NUMBER = "number", _("number")
    TITLE = "title", _("title")
    PERSON = "person", _("person, as told")
    NAMED = "named", _("names")
    SENDER = "sender", _("sender")
    PLACE = "place", _("place")
    FILE = "file", _("file")
    TEXT = "text", _("text")
    MAKE = "make", _("make and model")
    HOLDER = "holder", _("held by")
    GIVER = "giver", _("given by")


LONGEST_LINE = 4000
"""Characters of a line that are kept; more of a text is where it was written."""
MOST_WORDS = 2000
"""Different words of one document."""
