"""What of a table of sites can be taken in."""

from types import SimpleNamespace

import pytest

from kavalan.casework.operations.judging import Known, district_key, judge
from kavalan.casework.operations.tables import read_table

from .conftest import row, table_of

KNOWN = Known(
    {district_key(name): key for name, key in (("Thrissur", "in-32-594"), ("594", "in-32-594"), ("തൃശ്ശൂർ", "in-32-594"))},
    {"charlie": SimpleNamespace(badge="charlie")},
    {"COAST/1/2026": SimpleNamespace(reference="COAST/1/2026")},
    {"S-9"},
    courts={"W 9/2026": "JFCM II"},
    leads={"T9": "eve"},
)


def judged(*rows):
    return judge(read_table(table_of(*rows)), KNOWN)


def test_row_without_fault_is_a_site():
    found = judged(row(1, "thrissur ", members="charlie;dora, zed", home="No", case="COAST/1/2026"))
    (site,) = found.sites
    assert found.whole
    assert (site.reference, site.district, site.home, site.members) == (
        "S-1",
        "in-32-594",
        False,
        ("charlie", "dora", "zed"),
    )
    assert site.case.reference == "COAST/1/2026"


@pytest.mark.parametrize("name", ["594", "തൃശ്ശൂർ", "THRISSUR"])
def test_district_is_known_by_its_name_in_each_script_and_by_its_code(name):
    assert judged(row(1, name)).sites[0].district == "in-32-594"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"site": ""}, "no site"),
        ({"site": "S-9"}, "has this site already"),
        ({"site": "S" * 41}, "site: at most 40"),
        ({"district": ""}, "no district"),
        ({"district": "Atlantis"}, "No such district: Atlantis"),
        ({"place": ""}, "neither a place nor an address"),
        ({"home": "perhaps"}, "home: yes or no"),
        ({"team": ""}, "officers and no team"),
        ({"members": " ".join(f"m{number}" for number in range(12))}, "at most 12"),
        ({"warrant": ""}, "a court and no warrant"),
        ({"warrant": "W 9/2026"}, "Another court"),
        ({"team": "T9"}, "Another lead"),
        ({"case": "HILL/1/2026"}, "No case of this number"),
    ],
)
def test_faulty_line_is_told_with_its_reason_and_nothing_can_be_taken_in(change, why):
    found = judged(row(1), {**row(2), **change})
    assert not found.whole
    assert why in found.faults[3][0]


def test_site_that_is_there_twice_is_faulty_on_both_lines():
    assert set(judged(row(1), row(2), row(1)).faults) == {2, 4}


def test_all_that_is_wrong_with_a_line_is_told():
    assert len(judged({**row(1), "district": "", "home": "?", "place": ""}).faults[2]) == 3


def test_what_is_worth_knowing_is_no_fault():
    found = judged(row(1, members="zed", warrant="", court=""))
    assert found.whole
    assert found.notes[2] == ["Not an officer of this desk, and cannot enter what happens: zed.", "Without a warrant."]


def test_table_without_a_row_takes_nothing_in():
    assert judged().faults == {1: ["The table has no row."]}
