"""The self-test finds a broken index."""

import numpy as np
import pytest

from kavalan.matching import SelfTestError
from kavalan.matching.segment import build_segment
from kavalan.matching.selftest import run
from kavalan.matching.store import frozen


def test_a_table_that_lost_its_entries_is_found_out(many_hashes):
    segment = build_segment(many_hashes.view(np.uint64), np.arange(len(many_hashes)))
    run(segment)
    near = segment.tables.near.copy()
    near[3 * len(many_hashes) : 4 * len(many_hashes)] = 0  # the fourth table turns everything away
    segment.tables = segment.tables._replace(near=frozen(near))
    with pytest.raises(SelfTestError, match=r"found [0-9]+ matches within 31 bits where a scan found"):
        run(segment)
