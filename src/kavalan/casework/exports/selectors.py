"""Reading files of results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in, visible
from kavalan.casework.approvals.rules import payload_digest
from kavalan.casework.approvals.selectors import asked_of
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exports.approval_kinds import GIVE_EXPORT, giving
from kavalan.casework.exports.models import Export
from kavalan.casework.exports.rules import ASKERS, LEFT_OUT_WORDS, in_words
from kavalan.casework.privilege.models import PrivilegeSeal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.models import Approval

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One file on the page.

    Attributes:
        export: the record.
        which: its filters in words; empty for all open items.
        left_out: how many items are not in it, with the reason.
        question: the officer's own about it that still stands; None where there is none.
        mine: whether the officer had it made.
    """

    export: Export
    which: str
    left_out: Sequence[tuple[str, int]]
    question: Approval | None
    mine: bool


def exports_of(officer: Officer, exhibit: Exhibit, now: datetime) -> list[Line]:
    """The files that were made of an exhibit, the newest first."""
    questions = {bytes(one.digest): one for one in asked_of(officer, GIVE_EXPORT, exhibit, now)}
    made = exhibit.exports.select_related("exhibit", "job", "kept", "asked_by").order_by("-pk")[:MOST_SHOWN]
    return [_line(officer, export, questions.get(payload_digest(giving(export)))) for export in made]


def export_for(officer: Officer, public_id: UUID, now: datetime) -> Export | None:
    """A file, as far as the officer may see its exhibit."""
    seen = Export.objects.filter(visible(Exhibit, officer, now, at="exhibit_id"))
    return seen.select_related("exhibit__authority", "job", "kept").filter(public_id=public_id).first()


def may_ask(officer: Officer, exhibit: Exhibit, now: datetime) -> bool:
    """Whether the officer may have a file made."""
    return bool(ASKERS & roles_in(officer, exhibit.compartment_ids(), now))


def last_seal() -> int:
    """The number of the desk's last privilege seal."""
    return PrivilegeSeal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def sealed_since(export: Export) -> bool:
    """Whether anything of the exhibit was sealed as privileged since the file was begun."""
    return PrivilegeSeal.objects.filter(pk__gt=export.seals, item__exhibit=export.exhibit_id).exists()


def _line(officer: Officer, export: Export, question: Approval | None) -> Line:
    left_out = [(str(words), count) for name, words in LEFT_OUT_WORDS.items() if (count := export.left_out.get(name))]
    return Line(export, ", ".join(in_words(export.filter)), left_out, question, export.asked_by_id == officer.pk)
