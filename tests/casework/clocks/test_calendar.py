"""iCalendar as somebody else's parser reads it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kavalan.casework.clocks.calendar import Event, calendar, folded

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 bounds have none
    lambda moment: moment.replace(microsecond=0)
)
TEXTS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")) | st.sampled_from(" \\;,:\n\"'^"), max_size=200
)
EVENTS = st.builds(
    Event,
    id=st.uuids(),
    at=MOMENTS,
    changed_at=MOMENTS,
    sequence=st.integers(0, 99),
    summary=TEXTS,
    address=st.uuids().map("https://desk.example/clocks/{}/".format),
    cancelled=st.booleans(),
)


@given(st.lists(EVENTS, max_size=4))
def test_another_parser_reads_what_was_written(events):
    read = Calendar.from_ical(calendar(events, NOW))
    assert (read["VERSION"], read["METHOD"]) == ("2.0", "PUBLISH")
    told = [
        (
            str(one["UID"]),
            one["DTSTART"].dt,
            one["DTSTAMP"].dt,
            one["LAST-MODIFIED"].dt,
            int(one["SEQUENCE"]),
            str(one["SUMMARY"]),
            str(one["URL"]),
            str(one["STATUS"]),
        )
        for one in read.walk("VEVENT")
    ]
    assert told == [
        (
            f"{one.id}@kavalan",
            one.at,
            NOW,
            one.changed_at,
            one.sequence,
            one.summary,
            one.address,
            "CANCELLED" if one.cancelled else "CONFIRMED",
        )
        for one in events
    ]


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs",)), max_size=400))
def test_no_line_is_longer_than_seventy_five_octets_and_unfolded_it_is_whole(text):
    lines = folded(text).split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    # Each piece is text of its own: no character is parted.
    assert all(line.decode() is not None for line in lines)
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == text
    assert all(line.startswith(b" ") for line in lines[1:])


def test_times_are_told_in_utc_and_lines_end_as_the_standard_says():
    zone = datetime.fromisoformat("2026-03-01T14:30:00+05:30")
    data = calendar([Event(UUID(int=1), zone, NOW, 0, "R-1, s. 19(6)", "https://desk.example/", False)], NOW)
    assert b"DTSTART:20260301T090000Z\r\n" in data
    assert b"SUMMARY:R-1\\, s. 19(6)\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_character_that_may_not_stand_there_becomes_a_space():
    event = Event(UUID(int=1), NOW, NOW, 0, "R\x00-\x1b1\ud800", "https://desk.example/", False)
    (read,) = Calendar.from_ical(calendar([event], NOW + timedelta(1))).walk("VEVENT")
    assert str(read["SUMMARY"]) == "R - 1 "
