"""The verbs of subjects, each group in a module of its own; one subject and one account at a time."""

from kavalan.casework.subjects.services.accounts import correct_account, end_account, link_account, split_account
from kavalan.casework.subjects.services.evidence import add_evidence, withdraw_evidence
from kavalan.casework.subjects.services.hypotheses import (
    close_subject,
    open_subject,
    reopen_subject,
    restate_subject,
)
from kavalan.casework.subjects.services.merging import merge_subjects, undo_merge
from kavalan.casework.subjects.services.watches import acknowledge, begin_watch, end_watch, renew_watch

__all__ = [
    "acknowledge",
    "add_evidence",
    "begin_watch",
    "close_subject",
    "correct_account",
    "end_account",
    "end_watch",
    "link_account",
    "merge_subjects",
    "open_subject",
    "renew_watch",
    "reopen_subject",
    "restate_subject",
    "split_account",
    "undo_merge",
    "withdraw_evidence",
]
