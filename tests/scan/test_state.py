"""The state of a scan can be read at any moment and written even when the disk is full."""

from __future__ import annotations

import pytest
from tests.cuts import cuts
from tests.lists.invented import NOW

from kavalan.scan import OutputError, RefusedError, read_state
from kavalan.scan.state import State, holding, write_state


def state(**more):
    return State(**({"state": "running", "runs": 1, "started": NOW, "updated": NOW} | more))


def test_state_is_read_as_it_was_written(tmp_path):
    write_state(tmp_path, state(why="ü" * 10))
    assert read_state(tmp_path) == state(why="ü" * 10)


def test_no_state_and_a_broken_one_are_none(tmp_path):
    assert read_state(tmp_path) is None
    (tmp_path / "state.json").write_bytes(b"{")
    assert read_state(tmp_path) is None


def test_state_cut_anywhere_is_none_or_itself_and_is_written_anew(tmp_path):
    path = tmp_path / "state.json"
    write_state(tmp_path, state(batches=12, items=3456))
    whole = path.read_bytes()
    end = len(whole.rstrip())
    for cut in cuts(end + 2):
        path.write_bytes(whole[:cut])
        assert read_state(tmp_path) == (state(batches=12, items=3456) if cut >= end else None)
    write_state(tmp_path, state(state="complete"))
    assert read_state(tmp_path).state == "complete"


def test_state_is_written_over_where_nothing_new_can_be(tmp_path):
    write_state(tmp_path, state())
    (tmp_path / "state.json.partial").mkdir()  # the new file cannot be made
    write_state(tmp_path, state(state="stopped", why="full"))
    assert read_state(tmp_path).why == "full"


def test_reason_of_any_length_fits(tmp_path):
    write_state(tmp_path, state(why="x" * 100_000))
    assert len((tmp_path / "state.json").read_bytes()) == 4096


def test_folder_is_held_once(tmp_path):
    with holding(tmp_path / "out"), pytest.raises(RefusedError, match="another scan"), holding(tmp_path / "out"):
        pass
    with holding(tmp_path / "out"):
        pass


def test_folder_that_was_replaced_is_noticed(tmp_path):
    out = tmp_path / "out"
    with holding(out) as held:
        held.check()
        out.rename(tmp_path / "away")
        out.mkdir()
        (out / "lock").touch()
        with pytest.raises(OutputError, match="is gone"):
            held.check()
