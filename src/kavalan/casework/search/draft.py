"""What a room says of one of its objects, of which the document is then made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.search.models import SearchDocument
from kavalan.casework.search.rules import LONGEST_LINE
from kavalan.casework.search.words import document_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from kavalan.casework.search.rules import Kind, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What can be found of one object. Nothing that is sealed, and no name that the law keeps secret, stands in it.

    Attributes:
        number: of the object, its primary key.
        address: the random id in the address of its page.
        placed: where it lies, as Django's label of a model and a number: ("cases.case", 7). What lies in compartments
            itself names itself; what is open to all of a unit names `models.UNIT` and the unit.
        title: what it is called, in the list of what was found.
        note: what else tells it from others there; empty for nothing.
        lines: what is told of it, each with what it is.
        wholes: its numbers, and names that are sought as a whole.
        named: kinds and values of what identifies, as `intake.Indicator` has them.
        anchor: the place on its page; empty for the page itself.
    """

    number: int
    address: UUID
    placed: tuple[str, int]
    title: str
    note: str = ""
    lines: Sequence[tuple[Said, str]] = ()
    wholes: Sequence[str] = ()
    named: Sequence[tuple[str, str]] = ()
    anchor: str = ""

    def document(self, kind: Kind) -> SearchDocument:
        """As it is kept; not saved."""
        told = [(said, text) for said, text in self.lines if text]
        return SearchDocument(
            kind=kind,
            object_id=self.number,
            address=self.address,
            anchor=self.anchor,
            placed_kind=self.placed[0],
            placed_id=self.placed[1],
            title=self.title[:200],
            note=self.note[:200],
            lines=[[said.value, text[:LONGEST_LINE]] for said, text in told],
            words=document_words(kind, [self.title, *(text for _, text in told)], self.wholes, self.named),
        )
