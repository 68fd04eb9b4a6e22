"""Who is there for a place, an offence and a day: against a plain reading of every row."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.routing.responsible import places_named, responsible
from kavalan.casework.routing.tables import Office, Place, Table, Term, directory, packaged_table

KERALA, THRISSUR, KANNUR = "in-32", "in-32-594", "in-32-589"
PACKAGED = directory(("packaged", packaged_table()))


def offices(found):
    return [one.listed.office.id for one in found]


def test_in_summer_2018_the_nodal_cell_was_there_for_the_state():
    assert offices(responsible(PACKAGED, THRISSUR, "online", date(2018, 7, 15)).nearest) == ["kerala-nodal-cell"]


def test_where_no_row_speaks_it_is_unknown():
    assert responsible(PACKAGED, THRISSUR, "online", date(2018, 10, 1)).unknown
    assert responsible(PACKAGED, THRISSUR, "contact", date(2018, 7, 15)).unknown
    assert responsible(PACKAGED, "no-such-place", "online", date(2026, 3, 1)).unknown


def test_a_station_goes_before_the_state_and_that_before_the_nation():
    answer = responsible(PACKAGED, KANNUR, "online", date(2026, 3, 1))
    assert offices(answer.nearest) == ["cyber-kannur"]
    assert offices(answer.further)[-1] == "ncrb"
    assert "kerala-cyber-division" in offices(answer.further)


def test_offices_that_the_table_cannot_tell_apart_are_both_nearest():
    nearest = responsible(PACKAGED, THRISSUR, "online", date(2026, 3, 1)).nearest
    assert offices(nearest) == ["cyber-thrissur-city", "cyber-thrissur-rural"]
    assert all(one.term.part for one in nearest)


def test_cyber_stations_are_under_the_cyber_division_from_its_day_on():
    def under(day):
        (found,) = responsible(PACKAGED, KANNUR, "online", day).nearest
        return found.term.under

    assert under(date(2025, 10, 18)) is None
    assert under(date(2025, 10, 19)) == "kerala-cyber-division"


def test_a_row_is_named_by_its_table_its_office_and_its_first_day():
    (found,) = responsible(PACKAGED, KANNUR, "online", date(2026, 3, 1)).nearest
    assert found.row == "packaged: cyber-kannur, 2025-10-19"


def test_an_own_table_goes_before_the_packaged_one_where_both_name_an_office():
    term = Term(since=date(2026, 2, 1), covers=(KERALA,), takes=("online",), certainty="V", source="an order, invented")
    own = Table("own", date(2026, 2, 1), office=(Office("cyber-kannur", "Moved", "state", (term,)),))
    both = directory(("packaged", packaged_table()), ("own", own))
    assert "cyber-kannur" not in offices(responsible(both, KANNUR, "online", date(2026, 1, 31)).nearest)
    assert "cyber-kannur" in offices(responsible(both, KERALA, "online", date(2026, 2, 1)).nearest)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("12 Beach Road, Kochi, Kerala, India", ["Ernakulam", "Kerala", "India"]),
        ("കോഴിക്കോട്", ["Kozhikode"]),
        ("Kollamkode", []),
        ("", []),
    ],
)
def test_places_are_read_from_whole_words(text, named):
    assert [place.name for place in places_named(PACKAGED, [text])] == named


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12))
PLACES = (Place("c", "C"), Place("s", "S", within="c"), Place("d", "D", within="s"), Place("e", "E", within="s"))


@st.composite
def terms(draw):
    since, length = draw(DAYS), draw(st.integers(0, 5))
    return Term(
        since=since,
        until=since + timedelta(days=length),
        covers=tuple(draw(st.sets(st.sampled_from("csde"), min_size=1))),
        takes=tuple(draw(st.sets(st.sampled_from(["online", "contact"]), min_size=1))),
        certainty="M",
        source="made up",
    )


TIERS = st.sampled_from(["station", "district", "state", "national"])


@given(
    st.lists(st.tuples(TIERS, terms()), max_size=6),
    st.sampled_from("csde"),
    st.sampled_from(["online", "contact"]),
    DAYS,
)
def test_every_row_that_speaks_of_it_is_in_the_answer_and_the_nearest_are_first(rows, place, offence, day):
    made = tuple(Office(f"o-{number}", f"O {number}", tier, (term,)) for number, (tier, term) in enumerate(rows))
    answer = responsible(directory(("t", Table("t", day, PLACES, made))), place, offence, day)
    around = {"c": ["c"], "s": ["s", "c"], "d": ["d", "s", "c"], "e": ["e", "s", "c"]}[place]
    order = ["station", "district", "state", "national"]
    expected = []
    for office in made:
        (term,) = office.term
        if term.since <= day <= term.until and offence in term.takes:
            near = [around.index(one) for one in term.covers if one in around]
            if near:
                expected.append((min(near), order.index(office.tier), office.name, office.id))
    expected.sort()
    assert offices([*answer.nearest, *answer.further]) == [one[3] for one in expected]
    assert offices(answer.nearest) == [one[3] for one in expected if one[:2] == expected[0][:2]]
