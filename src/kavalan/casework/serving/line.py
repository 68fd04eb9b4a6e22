"""Lines of the log: when, who, what. They name records by their random ids, never a file, a folder or a person."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime


def tell(who: str, what: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {who}: {what}\n")
    sys.stderr.flush()


def place_of(error: BaseException) -> str:
    """An error by its type and the line of the program that raised it: its own text may name evidence."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


class FaultHandler(logging.Handler):
    """Tells of a request that failed in the desk by its route and the error's place; by itself Django tells nobody."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line."""
        error = record.exc_info[1] if record.exc_info else None
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        what = place_of(error) if error else "a fault"
        tell("web server", f"{what}, at the route {match.route if match else 'of no view'}")
