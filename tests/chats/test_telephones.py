"""Telephone numbers however they are written."""

import pytest

from kavalan.chats.telephones import telephone


@pytest.mark.parametrize(
    "said",
    [
        "9847012345",
        "09847012345",
        "919847012345",
        "0919847012345",
        "0091 98470 12345",
        "+91-98470-12345",
        "(+91) 9847012345",
        "൯൮൪൭൦൧൨൩൪൫",
    ],
)
def test_a_number_of_a_plan_is_one_number(said):
    assert telephone(said, "IN") == "+919847012345"


@pytest.mark.parametrize("said", ["+44 7700 900101", "00447700900101", "447700900101"])
def test_a_number_that_no_plan_has_is_known_by_its_country(said):
    assert telephone(said, "IN") == "+447700900101"


@pytest.mark.parametrize(
    "said", ["AD-SHOPPE", "57575", "0000000001", "9.19847E+11", "", "919847012345678901234", "anonymous"]
)
def test_what_is_no_whole_number_is_none(said):
    assert telephone(said, "IN") == ""


def test_without_a_plan_only_a_number_with_its_country_is_read():
    assert telephone("9847012345", None) == ""
    assert telephone("919847012345", None) == "+919847012345"
