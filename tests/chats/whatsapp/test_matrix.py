"""Headers of every form: those that were seen, and those that CLDR predicts, by Babel."""

from datetime import datetime, timedelta

import pytest
from babel.dates import format_date, format_time, get_datetime_format

from tests.chats.heard import hear
from tests.chats.whatsapp.matrix import INDIAN, MONTH_FIRST, SEEN


@pytest.mark.parametrize(("header", "order", "local"), SEEN)
def test_a_header_that_was_seen_begins_a_message_at_its_time(header, order, local):
    heard = hear(f"{header}Asha: a boat\n{header}Ravi: two\nlines\n", order=order)
    assert heard.said == [("Asha", "a boat"), ("Ravi", "two\nlines")]
    assert {one.time_local for one in heard.messages} == {local}


def test_a_name_may_be_followed_by_a_colon_alone():
    heard = hear("[2026/7/9 02:28:09] Alice:Hey: you\n[2026/7/9 02:28:10] Bob:see https://example.org\n")
    assert heard.said == [("Alice", "Hey: you"), ("Bob", "see https://example.org")]


def _written(at, locale, *, iphone, clock):
    """A header as CLDR says the language writes a short date and time."""
    pattern = {"12": None, "24": "HH:mm:ss" if iphone else "HH:mm"}[clock]
    day = format_date(at, "short", locale=locale)
    time = format_time(at, pattern or ("medium" if iphone else "short"), locale=locale)
    both = get_datetime_format("short", locale=locale).replace("{1}", day).replace("{0}", time).replace("'", "")
    return f"[{both}] " if iphone else f"{both} - "


@pytest.mark.parametrize("clock", ["12", "24"])
@pytest.mark.parametrize("iphone", [False, True], ids=["android", "iphone"])
@pytest.mark.parametrize("locale", INDIAN)
def test_a_predicted_header_is_read_as_babel_wrote_it(locale, iphone, clock):
    # Over three weeks, so that a number above 12 tells day from month whatever the order.
    times = [datetime(2025, 4, 3, 0, 5) + timedelta(hours=11 * step) for step in range(45)]  # noqa: DTZ001 local time
    lines = [f"{_written(at, locale, iphone=iphone, clock=clock)}Asha: boat {n}" for n, at in enumerate(times)]
    heard = hear("\n".join(lines))
    assert heard.said == [("Asha", f"boat {n}") for n in range(len(times))]
    assert [one.time_local for one in heard.messages] == [at.isoformat() for at in times]
    assert (heard.reading.date_order.order, heard.reading.date_order.method) == (
        "mdy" if locale in MONTH_FIRST else "dmy",
        "a field over 12",
    )


def test_a_half_of_the_day_in_an_unknown_word_is_not_guessed():
    heard = hear("13/04/25, 7:05 xyz - Asha: a\n13/04/25, 8:05 xyz - Ravi: b\n")
    assert [(one.time_local, one.time_text) for one in heard.messages] == [
        ("", "13/04/25, 7:05 xyz"),
        ("", "13/04/25, 8:05 xyz"),
    ]
