"""The verbs of operations, each group in a module of its own."""

from kavalan.casework.operations.services.closing import close_operation
from kavalan.casework.operations.services.joining import add_case, end_case
from kavalan.casework.operations.services.letting import let_teams_in
from kavalan.casework.operations.services.linking import end_seizure, link_seizure, link_warrant
from kavalan.casework.operations.services.opening import open_operation, set_day
from kavalan.casework.operations.services.planning import Plan, change_site
from kavalan.casework.operations.services.sites import take_sites
from kavalan.casework.operations.services.telling import correct_state, enter_state

__all__ = [
    "Plan",
    "add_case",
    "change_site",
    "close_operation",
    "correct_state",
    "end_case",
    "end_seizure",
    "enter_state",
    "let_teams_in",
    "link_seizure",
    "link_warrant",
    "open_operation",
    "set_day",
    "take_sites",
]
