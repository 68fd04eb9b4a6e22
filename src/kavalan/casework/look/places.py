"""Where one can go at the desk: the header, the palette and the help on keys all read this one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One of the desk's places.

    Attributes:
        route: name of its first page's route.
        label: what the header says.
        key: the letter that leads there after `g`; no two places share one.
        below: addresses that begin with one of these belong to it.
    """

    route: str
    label: Words
    key: str
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that one does on a page of its own; `begins`: it changes something, so an auditor is not offered it."""

    route: str
    label: Words
    begins: bool = False


PLACES: Sequence[Place] = (
    Place("home", _("My desk"), "m", ("/unit/",)),
    Place("intake", _("Intake"), "i", ("/intake/",)),
    Place("exhibits", _("Exhibits"), "e", ("/exhibits/",)),
    Place("devices", _("Custody"), "c", ("/devices/",)),
    Place("cases", _("Cases"), "s", ("/cases/", "/subjects/", "/watches/", "/operations/", "/sites/", "/safeguarded/")),
    Place("authorities", _("Authorities"), "a", ("/authorities/",)),
    Place("identities", _("Sealed names"), "n", ("/identities/",)),
    Place("approvals", _("Waiting for you"), "w", ("/approvals/",)),
    Place("clocks", _("Time limits"), "t", ("/clocks/",)),
    Place("insight", _("Insight"), "f", ("/insight/",)),
    Place("ledger", _("Ledger"), "l", ("/ledger/",)),
)

ACTIONS: Sequence[Action] = (
    Action("take-call", _("Take a call"), begins=True),
    Action("take-in", _("Take files in"), begins=True),
    Action("register-exhibit", _("Register an exhibit"), begins=True),
    Action("deliveries", _("Deliveries")),
    Action("open-case", _("Open a case"), begins=True),
    Action("case-series", _("Number series of the unit’s cases")),
    Action("operations", _("Operations")),
    Action("open-operation", _("Open an operation"), begins=True),
    Action("subjects", _("Subjects: hypotheses about accounts")),
    Action("watches", _("Watches, and what they told you")),
    Action("seize", _("Enter a seizure"), begins=True),
    Action("offer-things", _("Hand things over"), begins=True),
    Action("transfers", _("Reports handed over")),
    Action("inquiries", _("Inquiries of other units, and yours")),
    Action("offices", _("Who is there for what")),
    Action("upload-exhibit", _("Send an exhibit"), begins=True),
    Action("record-authority", _("Record an authority"), begins=True),
    Action("seal-identity", _("Seal a name"), begins=True),
    Action("jobs", _("Long work")),
    Action("urgent", _("Urgent reports")),
    Action("slice", _("Slice of the low end")),
    Action("triage-rules", _("Rules of the first look")),
    Action("retention", _("How long things are kept, and what falls due")),
    Action("vault", _("What is kept, and whether it is whole")),
    Action("look", _("How the desk looks and is worked")),
    Action("keys", _("Keys")),
    Action("gallery", _("Components of the pages")),
)
