"""`kavalan chats preview`, and tables of calls and payments on the command line."""

import json
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(*arguments, cwd=EXAMPLES):
    return subprocess.run(
        [sys.executable, "-m", "kavalan", "chats", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_a_preview_shows_what_columns_are_taken_for_and_the_first_rows():
    done = run("preview", "calls.csv", "--columns", "calls.toml", "--most", 1)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "  column Calling No: caller" in lines
    assert "  kept as it stands: A provider, invented" in lines
    assert lines[-1].startswith(
        "  2025-03-13T10:05:09 (zone_given) call 75: +447700900101 to +447700900102 | IMEI: 490154203237518;"
    )


def test_a_table_is_read_into_a_store_that_says_what_its_columns_meant(tmp_path):
    more = ("--columns", EXAMPLES / "payments.toml", "--out", tmp_path, "--authority", "FIR 1", "--examiner", "A")
    # On a loaded machine even few rows may take the second after which progress is told.
    done = run("read", "payments.csv", *more, "--json", "--progress", "none")
    assert (done.returncode, done.stderr) == (0, "")
    store = Path(json.loads(done.stdout)["store"])
    told = json.loads((store / "reading.json").read_text())
    assert told["columns"]["meaning"]["Description"] == "narration"
    assert told["source"]["form"] == "table"


def test_without_the_meaning_of_its_columns_or_with_another_tables_it_is_refused(tmp_path):
    known = ("--out", tmp_path, "--authority", "FIR 1", "--examiner", "A")
    refused = [
        run("read", "calls.csv", *known),
        run("preview", "calls.csv", "--columns", "payments.toml"),
    ]
    assert [one.returncode for one in refused] == [2, 2]
    assert "say what its columns mean" in refused[0].stderr
    assert 'the nearest lacks "Txn Date"' in refused[1].stderr
