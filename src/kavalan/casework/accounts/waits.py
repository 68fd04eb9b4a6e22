"""What the desk's people say on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, Value
from django.utils.translation import gettext_lazy as _

from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.selectors import lasting_administrators
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _alone(asker: Asker) -> QuerySet[Officer]:
    lasting = lasting_administrators(asker.now)
    return lasting.filter(~Exists(lasting.exclude(pk=asker.officer.pk)), pk=asker.officer.pk)


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "accounts.alone",
        Shelf.WAITS,
        _("You are the only administrator"),
        _alone,
        "people",
        bare=True,
        label=Value(""),
        said=_("Give the role to a second officer"),
    ),
)
