"""Holding jobs, and the verbs that order them."""

from kavalan.casework.jobs.services.holding import (
    LeaseLostError,
    beat,
    claim,
    end,
    hold,
    keep,
    put_back,
    release,
)
from kavalan.casework.jobs.services.ordering import order_job, pause_job, resume_job

__all__ = [
    "LeaseLostError",
    "beat",
    "claim",
    "end",
    "hold",
    "keep",
    "order_job",
    "pause_job",
    "put_back",
    "release",
    "resume_job",
]
