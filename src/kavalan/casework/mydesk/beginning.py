"""What somebody may begin from the first page: what their roles and their desk let them do, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.services.opening import OPENS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kavalan.casework.mydesk.sort import Words

    Begun = tuple[str, Words]
    """A route, and what is begun there."""

_AT_A_DESK: Final = (("take-in", _("Take files in")), ("take-call", _("Take a call")))
_OPENING: Final = (("open-case", _("Open a case")),)
_ANYBODY: Final = (("record-authority", _("Record an authority")), ("exhibits", _("Exhibits")))
_READING: Final = (("ledger", _("Read the ledger")), ("insight", _("Insight")), ("retention", _("What was kept")))


def begin(roles: Collection[OfficerRole], *, at_desk: bool) -> Sequence[Begun]:
    """What is offered, the first of it foremost.

    Args:
        roles: that the officer holds now.
        at_desk: whether they take reports in anywhere.
    """
    if set(roles) == {OfficerRole.AUDITOR}:
        return _READING
    return (*(_AT_A_DESK if at_desk else ()), *(_OPENING if set(roles).intersection(OPENS) else ()), *_ANYBODY)
