"""What of exports needs a second person: giving out a file of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role
from kavalan.casework.approvals.rules import Kind
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.rules import ASKERS, in_words

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.ledger import Payload


def giving(export: Export) -> Payload:
    """What is asked for: the payload of the approval, bound to the very bytes of the file."""
    return {
        "export": str(export.public_id),
        "exhibit": str(export.exhibit.public_id),
        "form": export.form,
        "filters": export.filters,
        "items": export.items,
        "sha256": export.kept.sha256_hex if export.kept else None,
    }


def _words(matter: UUID, payload: Payload) -> str:
    export = Export.objects.get(public_id=str(payload["export"]))
    told = ngettext(
        "Give out %(figure)s item of exhibit %(exhibit)s, once: %(form)s; %(which)s. SHA-256 %(sha256)s.",
        "Give out %(figure)s items of exhibit %(exhibit)s, once: %(form)s; %(which)s. SHA-256 %(sha256)s.",
        export.items,
    )
    return told % {
        "figure": number_format(export.items, force_grouping=True),
        "exhibit": Exhibit.objects.get(public_id=matter),
        "form": Form(export.form).label,
        "which": ", ".join(in_words(export.filter)) or gettext("all open items"),
        "sha256": payload["sha256"],
    }


GIVE_EXPORT = Kind(
    name="give_export",
    label=_("give out a file of results"),
    ask=ASKERS,
    grant=frozenset({Role.SUPERVISOR}),
    words=_words,
    page="exports",
)

KINDS = (GIVE_EXPORT,)
