"""What is done to units, officers, their roles, their sign-in and their sessions."""

from kavalan.casework.accounts.services.attempts import count_attempt, forgive_attempt, lift_attempts
from kavalan.casework.accounts.services.enrolment import (
    confirm_authenticator,
    draft_authenticator,
    renew_recovery_codes,
)
from kavalan.casework.accounts.services.people import (
    end_role,
    enrol_officer,
    found_unit,
    give_role,
    let_go,
    read_resets,
    record_rank,
    reset_at_machine,
    reset_sign_in,
)
from kavalan.casework.accounts.services.sessions import (
    Arrival,
    accept_conduct,
    begin_session,
    change_password,
    end_other_sessions,
    end_session,
    lock_session,
    note_presence,
    unlock_session,
)

__all__ = [
    "Arrival",
    "accept_conduct",
    "begin_session",
    "change_password",
    "confirm_authenticator",
    "count_attempt",
    "draft_authenticator",
    "end_other_sessions",
    "end_role",
    "end_session",
    "enrol_officer",
    "forgive_attempt",
    "found_unit",
    "give_role",
    "let_go",
    "lift_attempts",
    "lock_session",
    "note_presence",
    "read_resets",
    "record_rank",
    "renew_recovery_codes",
    "reset_at_machine",
    "reset_sign_in",
    "unlock_session",
]
