"""`kavalan hash`: one object a line, every file answered."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.pictures import write_clip, write_photo

KEYS = ["path", "kind", "size", "md5", "sha1", "sha256", "pdq", "pdq_quality", "orientation", "frames", "error"]


def run(*arguments, cwd=None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kavalan", "hash", *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )


def objects(done) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_object_has_the_promised_keys_in_order(tmp_path):
    (found,) = objects(run(write_photo(tmp_path / "photo.jpg"), "--json"))
    assert list(found) == KEYS


def test_digests_are_those_of_the_file(tmp_path):
    path = write_photo(tmp_path / "photo.jpg")
    (found,) = objects(run(path, "--json"))
    content = path.read_bytes()
    assert found["sha256"] == hashlib.sha256(content).hexdigest()
    assert found["md5"] == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert found["size"] == len(content)


def test_pdq_is_64_hex_digits(tmp_path):
    (found,) = objects(run(write_photo(tmp_path / "photo.jpg"), "--json"))
    assert len(bytes.fromhex(found["pdq"])) == 32


def test_video_has_frames_with_time_and_quality(tmp_path):
    (found,) = objects(run(write_clip(tmp_path / "clip.mp4", seconds=2), "--json"))
    assert [sorted(frame) for frame in found["frames"]] == [["pdq", "quality", "time"]] * 2


def test_files_are_answered_in_the_order_asked_for(tmp_path):
    paths = [write_photo(tmp_path / name) for name in ("c.jpg", "a.png", "b.bmp")]
    assert [found["path"] for found in objects(run(*paths, "--json"))] == [str(path) for path in paths]


def test_folder_stands_for_all_below_it(tmp_path):
    write_photo(tmp_path / "b.jpg")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "note").write_text("note")
    assert [found["path"] for found in objects(run(".", "--json", cwd=tmp_path))] == ["./a/note", "./b.jpg"]


def test_everything_read_ends_with_0(tmp_path):
    assert run(write_photo(tmp_path / "photo.jpg")).returncode == 0


def test_something_unread_ends_with_1_and_says_why(tmp_path):
    done = run(tmp_path / "gone", write_photo(tmp_path / "photo.jpg"), "--json")
    gone, photo = objects(done)
    assert done.returncode == 1
    assert gone["error"] == "cannot be read: No such file or directory"
    assert gone["sha256"] is None
    assert photo["error"] is None


def test_name_that_is_not_utf8_is_told_exactly(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(name)).write_text("note")
    (found,) = objects(run(os.fsdecode(name), "--json"))
    assert bytes.fromhex(found["path_hex"]) == name
    assert found["path"].endswith(r"/\xff\xfe.txt")


def test_name_that_would_steer_the_terminal_is_escaped_for_people(tmp_path):
    path = tmp_path / "a\x1b[2Jb\nc.txt"
    path.write_text("note")
    shown = run(path).stdout
    assert "\x1b" not in shown
    assert r"a\x1b[2Jb\nc.txt" in shown


def test_rotations_come_on_request(tmp_path):
    (found,) = objects(run(write_photo(tmp_path / "photo.jpg"), "--json", "--rotations"))
    assert len(found["rotations"]) == 8
    assert found["rotations"][0] == found["pdq"]


def test_closed_pipe_ends_quietly(tmp_path):
    write_photo(tmp_path / "photo.jpg")
    command = f"{sys.executable} -m kavalan hash {tmp_path} {tmp_path} {tmp_path} --json | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602 - a pipe is the test
    assert "Traceback" not in done.stderr
