"""What of retention needs a second person: purging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kavalan.casework.access.models import Role
from kavalan.casework.approvals.rules import Kind
from kavalan.casework.intake.models import Report
from kavalan.casework.retention.rules import ASKS

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.ledger import Payload

_NAMED = 20


def _words(_matter: UUID, payload: Payload) -> str:
    ids = payload["reports"]
    chosen = [] if ids is None or isinstance(ids, int) else list(ids)
    references = list(Report.objects.filter(public_id__in=chosen).order_by("pk").values_list("reference", flat=True))
    named = ", ".join(references[:_NAMED]) + (", …" if len(references) > _NAMED else "")
    return ngettext(
        "Purge for good, by the schedule %(schedule)s, what falls due of report %(reports)s.",
        "Purge for good, by the schedule %(schedule)s, what falls due of %(count)d reports: %(reports)s.",
        len(references),
    ) % {"count": len(references), "schedule": payload["schedule"], "reports": named}


PURGE_REPORTS = Kind(
    name="purge_reports",
    label=_("purge what falls due"),
    ask=frozenset(ASKS),
    grant=frozenset({Role.SUPERVISOR}),
    words=_words,
    page="retention-desk",
    looked_through="purge-question",
)

KINDS = (PURGE_REPORTS,)
