"""The verbs of safekeeping."""

from kavalan.casework.safekeeping.services.destroying import (
    DESTROY,
    ask_for_destruction,
    destroy_evidence,
    finish_destruction,
    record_destroyed,
    resume_destruction,
    stays_for_others,
    stop_destruction,
)
from kavalan.casework.safekeeping.services.keeping import (
    KEEP,
    cancel_keeping,
    finish_keeping,
    keep_exhibit,
    record_taken,
    require_way,
    stop_keeping,
)

__all__ = [
    "DESTROY",
    "KEEP",
    "ask_for_destruction",
    "cancel_keeping",
    "destroy_evidence",
    "finish_destruction",
    "finish_keeping",
    "keep_exhibit",
    "record_destroyed",
    "record_taken",
    "require_way",
    "resume_destruction",
    "stays_for_others",
    "stop_destruction",
    "stop_keeping",
]
