"""The limits are there, each with its source."""

from datetime import timedelta

from kavalan.casework.custody.limits import limits


def test_limits_are_read_with_their_sources():
    read = limits()
    assert read.late_entry.span == timedelta(days=1)
    assert all(
        one.source and one.certainty == "H"
        for one in (read.late_entry, read.hand_over, read.open_offer, read.laboratory)
    )
