"""What identifies a child is taken out of subjects: part of the verb that seals it (`triage.veiling`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.search.indexing import write_all
from kavalan.casework.subjects.models import AccountLink, Subject, Watch

if TYPE_CHECKING:
    from collections.abc import Collection

    from kavalan.casework.verbs import HouseAct

BECAUSE = "It is how somebody is reached who may be a child."


def leave_subjects(act: HouseAct, indicators: Collection[int]) -> None:
    """End the links and watches of identifiers that were just sealed, and keep of them that they were there.

    Args:
        act: who seals.
        indicators: numbers of them.
    """
    subjects = list(Subject.objects.filter(accounts__indicator__in=indicators).distinct())
    watches = Watch.objects.filter(indicator__in=indicators)
    watches.filter(ended_at__isnull=True, until__gt=act.at).update(ended_at=act.at, ended_by=act.officer)
    watches.update(indicator=None)
    links = AccountLink.objects.filter(indicator__in=indicators)
    links.filter(ended_at__isnull=True).update(ended_at=act.at, ended_by=act.officer, ended_why=BECAUSE)
    links.update(indicator=None)
    write_all(subjects)
