"""`kavalan chats`: what is shown, and how it ends."""

import json
import os
import subprocess
import sys

import pytest

CLEAR = "13/03/2025, 10:00 - Asha: the boats go out\n13/03/2025, 10:01 - Ravi: \u202eok\n"
UNTOLD = "3/4/25, 10:00 - Asha: a boat\n"


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "kavalan", "chats", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )

    return run


def read(run, *files, more=()):
    return run("read", *files, "--out", "out", "--authority", "FIR 1/2026", "--examiner", "A", *more)


def test_an_export_is_read_and_found_again(run, tmp_path):
    (tmp_path / "a.txt").write_text(CLEAR)
    # On a loaded machine even two messages may take the second after which progress is told.
    done = read(run, "a.txt", more=["--zone", "Asia/Kolkata", "--progress", "none"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 messages, 0 of them the messenger's own; 2 understood" in done.stdout
    found = run("search", "out", "--words", "boats")
    assert found.returncode == 0
    assert "Asha: the boats go out" in found.stdout
    assert run("search", "out", "--words", "trains").returncode == 1
    assert "\\u202eok" in run("search", "out", "--words", "ok").stdout


def test_what_must_be_asked_ends_with_1_and_an_answer_settles_it(run, tmp_path):
    (tmp_path / "a.txt").write_text(UNTOLD)
    done = read(run, "a.txt", more=["--json"])
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["reading"]["date_order"]["candidates"] == ["dmy", "mdy"]
    answered = run(
        "read", "a.txt", "--out", "b", "--authority", "F", "--examiner", "A", "--date-order", "mdy", "--json"
    )
    assert answered.returncode == 0
    assert json.loads(answered.stdout)["reading"]["first"] == "2025-03-04T10:00:00"


def test_one_bad_file_costs_itself(run, tmp_path):
    (tmp_path / "a.txt").write_text("nothing")
    (tmp_path / "b.txt").write_text(CLEAR)
    done = read(run, "a.txt", "b.txt", "missing.txt")
    assert done.returncode == 2
    assert "a.txt: no line of it begins with a date and a time" in done.stderr
    assert "missing.txt" in done.stderr
    assert "b.txt" in done.stdout


def test_archives_of_a_folder_that_are_not_opened_are_told(run, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "WhatsApp Chat with A.txt").write_text(CLEAR)
    (tmp_path / "folder" / "b.zip").write_bytes(b"PK\5\6" + bytes(18))
    done = read(run, "folder", more=["--progress", "none"])
    assert (done.returncode, done.stdout.count("store:")) == (1, 1)
    assert done.stderr == "kavalan: folder/b.zip: not opened; name it to have it read\n"


def test_what_lies_in_a_folder_costs_itself_alone_and_what_is_not_read_is_told(run, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in (("A", CLEAR), ("B", CLEAR), ("C", CLEAR.replace("boats", "nets"))):
        (folder / f"WhatsApp Chat with {name}.txt").write_text(text)
    (folder / "notes.txt").write_text("to be mended\n")
    (folder / "picture.jpg").write_bytes(b"a boat")
    (folder / "link.txt").symlink_to("notes.txt")
    os.mkfifo(folder / "pipe.txt")
    done = read(run, "folder", more=["--progress", "none"])
    assert (done.returncode, done.stdout.count("store:")) == (2, 2)
    assert "folder » WhatsApp Chat with C.txt\n" in done.stdout
    told = done.stderr.splitlines()
    assert told[:4] == [
        "kavalan: folder/link.txt: a link, which is not followed",
        "kavalan: folder/pipe.txt: no plain file, and not opened",
        "kavalan: folder: 1 files were not looked at, for their names end unlike those of chats",
        "kavalan: folder/notes.txt: in no form that is read",
    ]
    assert told[4].startswith("kavalan: folder » WhatsApp Chat with B.txt: out/")
    assert len(told) == 5


def test_a_pipe_is_refused_and_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    done = read(run, "pipe")
    assert (done.returncode, done.stderr) == (2, "kavalan: pipe is no file\n")


def test_an_order_a_region_or_a_zone_that_there_is_not_is_refused(run, tmp_path):
    (tmp_path / "a.txt").write_text(CLEAR)
    assert read(run, "a.txt", more=["--date-order", "dym"]).returncode == 2
    assert read(run, "a.txt", more=["--region", "XX"]).returncode == 2
    done = read(run, "a.txt", more=["--zone", "Nowhere/Place"])
    assert (done.returncode, "there is no such time zone" in done.stderr) == (2, True)


def test_a_long_text_of_two_chats_is_shown_as_seen_again(run, tmp_path):
    text = "the boats go out at five tomorrow, tell everybody in the other group too"
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"13/03/2025, 10:00 - Asha: {text}\n13/03/2025, 10:01 - {name}: ok\n")
    read(run, "a.txt", "b.txt")
    found = run("repeats", "out")
    assert (found.returncode, found.stderr) == (0, "")
    assert "seen in 2 chats, 2 messages" in found.stdout
    assert run("repeats", "out", "--chats", "3", "--json").returncode == 1
