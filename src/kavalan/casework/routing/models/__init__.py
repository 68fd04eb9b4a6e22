"""What routing keeps: tables of a unit's own, reports handed over and their letters, questions to other units."""

from kavalan.casework.routing.models.inquiry import Asked, Held, Inquiry, Sought
from kavalan.casework.routing.models.letter import IssuedLetter
from kavalan.casework.routing.models.table import OwnTable
from kavalan.casework.routing.models.transfer import Transfer

__all__ = ["Asked", "Held", "Inquiry", "IssuedLetter", "OwnTable", "Sought", "Transfer"]
