"""Letters about a report: what they refuse and what they say."""

from datetime import UTC, datetime

import pytest
from tests.papers.letters import transfer_letter, zero_fir_letter

from kavalan.papers import DataError, File


@pytest.mark.parametrize("field", ["arrived_at", "registered_at"])
def test_time_that_is_not_utc_is_refused(field):
    with pytest.raises(DataError, match="is not in UTC"):
        zero_fir_letter(**{field: datetime(2026, 3, 1, 9)})  # noqa: DTZ001 it is what is refused


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(DataError, match="is no time zone"):
        transfer_letter(zone="Asia/Kochi")


def test_times_are_those_of_the_units_zone():
    shown = zero_fir_letter().fields()
    assert shown["arrived_at"] == "02/03/2026 00:45:00 +05:30"
    assert shown["registered_at"] == "02/03/2026 02:30:00 +05:30"


def test_digests_are_shown_in_groups_and_a_file_without_one_is_told():
    shown = transfer_letter(files=(File(1, "0123456789abcdef" * 4), File(2))).fields()["files"]
    assert shown == [{"number": 1, "sha256": " ".join(["0123 4567 89ab cdef"] * 4)}, {"number": 2, "sha256": None}]


def test_what_is_not_known_is_left_out():
    shown = transfer_letter(children=(), ground=None, place=None).fields()
    assert (shown["children"], shown["ground"], shown["place"]) == (None, None, None)


def test_the_law_of_zero_firs_is_named_as_from_memory():
    basis = zero_fir_letter().fields()["basis"]
    assert "irrespective of the area" in basis
    assert basis.endswith("[M: from memory, check before use; not reviewed]")


def test_before_that_law_none_is_named():
    # The midnight in India before 1 July 2024.
    assert zero_fir_letter(registered_at=datetime(2024, 6, 30, 18, 29, tzinfo=UTC)).fields()["basis"] is None
    assert zero_fir_letter(registered_at=datetime(2024, 6, 30, 18, 30, tzinfo=UTC)).fields()["basis"] is not None
