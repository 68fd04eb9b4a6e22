"""Several processes change and match one list at once, and every answer is checked against what must be true of it.

    python -m tests.lists.stress DIRECTORY SECONDS

Each of two writers adds numbers of its own, withdraws them some steps later, and compacts now and then. Beside the
list it keeps a note of how far it is: written *before* a step that makes something possible and *after* a step that
makes something certain. Four readers read the notes, match, read the notes again: what was certainly in the list all
that time must be found, what was certainly out of it must not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.lists.invented import bare, digest, face, load

from kavalan.lists import Catalogue, Subject

BASE = 50
LIVING = 6
WRITERS = 2
READERS = 4
ROOT = Path(__file__).parents[2]


def number_of(writer: int, step: int) -> int:
    return 1_000_000 * (writer + 1) + step


def note(folder: Path, writer: int, **steps: int) -> None:
    draft = folder / f"note-{writer}.{os.getpid()}"
    draft.write_text(json.dumps(steps))
    draft.replace(folder / f"note-{writer}")


def write(folder: Path, writer: int, until: float) -> int:
    catalogue = Catalogue(folder / "lists")
    step = 0
    while time.time() < until:
        old = step - LIVING
        note(folder, writer, adding=step, added=step - 1, withdrawing=old - 1, withdrawn=old - 1)
        with catalogue.edit("known") as editor:
            editor.add([bare(number_of(writer, step), "sha1")])
        note(folder, writer, adding=step, added=step, withdrawing=old, withdrawn=old - 1)
        if old >= 0:
            with catalogue.edit("known") as editor:
                editor.withdraw([bare(number_of(writer, old), "sha1")])
                if step % 17 == 16:
                    editor.compact()
        note(folder, writer, adding=step, added=step, withdrawing=old, withdrawn=old)
        step += 1
    return step


def read(folder: Path, until: float) -> int:
    matcher = Catalogue(folder / "lists").open(["known"])
    asked = 0
    while time.time() < until:
        before = [json.loads((folder / f"note-{writer}").read_text()) for writer in range(WRITERS)]
        window = [range(max(0, one["added"] - 2 * LIVING), one["added"] + LIVING) for one in before]
        numbers = [*range(BASE), *(number_of(w, step) for w in range(WRITERS) for step in window[w])]
        hits = matcher.match([Subject(id=n, sha1=digest("sha1", n)) for n in numbers]).hits
        after = [json.loads((folder / f"note-{writer}").read_text()) for writer in range(WRITERS)]
        found = {hit.subject for hit in hits}
        must = set(range(BASE))
        must_not = set()
        for w in range(WRITERS):
            must |= {number_of(w, s) for s in window[w] if after[w]["withdrawing"] < s <= before[w]["added"]}
            must_not |= {number_of(w, s) for s in window[w] if s <= before[w]["withdrawn"] or s > after[w]["adding"]}
        if must - found or must_not & found or len(hits) != len(found):
            raise SystemExit(f"wrong: missing {must - found}, too many {must_not & found}, {len(hits)} {len(found)}")
        asked += 1
    return asked


def run(folder: Path, seconds: float) -> dict[str, int]:
    """Start the processes, wait for them, and say how much they did; raises when one of them met a wrong answer."""
    load(Catalogue(folder / "lists"), [bare(n, "sha1") for n in range(BASE)], face())
    for writer in range(WRITERS):
        note(folder, writer, adding=-1, added=-1, withdrawing=-1, withdrawn=-1)
    until = repr(time.time() + seconds + 3)
    roles = [["write", str(writer)] for writer in range(WRITERS)] + [["read", "0"]] * READERS
    command = [sys.executable, "-m", "tests.lists.stress", str(folder)]
    running = [
        subprocess.Popen([*command, *role, until], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for role in roles
    ]
    done = {"write": 0, "read": 0}
    for role, process in zip(roles, running, strict=True):
        out, errors = process.communicate()
        if process.returncode:
            raise AssertionError(errors)
        done[role[0]] += int(out)
    return done


if __name__ == "__main__":
    where = Path(sys.argv[1])
    if len(sys.argv) == 3:
        where.mkdir(parents=True, exist_ok=True)
        print(run(where, float(sys.argv[2])))
    elif sys.argv[2] == "write":
        print(write(where, int(sys.argv[3]), float(sys.argv[4])))
    else:
        print(read(where, float(sys.argv[4])))
