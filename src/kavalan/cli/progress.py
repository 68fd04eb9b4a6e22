"""How far a scan is, on a terminal, as lines, or as JSON for other programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

if TYPE_CHECKING:
    from rich.live import Live

    from kavalan.scan import Ahead, Position

_EVERY = {"terminal": 0.25, "lines": 5.0, "json": 1.0}
_PATH = 100


class ProgressForm(StrEnum):
    """How progress is told."""

    TEXT = "text"
    JSON = "json"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Pace:
    """How fast this run is.

    Attributes:
        elapsed: seconds of this run.
        items: a second.
        bytes: a second.
        left: seconds, None where nobody can say.
    """

    elapsed: float
    items: float
    bytes: float
    left: float | None


class Teller:
    """Tells now and then; enter it. What it prints goes to the standard error stream.

    Args:
        form: how.
        ahead: what there is to do.
    """

    def __init__(self, form: ProgressForm, ahead: Ahead) -> None:
        self._ahead = ahead
        self._began = self._told = time.monotonic()
        self._live: Live | None = None
        self._first: float | None = None
        kind = "json" if form is ProgressForm.JSON else "terminal" if sys.stderr.isatty() else "lines"
        self._every = _EVERY[kind]
        self._show: Callable[[Position], None] | None = {
            "json": self._as_json,
            "terminal": self._on_terminal,
            "lines": self._as_line,
        }[kind]
        if form is ProgressForm.NONE:
            self._show = None

    def __enter__(self) -> Self:
        """Take the last line of a terminal."""
        if self._show == self._on_terminal:
            from rich.console import Console
            from rich.live import Live

            self._live = Live("", console=Console(stderr=True), refresh_per_second=4, transient=True)
            self._live.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        if self._live is not None:
            self._live.__exit__(kind, error, trace)

    def __call__(self, at: Position) -> None:
        """Tell, if it is time."""
        now = time.monotonic()
        if self._show is not None and now - self._told >= self._every:
            self._told = now
            self._show(at)

    def end(self, at: Position) -> None:
        """Tell in any case, where a program listens."""
        if self._show == self._as_json:
            self._as_json(at)

    def _pace(self, at: Position) -> _Pace:
        elapsed = max(time.monotonic() - self._began, 1e-6)
        share = self._ahead.share(at)
        if share is not None and self._first is None:
            self._first = share
        left = None
        # Of what this run does, not of what earlier runs did.
        if share is not None and self._first is not None and share > self._first and elapsed > 1:
            left = elapsed * (1 - share) / (share - self._first)
        return _Pace(elapsed, at.run_items / elapsed, at.run_size / elapsed, left)

    def _as_json(self, at: Position) -> None:
        typer.echo(json.dumps(record(at, self._pace(at), self._ahead)), err=True)

    def _as_line(self, at: Position) -> None:
        typer.echo(f"kavalan: {_line(at, self._pace(at))}; at {_path(at)}", err=True)

    def _on_terminal(self, at: Position) -> None:
        from rich.text import Text

        if self._live is not None:
            self._live.update(Text(f"{_line(at, self._pace(at))}\n{_path(at)}", overflow="ellipsis", no_wrap=True))


def record(at: Position, pace: _Pace, ahead: Ahead) -> dict[str, Any]:
    """One line of `--progress json`; `docs/scan.md` describes every key."""
    return {
        "items": at.items,
        "bytes": at.size,
        "unread": at.unread,
        "batches": at.batches,
        "identical": at.found.identical,
        "md5_only": at.found.md5_only,
        "near": at.found.near,
        "known_good": at.found.known_good,
        "seen_before": at.seen_before,
        "files_counted": ahead.files,
        "counted": ahead.complete,
        "elapsed_seconds": round(pace.elapsed, 1),
        "items_per_second": round(pace.items, 1),
        "bytes_per_second": round(pace.bytes),
        "seconds_left": None if pace.left is None else round(pace.left),
        "path": _path(at),
    }


def _line(at: Position, pace: _Pace) -> str:
    left = "" if pace.left is None else f", about {_span(pace.left)} left"
    found = at.found
    return (
        f"{at.items:,} items, {pace.items:,.0f}/s, {pace.bytes / 1e6:,.1f} MB/s, {_span(pace.elapsed)}{left}; "
        f"identical {found.identical}, MD5 only {found.md5_only}, near {found.near}; unread {at.unread}"
    )


def _path(at: Position) -> str:
    from kavalan.sources import shown

    text = shown(at.path) if at.path else ""
    return text if len(text) <= _PATH else f"…{text[-_PATH:]}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
