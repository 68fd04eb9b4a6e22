"""What a job is about: from which records it hangs, who may see that, and who may order it.

This package lies below the apps whose work jobs are: it reaches what they hang on by the name of the relation.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import compartments_with, roles_in, visible
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.jobs.models import Job

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer

ORDERERS = frozenset({Role.EXAMINER, Role.SUPERVISOR, Role.INTAKE})
"""Who orders the jobs of what lies where they have one of these roles."""

KEEPERS = (OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR)
"""Who orders the house's own jobs, which are about nothing that lies anywhere."""

REHASH = "vault.rehash"


class Thing(Protocol):
    """What a job can be about."""

    public_id: UUID

    def compartment_ids(self) -> Collection[int]:
        """The numbers of the compartments in which it lies."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A sort of thing that jobs are about.

    Attributes:
        path: from the job to it, in the words of a query.
        model: what it is.
        room: from the job to its one compartment, where it is not placed in compartments as exhibits are.
        route: of its page; None where it has none of its own.
        cancel: of what stops such a job; None where nothing does.
    """

    path: str
    model: str
    room: str | None
    route: str | None
    cancel: str | None


MATTERS = (
    Matter("exhibit", "exhibits.Exhibit", None, "exhibit", "cancel-scan"),
    Matter("safekeeping__exhibit", "exhibits.Exhibit", None, "safekeeping", "cancel-keeping"),
    Matter("destruction__exhibit", "exhibits.Exhibit", None, "safekeeping", None),
    Matter("thinning__exhibit", "exhibits.Exhibit", None, "thin", None),
    Matter("export__exhibit", "exhibits.Exhibit", None, "exports", None),
    Matter("delivery", "intake.Delivery", "delivery__desk__compartment", "delivery", "cancel-delivery"),
)

WORDS: Mapping[str, object] = {
    "exhibit.scan": _("scan of an exhibit"),
    "exhibit.keep": _("taking an exhibit into the vault"),
    "exhibit.thin": _("thinning an exhibit by earlier ones"),
    "export.make": _("making a file of results"),
    "evidence.destroy": _("destroying evidence"),
    "hits.rematch": _("matching again with new lists"),
    "intake.read": _("reading a delivery"),
    "retention.purge": _("purging what fell due"),
    "search.fill": _("making anew what is searched"),
    REHASH: _("re-reading the vault"),
}
"""What kinds of jobs are called; one that is absent is called by its name."""

_STEPS = ngettext_lazy("%(count)d done", "%(count)d done", "count")
_UNITS = {
    "exhibit.scan": ngettext_lazy("%(count)d item", "%(count)d items", "count"),
    "exhibit.thin": ngettext_lazy("%(count)d item", "%(count)d items", "count"),
    "export.make": ngettext_lazy("%(count)d item", "%(count)d items", "count"),
    "exhibit.keep": ngettext_lazy("%(count)d MiB", "%(count)d MiB", "count"),
    "hits.rematch": ngettext_lazy("%(count)d content", "%(count)d contents", "count"),
    "search.fill": ngettext_lazy("%(count)d thing", "%(count)d things", "count"),
    "intake.read": ngettext_lazy("%(count)d report", "%(count)d reports", "count"),
}


def in_words(kind: str) -> str:
    """What a kind of job is called."""
    return str(WORDS.get(kind, kind))


def amount(kind: str, count: int) -> str:
    """A count in the unit in which the progress of such jobs is counted."""
    if kind == REHASH:
        return str(filesizeformat(count))
    return str(_UNITS.get(kind, _STEPS) % {"count": count})


def matter_of(job: Job) -> tuple[Matter, Thing] | None:
    """What a job is about; None for the house's own."""
    for matter in MATTERS:
        with suppress(ObjectDoesNotExist):
            return matter, attrgetter(matter.path.replace("__", "."))(job)
    return None


def seen(officer: Officer, now: datetime) -> Q:
    """A condition on jobs: they are about what the officer may see, or the house's own, or of the officer's unit."""
    may, about = Q(pk__in=[]), Q(pk__in=[])
    for matter in MATTERS:
        may |= _open(matter, officer, now)
        about |= Q(**{f"{matter.path}__isnull": False})
    own = Q(officer__isnull=True) | Q(officer__unit=officer.unit_id)
    return may | (~about & own)


def _open(matter: Matter, officer: Officer, now: datetime) -> Q:
    if matter.room is None:
        return Q(visible(apps.get_model(matter.model), officer, now, at=matter.path))
    return Q(**{f"{matter.room}__in": compartments_with(officer, Role, now).order_by().values("pk")})


def may_order(officer: Officer, job: Job, now: datetime) -> bool:
    """Whether the officer may pause a job, or say when it is its turn."""
    found = matter_of(job)
    if found is not None:
        return bool(ORDERERS & roles_in(officer, found[1].compartment_ids(), now))
    return Job.objects.filter(seen(officer, now), pk=job.pk).exists() and holds(officer, KEEPERS, now)
