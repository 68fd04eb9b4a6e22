"""The verbs of cases, each group in a module of its own."""

from kavalan.casework.cases.services.charges import add_charge, end_charge
from kavalan.casework.cases.services.joining import end_part, join, join_content
from kavalan.casework.cases.services.leading import name_lead
from kavalan.casework.cases.services.marking import mark_case
from kavalan.casework.cases.services.notes import correct_note, write_note
from kavalan.casework.cases.services.numbers import add_number, withdraw_number
from kavalan.casework.cases.services.opening import open_case, open_series
from kavalan.casework.cases.services.papers import add_paper
from kavalan.casework.cases.services.printing import print_case
from kavalan.casework.cases.services.rearranging import link_cases, merge_cases, split_case, undo_rearrangement
from kavalan.casework.cases.services.reviews import decide_review
from kavalan.casework.cases.services.stages import Reached, correct_stage, reach_stage
from kavalan.casework.cases.services.tasks import add_task, change_task, end_task, plan_tasks, reopen_task

__all__ = [
    "Reached",
    "add_charge",
    "add_number",
    "add_paper",
    "add_task",
    "change_task",
    "correct_note",
    "correct_stage",
    "decide_review",
    "end_charge",
    "end_part",
    "end_task",
    "join",
    "join_content",
    "link_cases",
    "mark_case",
    "merge_cases",
    "name_lead",
    "open_case",
    "open_series",
    "plan_tasks",
    "print_case",
    "reach_stage",
    "reopen_task",
    "split_case",
    "undo_rearrangement",
    "withdraw_number",
    "write_note",
]
