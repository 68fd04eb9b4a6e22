"""Results in words: one line each, with units, and nothing of a hostile text but its escapes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kavalan.lists import Flag, Method
from kavalan.scan.results.words import (
    flag_words,
    method_words,
    plain,
    sentence,
    size_words,
    time_words,
    trace_words,
    turn_words,
)

TRACE = {"act": "opened", "evidence": "x.db, table y", "at": None, "count": None, "database": None, "names": None}
TRACE |= {"whole": True, "fits": 1}


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (None, ""),
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (2_400_123, "2.4 MB"),
        (5 * 10**15, "5000.0 TB"),
    ],
)
def test_sizes_are_in_powers_of_a_thousand(size, words):
    assert size_words(size) == words


def test_every_method_and_flag_has_words():
    assert all(method_words(str(method)) for method in Method)
    assert method_words("sha256") == "identical by SHA-256"
    assert len(flag_words(sum(Flag))) == len(Flag)
    assert flag_words(None) == []


def test_turns_are_said_from_the_reader_s_side():
    assert turn_words("rotate90") == "turned left by 90°"
    assert turn_words("") == turn_words(None) == ""


def test_time_says_its_zone_or_that_it_is_unknown():
    moment = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert time_words(moment) == "2026-02-03 04:05:06 UTC"
    assert time_words(moment, "local") == "2026-02-03 04:05:06 by its maker's clock, zone unknown"
    assert time_words(None) == ""


def test_record_of_use_is_a_sentence_with_time_count_and_whose_it_is():
    told = TRACE | {"at": 1_770_000_000_000_000, "count": 3, "database": b"data/msgstore.db"}
    assert trace_words(told) == "Opened: x.db, table y, at 2026-02-02 02:40:00 UTC, 3 times. So says data/msgstore.db."


def test_record_that_fits_in_part_or_several_says_so():
    told = trace_words(TRACE | {"names": 2, "whole": False, "fits": 4})
    assert "Only the last 2 names of the path that it gives are those of this file." in told
    assert "4 items of this scan have a path that ends so: it is not known which of them is meant." in told


def test_time_that_no_calendar_has_is_left_out():
    assert trace_words(TRACE | {"at": 1 << 62}) == "Opened: x.db, table y."


def test_texts_from_elsewhere_are_one_line_without_hidden_signs():
    assert plain("a\nb\u202ec\x00") == "a\\nb\\u202ec\\x00"


def test_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert sentence("identical by SHA-256") == "Identical by SHA-256"
