"""What is kept of an unfinished batch is taken up whole, or told to be damaged."""

from __future__ import annotations

import pytest
from tests.cuts import cuts

from kavalan.scan import DamagedError
from kavalan.scan.batch import Row
from kavalan.scan.rows import Rows
from kavalan.sources import Ending, Item


def rows(out):
    return Rows(out, 1, 0, lambda digests: [False] * len(digests))


@pytest.fixture
def kept(tmp_path):
    begun = rows(tmp_path)
    for path in (b"a", b"b", b"c"):
        begun.add(Row(Item(path, None, lambda: 0), Ending(), None, "unread"))
    begun.keep()
    return tmp_path / "unfinished-rows.partial"


def test_what_was_kept_is_taken_up(kept, tmp_path):
    again = rows(tmp_path)
    last, sums = again.resume()
    assert (last, sums.items, len(again)) == (b"c", 3, 3)


def test_what_was_kept_and_is_cut_anywhere_is_told(kept, tmp_path):
    whole = kept.read_bytes()
    for cut in cuts(len(whole)):
        kept.write_bytes(whole[:cut])
        with pytest.raises(DamagedError, match=r"unfinished-rows\.partial is damaged"):
            rows(tmp_path).resume()
