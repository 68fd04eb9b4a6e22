"""Databases and reports of chats: messages a second, and the most memory held.

Run: `python -m benchmarks.chat_forms`; `--full` for five times as many. `examples/chats.py` writes a district as
one source in each of the forms that hold all of it; then a process of its own reads it, without the sandbox and with
identifiers. Processor time, opening and digesting among it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kavalan.chats import Batch, Request, open_exports, read_columns
from kavalan.chats.task import read

_FORMS = ("whatsapp-android", "whatsapp-ios", "ufdr")
_GROUPS = 400
_FULL = 2_000
_EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> int:
    """Print the table, or in a process of its own measure one form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.folder:
        print(json.dumps(_measured(asked.folder)))
        return 0
    print(f"{'form':22} {'messages/s':>11} {'messages':>9} {'MB':>7} {'peak MiB':>9}")
    for form in _FORMS:
        _show(form, _FULL if asked.full else _GROUPS)
    return 0


def _show(form: str, groups: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        script, district = str(_EXAMPLES / "chats.py"), str(Path(folder, "district"))
        command = [sys.executable, script, "--out", district, "--forms", form, "--groups", str(groups)]
        subprocess.run(command, check=True, capture_output=True)
        command = [sys.executable, "-m", "benchmarks.chat_forms", "--folder", district]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, found, size, peak = json.loads(done.stdout)
    print(f"{form:22} {found / seconds:11,.0f} {found:9} {size / 1e6:7.1f} {peak:9.0f}", flush=True)


def _measured(folder: Path) -> list[float]:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    started, found, size = time.process_time(), 0, 0
    for about in truth["sources"]:
        columns = read_columns(folder / about["columns"]) if about["columns"] else None
        with open_exports(folder / about["given"], "table" if columns else "") as exports:
            for export in exports:
                request = Request(
                    export.form, export.sha256, export.name, zone=truth["zone"], pieces=export.pieces, columns=columns
                )
                said = read(export.text, request)
                found += sum(len(one.messages) for one in said if isinstance(one, Batch))
                size += export.size
    seconds = time.process_time() - started
    return [seconds, found, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]


if __name__ == "__main__":
    raise SystemExit(main())
