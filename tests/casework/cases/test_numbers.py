"""Numbers of other offices, written in many ways, are one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.cases.numbers import folded


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("0012/2026", "12/2026"),
        ("12 / 2026", "12/2026"),
        ("fir-12.2026", "FIR/12/2026"),
        ("൧൨/൨൦൨൬", "12/2026"),
        ("१२/२०२६", "12/2026"),
        ("０１２", "12"),
        ("cr. no 7", "CR/NO/7"),
        ("എഫ്ഐആർ 7", "എഫ്ഐആർ/7"),
        ("0", "0"),
        (" / - ", ""),
    ],
)
def test_ways_of_writing_are_folded(written, same):
    assert folded(written) == same


def test_different_numbers_stay_apart():
    assert len({folded(one) for one in ("12/2026", "122026", "1/22026", "12/2027", "12/2026/A")}) == 5


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=5))
def test_zeros_before_a_number_do_not_count(number, zeros):
    assert folded("0" * zeros + str(number)) == unicodedata.normalize("NFKC", str(number))
