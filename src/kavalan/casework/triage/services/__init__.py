"""The verbs of triage, each group in a module of its own."""

from kavalan.casework.triage.services.alike import (
    put_back_duplicate,
    put_back_in_bundle,
    take_out_of_bundle,
    undo_duplicate,
)
from kavalan.casework.triage.services.looking import answer_fact, bring_rules, look_again, take_rules
from kavalan.casework.triage.services.minors import flag_minor, release_minor
from kavalan.casework.triage.services.slice import answer_slice, draw_slice
from kavalan.casework.triage.services.standing import (
    give_back_report,
    reopen_report,
    set_aside_report,
    take_report,
)
from kavalan.casework.triage.services.urgent import acknowledge_urgent, escalate_urgent

__all__ = [
    "acknowledge_urgent",
    "answer_fact",
    "answer_slice",
    "bring_rules",
    "draw_slice",
    "escalate_urgent",
    "flag_minor",
    "give_back_report",
    "look_again",
    "put_back_duplicate",
    "put_back_in_bundle",
    "release_minor",
    "reopen_report",
    "set_aside_report",
    "take_out_of_bundle",
    "take_report",
    "take_rules",
    "undo_duplicate",
]
