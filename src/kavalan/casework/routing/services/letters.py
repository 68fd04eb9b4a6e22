"""Issuing letters about a report that is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from kavalan.casework.access.services import place
from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.models import IssuedLetter, Transfer
from kavalan.casework.routing.working import require_works
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.papers import Letter
    from kavalan.vault import Stored


@house_verb("letter.issue")
def issue_letter(act: HouseAct, *, transfer: Transfer, letter: Letter, stored: Stored) -> Done[IssuedLetter]:
    """Record that a letter about a transfer was issued; its file lies in the vault already.

    Args:
        act: who answers for it.
        transfer: what it is about.
        letter: what it shows.
        stored: the file that shows it.

    Raises:
        RefusedError: when the actor does not work at the sender's desk, or another officer answers for the letter.
    """
    # Locked, so that two letters do not take one number.
    transfer = (
        Transfer.objects.select_for_update(of=("self",)).select_related("from_desk__compartment").get(pk=transfer.pk)
    )
    require_works(act, transfer.from_desk)
    if letter.prepared_by.badge != act.officer.badge or letter.reference != transfer.sender_reference:
        raise RefusedError("This letter is another officer's, or about another report.")
    room = transfer.from_desk.compartment
    kept = enter(stored, what=What.PRINTED_PAPER, media_type="application/pdf", by=act.officer, at=act.at, rooms=[room])
    earlier = IssuedLetter.objects.filter(transfer=transfer, form=letter.form_id).aggregate(
        last=Max("number", default=0)
    )
    issued = IssuedLetter.objects.create(
        transfer=transfer,
        form=letter.form_id,
        version=letter.form.version,
        number=earlier["last"] + 1,
        digest=bytes.fromhex(letter.digest),
        kept=kept,
    )
    place(issued, room)
    return Done(
        issued,
        {
            "transfer": str(transfer.public_id),
            "form": issued.form,
            "version": issued.version,
            "number": issued.number,
            "digest": issued.digest_hex,
            "file": kept.sha256_hex,
        },
    )
