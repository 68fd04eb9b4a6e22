"""The table of sites as spreadsheet programs write it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.operations.tables import COLUMNS, MOST_ROWS, decode, read_table

HEAD = "site,district,place\n"


def cells(text):
    return [dict(row.cells) for row in read_table(text).rows]


def test_mark_of_utf_8_is_no_part_of_the_first_column():
    data = "\ufeffsite,district,place\nS-1,തൃശ്ശൂർ,Ward 1\n".encode()
    assert cells(decode(data)) == [{"site": "S-1", "district": "തൃശ്ശൂർ", "place": "Ward 1"}]


def test_code_page_of_windows_is_read_where_it_is_no_utf_8():
    assert cells(decode("site;district;place\r\nS-1;Kollam;Café – 2\r\n".encode("cp1252")))[0]["place"] == "Café – 2"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_are_separated_as_the_first_line_is(mark):
    text = mark.join(("Site", " district", "PLACE")) + "\n" + mark.join(("S-1", "Kollam", "Ward 1")) + "\n"
    assert cells(text) == [{"site": "S-1", "district": "Kollam", "place": "Ward 1"}]


def test_row_is_told_by_the_line_of_the_file_on_which_it_begins():
    table = read_table(HEAD + '\nS-1,Kollam,"two\nlines"\n\nS-2,Kollam,Ward 2\n')
    assert [(row.line, row["place"]) for row in table.rows] == [(3, "two lines"), (6, "Ward 2")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The first line names"),
        ("site,place\nS-1,Ward 1\n", "The first line names"),
        ("site,district\nS-1,Kollam\n", "The first line names"),
        ("site,district,place,colour\n", "No such column: colour"),
        ("site,district,place,place\n", "named twice"),
    ],
)
def test_heading_that_cannot_be_meant_is_the_fault_of_its_line(text, why):
    assert why in read_table(text).faults[1][0]


def test_row_with_more_cells_than_columns_is_faulty_and_the_others_are_read():
    table = read_table(HEAD + "S-1,Kollam,Ward 1,more\nS-2,Kollam,Ward 2,,\n")
    assert (list(table.faults), [row["site"] for row in table.rows]) == ([2], ["S-2"])


def test_quote_that_never_ends_is_the_fault_of_the_line_where_it_begins():
    table = read_table(HEAD + 'S-1,Kollam,Ward 1\nS-2,Kollam,"Ward 2\n')
    assert (list(table.faults), len(table.rows)) == ([3], 1)


def test_one_row_too_many_is_told_once():
    table = read_table(HEAD + "S,Kollam,W\n" * (MOST_ROWS + 5))
    assert (list(table.faults), len(table.rows)) == ([MOST_ROWS + 2], MOST_ROWS)


def test_file_that_is_too_large_is_not_read():
    assert "too long" in read_table(HEAD + "x" * 1_000_000).faults[1][0]


@given(st.text(max_size=300))
def test_whatever_comes_is_read_or_blamed(text):
    table = read_table(text)
    assert all(line >= 1 and whys for line, whys in table.faults.items())
    assert all(set(row.cells) <= set(COLUMNS) for row in table.rows)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=20))
def test_what_another_program_writes_comes_back(rows):
    text = io.StringIO()
    csv.writer(text).writerows([("site", "district", "place"), *rows])
    table = read_table(decode(text.getvalue().encode()))
    assert [(row["site"], row["district"], row["place"]) for row in table.rows] == rows
