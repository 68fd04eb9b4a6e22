"""The verbs of routing, each group in a module of its own."""

from kavalan.casework.routing.services.inquiries import answer_inquiry, ask_others
from kavalan.casework.routing.services.letters import issue_letter
from kavalan.casework.routing.services.tables import adopt_table
from kavalan.casework.routing.services.transfers import (
    accept_transfer,
    offer_transfer,
    record_slip,
    refuse_transfer,
    take_back,
)

__all__ = [
    "accept_transfer",
    "adopt_table",
    "answer_inquiry",
    "ask_others",
    "issue_letter",
    "offer_transfer",
    "record_slip",
    "refuse_transfer",
    "take_back",
]
