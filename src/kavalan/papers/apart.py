"""Setting a paper in a process of its own.

A long paper takes 0.4 GB while it is set, and typst gives none of that back: a desk that lives for months would keep
it. What is set comes and goes through pipes; nothing of it reaches a disk.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec

from kavalan.papers.errors import PaperError
from kavalan.papers.register import PAPERS
from kavalan.papers.typeset import render

if TYPE_CHECKING:
    from kavalan.papers.model import Paper

_SECONDS = 60
_REFUSED = 3


def render_apart(paper: Paper) -> bytes:
    """As `render`, with the memory given back when it is done.

    Raises:
        PaperError: as `render`; or it took a minute.
    """
    command = [sys.executable, "-m", "kavalan.papers.apart", paper.form_id]
    try:
        done = subprocess.run(
            command, input=msgspec.json.encode(paper), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        message = f"{paper.form_id} was not set within {_SECONDS} seconds; try again when the machine has less to do"
        raise PaperError(message) from error
    if done.returncode:
        raise PaperError(done.stderr.decode(errors="replace").strip() or f"setting it ended with {done.returncode}")
    return done.stdout


def _main(form_id: str) -> int:
    kind = next(kind for kind in PAPERS if kind.form_id == form_id)
    try:
        sys.stdout.buffer.write(render(msgspec.json.decode(sys.stdin.buffer.read(), type=kind)))
    except PaperError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1]))
