"""The verbs of retention."""

from kavalan.casework.retention.services.backups import note_backup, say_backup_gone
from kavalan.casework.retention.services.challenges import decide_challenge, record_challenge
from kavalan.casework.retention.services.holds import hold_report, lift_hold
from kavalan.casework.retention.services.purging import (
    PURGE,
    ask_for_purge,
    empty_report,
    finish_purge,
    purge_reports,
    record_blob,
    resume_purge,
    stop_purge,
)

__all__ = [
    "PURGE",
    "ask_for_purge",
    "decide_challenge",
    "empty_report",
    "finish_purge",
    "hold_report",
    "lift_hold",
    "note_backup",
    "purge_reports",
    "record_blob",
    "record_challenge",
    "resume_purge",
    "say_backup_gone",
    "stop_purge",
]
