"""How long a worker keeps a job, and when a job is given up."""

from __future__ import annotations

from datetime import timedelta

LEASE = timedelta(minutes=5)
"""After this long without a heartbeat a worker counts as dead and another takes the job; one of the same machine is
known to be dead at once (`presence`)."""

HEARTBEAT = timedelta(seconds=2)
"""No more often than this is a heartbeat written: as often as a page asks how far a job is."""

MOST_ATTEMPTS = 3
"""A job that got no batch through in so many runs is given up: something in it kills workers."""
