"""What a scan was asked is read back as it was written, or told to be none."""

from __future__ import annotations

import pytest

from kavalan.scan import ScanMismatchError
from kavalan.scan.plan import Plan, held_plan, settle_plan
from kavalan.sources import SourceLimits


def test_plan_cut_at_every_byte_is_told_and_never_taken_for_another(tmp_path):
    root, out = tmp_path / "source", tmp_path / "out"
    root.mkdir()
    plan = Plan("00", 10_000, {"workers": "2"}, SourceLimits())
    assert settle_plan(root, out, plan) == plan
    whole = (out / "plan.json").read_bytes()
    for cut in range(len(whole)):
        (out / "plan.json").write_bytes(whole[:cut])
        with pytest.raises(ScanMismatchError, match="is not the plan of a scan"):
            settle_plan(root, out, plan)
    (out / "plan.json").write_bytes(whole)
    assert held_plan(out) == plan
