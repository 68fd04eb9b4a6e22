"""What of safekeeping needs a second person: destroying what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kavalan.casework.access.models import Role
from kavalan.casework.approvals.rules import Kind
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.vault.models import Kept

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.ledger import Payload


def _words(matter: UUID, payload: Payload) -> str:
    ids = payload["kept"]
    records = Kept.objects.filter(public_id__in=[] if ids is None or isinstance(ids, int) else list(ids))
    told = "; ".join(
        f"{one.get_what_display()}, {filesizeformat(one.size)}, SHA-256 {one.sha256_hex}" for one in records
    )
    return ngettext(
        "Destroy what is kept of exhibit %(exhibit)s, for good: %(what)s.",
        "Destroy all %(count)d things that are kept of exhibit %(exhibit)s, for good: %(what)s.",
        len(records),
    ) % {"count": len(records), "exhibit": Exhibit.objects.get(public_id=matter), "what": told}


DESTROY_EVIDENCE = Kind(
    name="destroy_evidence",
    label=_("destroy what is kept of an exhibit"),
    ask=frozenset({Role.SUPERVISOR}),
    grant=frozenset({Role.CUSTODIAN}),
    words=_words,
    page="safekeeping",
)

KINDS = (DESTROY_EVIDENCE,)
