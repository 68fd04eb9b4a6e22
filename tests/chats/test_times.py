"""Times that sources state, and what spans them."""

from datetime import datetime

import pytest

from kavalan.chats import ChatError
from kavalan.chats.clock import NO_ZONE
from kavalan.chats.times import UNTOLD, Times


def test_a_time_with_its_offset_is_a_moment_and_told_in_the_zone_that_was_named():
    stated = datetime.fromisoformat("2025-04-03T19:05:09.5+05:30")
    assert Times("Asia/Kolkata").of(stated) == ("2025-04-03T19:05:09", 1743687309500, "exact")
    assert Times("").of(stated)[0] == "2025-04-03T13:35:09"


def test_a_time_without_an_offset_is_local_and_no_moment():
    times = Times("")
    assert times.of(datetime.fromisoformat("2025-04-03T19:05:09")) == ("2025-04-03T19:05:09", None, "local")
    assert times.warnings() == []


def test_the_first_and_the_last_are_kept_and_a_missing_zone_is_told():
    times = Times("")
    for moment in (2000, 86_400_000, 0, 10**18):
        times.at(moment)
    assert (times.first, times.last) == ("1970-01-01T00:00:00", "1970-01-02T00:00:00")
    assert times.warnings() == [NO_ZONE]


def test_what_no_calendar_has_is_untold():
    assert Times("").at(10**18) == UNTOLD


def test_a_zone_that_there_is_not_is_refused():
    with pytest.raises(ChatError, match="no such time zone"):
        Times("Nowhere/Place")
