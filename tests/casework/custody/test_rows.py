"""Rows of a seizure: read from a table, judged, counted on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.custody.rows import FIELDS, counted_on, faults_of, next_row, read_table, row_faults, tidy
from kavalan.casework.errors import RefusedError

GOOD = {"reference": "A-1", "sort": "phone", "imei": "490154203237518", "seal": "S-1"}


def test_row_in_order_has_no_fault():
    assert row_faults(GOOD) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": ""},
        {"sort": "boat"},
        {"sort": ""},
        {"imei": "490154203237519"},
        {"iccid": "12"},
        {"isolation": "shouted at"},
        {"seal_state": "?"},
        {"make": "x" * 61},
    ],
)
def test_what_is_wrong_is_named(wrong):
    assert len(row_faults(GOOD | wrong)) == 1


def test_what_stands_in_another_row_is_named_in_both():
    rows = {1: GOOD, 2: GOOD, 3: GOOD | {"reference": "A-3", "imei": "", "seal": ""}}
    assert {number: len(faults) for number, faults in faults_of(rows, (), None).items()} == {1: 3, 2: 3}


def test_reference_that_is_taken_or_that_the_authority_does_not_name_is_at_fault():
    assert len(faults_of({1: GOOD}, {"A-1"}, {"B-1"})[1]) == 2
    assert faults_of({1: GOOD}, {"B-1"}, {"A-1"}) == {}


def test_table_is_read_with_any_of_three_separators():
    for mark in ",;\t":
        table = f"Reference{mark}IMEI 2\nA-1{mark}49-015420-323751-8\n\n"
        assert read_table(table) == [{"reference": "A-1", "imei_2": "490154203237518"}]


NO_TABLES = [
    "",
    "colour\nred",
    "reference,reference\n1,2",
    "imei\n1",
    "reference,note\n1,2,3",
    'reference\n"1',
    "reference\n" + "1\n" * 1001,
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_table_that_is_none_is_refused(text):
    with pytest.raises(RefusedError):
        read_table(text)


@given(st.text(max_size=400))
def test_no_table_breaks_the_reader(text):
    for table in (text, f"reference,note\n{text}"):
        try:
            rows = read_table(table)
        except RefusedError:
            continue
        assert all(set(row) <= set(FIELDS) for row in rows)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=80)))
def test_tidied_row_stays_as_it_is(said):
    assert tidy(tidy(said)) == tidy(said)


@pytest.mark.parametrize(
    ("one", "other"), [("SM 12/2026/9", "SM 12/2026/10"), ("M-007", "M-008"), ("12a", "13a"), ("M", ""), ("", "")]
)
def test_reference_is_counted_on(one, other):
    assert counted_on(one) == other


def test_next_row_takes_what_is_mostly_the_same_and_no_number():
    row = GOOD | {"make": "Fairtone", "isolation": "off", "note": "a crack"}
    assert next_row(row) == {"reference": "A-2", "sort": "phone", "make": "Fairtone", "isolation": "off"}
