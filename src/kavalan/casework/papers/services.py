"""Issuing papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import place
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.papers.models import IssuedPaper
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.papers import CustodySequence
    from kavalan.vault import Stored

MAY_ISSUE = frozenset({Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR})


@house_verb("paper.issue")
def issue_custody(act: HouseAct, *, exhibit: Exhibit, paper: CustodySequence, stored: Stored) -> Done[IssuedPaper]:
    """Record that the sequence of custody of an exhibit was issued; its file lies in the vault already.

    Args:
        act: who answers for it.
        exhibit: what it is about.
        paper: what it shows.
        stored: the file that shows it.

    Raises:
        RefusedError: when the actor does not work on the exhibit, or another officer answers for the paper.
    """
    if not MAY_ISSUE & roles_in(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("Only who works on the exhibit issues its papers.")
    if paper.prepared_by.badge != act.officer.badge or paper.exhibit.number != exhibit.reference:
        raise RefusedError("This paper is another officer's, or about another exhibit.")
    # Locked, so that two papers do not take one number.
    exhibit = Exhibit.objects.select_for_update(of=("self",)).get(pk=exhibit.pk)
    rooms = list(Compartment.objects.filter(pk__in=exhibit.compartment_ids()))
    kept = enter(stored, what=What.PRINTED_PAPER, media_type="application/pdf", by=act.officer, at=act.at, rooms=rooms)
    earlier = IssuedPaper.objects.filter(exhibit=exhibit, form=paper.form_id).aggregate(last=Max("number", default=0))
    issued = IssuedPaper.objects.create(
        exhibit=exhibit,
        form=paper.form_id,
        version=paper.form.version,
        number=earlier["last"] + 1,
        digest=bytes.fromhex(paper.digest),
        entry=max(event.entry.number for event in paper.events),
        kept=kept,
    )
    for room in rooms:
        place(issued, room)
    return Done(issued, _told(issued, exhibit))


def _told(issued: IssuedPaper, exhibit: Exhibit) -> dict[str, str | int]:
    return {
        "exhibit": str(exhibit.public_id),
        "form": issued.form,
        "version": issued.version,
        "number": issued.number,
        "digest": issued.digest_hex,
        "file": issued.kept.sha256_hex,
    }
