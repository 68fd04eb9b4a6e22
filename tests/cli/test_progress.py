"""Progress: a line for a person, an object for a program, and no name of evidence that steers a terminal."""

from __future__ import annotations

import json

import pytest

from kavalan.cli import progress as module
from kavalan.cli.progress import ProgressForm, Teller
from kavalan.scan import Ahead, Found, Position


@pytest.fixture
def ahead(tmp_path):
    (tmp_path / "a").write_bytes(bytes(1000))
    (tmp_path / "b").write_bytes(bytes(1000))
    with Ahead(tmp_path) as counting:
        counting._thread.join()
        yield counting


@pytest.fixture
def at():
    found = Found(identical=1, md5_only=2, near=3)
    return Position(items=5, run_items=5, unread=1, size=10, run_size=10, path=b"a\x1b[31m\xff.jpg", found=found)


@pytest.fixture
def told(monkeypatch, capsys, ahead, at):
    def tell(form):
        monkeypatch.setattr(module, "_EVERY", dict.fromkeys(module._EVERY, 0.0))
        with Teller(form, ahead) as teller:
            teller(at)
            teller.end(at)
        return capsys.readouterr().err

    return tell


def test_line_keeps_the_three_figures_apart_and_escapes_the_path(told):
    line = told(ProgressForm.TEXT)
    assert "5 items" in line
    assert "identical 1, MD5 only 2, near 3; unread 1" in line
    assert "\x1b" not in line
    assert r"\x1b[31m\xff.jpg" in line


def test_json_is_one_object_a_line_with_its_keys(told):
    first, last = map(json.loads, told(ProgressForm.JSON).splitlines())
    assert set(first) == {
        "items", "bytes", "unread", "batches", "identical", "md5_only", "near", "known_good", "seen_before",
        "files_counted", "counted", "elapsed_seconds", "items_per_second", "bytes_per_second", "seconds_left", "path",
    }  # fmt: skip
    assert (first["items"], first["near"], first["files_counted"], first["counted"]) == (5, 3, 2, True)
    assert last["items"] == 5


def test_none_is_silent(told):
    assert told(ProgressForm.NONE) == ""


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00:00"), (61, "0:01:01"), (36_000, "10:00:00")])
def test_spans_are_hours_minutes_seconds(seconds, shown):
    assert module._span(seconds) == shown


def test_long_paths_keep_their_end(told, at):
    at.path = b"x" * 500 + b"/end.jpg"
    assert "x/end.jpg" in told(ProgressForm.TEXT)
    assert "x" * 200 not in told(ProgressForm.TEXT)
