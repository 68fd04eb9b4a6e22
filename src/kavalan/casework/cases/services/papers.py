"""Putting papers into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.cases.models import CasePaper
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.authority.papers import Taken
    from kavalan.casework.cases.models import Case
    from kavalan.ledger import Payload


@house_verb("case.add_paper")
def add_paper(act: HouseAct, *, case: Case, paper: Taken) -> Done[CasePaper]:
    """Add a paper to a case; who sees the case sees it.

    Args:
        act: who does it.
        case: which.
        paper: as the vault took it, with a title that names nobody.

    Raises:
        RefusedError: when the actor does not work on the case, it has no title, or this file is there already.
    """
    case = held(act, case)
    title = required(paper.title, "A paper needs a title: what it is, without a name.")[:200]
    if case.papers.filter(kept__sha256=paper.stored.sha256, kept__destroyed_at__isnull=True).exists():
        raise RefusedError("This file is kept with it already.")
    kept = enter(
        paper.stored,
        what=What.CASE_PAPER,
        media_type=paper.media_type,
        by=act.officer,
        at=act.at,
        rooms=[case.compartment],
    )
    made = CasePaper.objects.create(case=case, kept=kept, title=title)
    told: Payload = {"case": str(case.public_id), "paper": kept.sha256_hex, "size": kept.size, "title": title}
    return Done(made, told)
