"""What of the ledger needs a second person: an extract about one officer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.approvals.rules import Kind

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.ledger import Payload


def _words(matter: UUID, payload: Payload) -> str:
    since, until = (_shown(payload[name]) for name in ("since", "until"))
    told = gettext(
        "An extract of all that %(officer)s did, and that was done to their own record, %(since)s to %(until)s."
    )
    return told % {"officer": Officer.objects.get(public_id=matter), "since": since, "until": until}


def _shown(moment: object) -> str:
    return date_format(localtime(datetime.fromisoformat(str(moment))), "DATETIME_FORMAT")


LEDGER_EXTRACT = Kind(
    name="ledger_extract",
    label=gettext_lazy("take an extract of the ledger for one person"),
    ask=frozenset({OfficerRole.AUDITOR}),
    grant=frozenset({OfficerRole.SUPERVISOR}),
    words=_words,
    page="ledger-extract",
)

KINDS = (LEDGER_EXTRACT,)
