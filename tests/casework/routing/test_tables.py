"""Tables of offices: what is refused, and that the packaged one holds together."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.routing.tables import MOST_BYTES, TableError, packaged_table, read_table

HEAD = 'title = "t"\ndrawn_up = 2026-01-01\n'
PLACE = '[[place]]\nid = "p"\nname = "P"\n'


def office(terms='since = 2026-01-01\ncovers = ["p"]\ntakes = ["online"]\ncertainty = "M"\nsource = "s"\n', id_="o"):
    return f'[[office]]\nid = "{id_}"\nname = "O"\ntier = "state"\n[[office.term]]\n{terms}'


TERM = 'covers = ["p"]\ntakes = ["online"]\ncertainty = "M"\nsource = "s"\n'


def test_a_table_is_read_with_its_offices():
    table = read_table(HEAD + PLACE + office())
    assert [one.name for one in table.office] == ["O"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title = ", "Invalid value"),
        ('title = "t"\n', "drawn_up"),
        (HEAD + "more = 1\n", "unknown field `more`"),
        (HEAD + PLACE + PLACE, "p is given twice"),
        (HEAD + PLACE + office() + office(), "o is given twice"),
        (HEAD + '[[place]]\nid = "p"\nname = "P"\nwithin = "q"\n', "p lies within q"),
        (HEAD + '[[place]]\nid = "p"\nname = "P"\nwithin = "p"\n', "p lies within itself"),
        (HEAD + office(), "o covers p"),
        (HEAD + PLACE + office(f"since = 2026-02-01\nuntil = 2026-01-01\n{TERM}"), "before it begins"),
        (HEAD + PLACE + office(f'since = 2026-02-01\nunder = "o"\n{TERM}'), "o is under o"),
        (HEAD + PLACE + office(f'since = 2026-02-01\nunder = "x"\n{TERM}'), "o is under x"),
        (
            HEAD + PLACE + office(f"since = 2026-02-01\n{TERM}[[office.term]]\nsince = 2026-03-01\n{TERM}"),
            "before the one from 2026-02-01 has ended",
        ),
        (HEAD + PLACE + office(f"since = 2026-02-01\n{TERM.replace('M', 'X')}"), "certainty"),
        ("#" * (MOST_BYTES + 1), "a table is smaller"),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused_with_the_place(text, why):
    with pytest.raises(TableError, match=why):
        read_table(text)


def test_an_own_table_names_places_and_offices_of_the_packaged_one():
    term = f'since = 2026-02-01\nunder = "kerala-ccse"\n{TERM}'.replace('"p"', '"in-32-594"')
    assert read_table(HEAD + office(term), packaged_table()).office[0].term[0].under == "kerala-ccse"


def test_an_own_table_does_not_describe_a_place_of_the_packaged_one_anew():
    with pytest.raises(TableError, match="in is given twice"):
        read_table(HEAD + '[[place]]\nid = "in"\nname = "P"\nwithin = "in-32"\n', packaged_table())


@given(st.text(max_size=60))
def test_whatever_a_file_says_is_read_or_refused(text):
    with contextlib.suppress(TableError):
        assert read_table(HEAD + text).title == "t"


def test_packaged_districts_have_the_codes_of_the_directory():
    # The Local Government Directory numbers Kerala's districts from north to south.
    codes = {place.lgd for place in packaged_table().place if place.within == "in-32"}
    assert codes == set(range(588, 602))


def test_packaged_table_names_nineteen_cyber_stations_and_twenty_police_districts():
    # PTI, 19 Oct 2025: "the 19 cyber police stations".
    ids = [office.id for office in packaged_table().office]
    assert sum(one.startswith("cyber-") for one in ids) == 19
    assert sum(one.startswith("police-") for one in ids) == 20


def test_packaged_table_says_of_nothing_that_it_was_read_in_a_primary_source():
    assert {term.certainty for office in packaged_table().office for term in office.term} == {"S", "M"}


def test_no_row_of_the_packaged_table_holds_a_telephone_number():
    told = [(office.name, term.source, term.holder or "") for office in packaged_table().office for term in office.term]
    longest = max(
        len(run)
        for row in told
        for text in row
        for run in "".join(character if character.isdigit() else " " for character in text).split() or [""]
    )
    assert longest <= 5
