"""The table, read as anybody's CSV reader does, against the items themselves."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.exports import table
from kavalan.casework.exports.rules import cell


def rows_of(members, export):
    return list(csv.DictReader(io.StringIO(members(export)["items.csv"].decode("utf-8-sig"), newline="")))


def test_every_open_item_is_a_row_and_no_sealed_one(filled, make, members):
    rows = rows_of(members, make())
    opened = list(filled.items.filter(seal=0).select_related("content").order_by("number"))
    assert [int(one["number"]) for one in rows] == [item.number for item in opened] == [1, 2, 3, 4, 6]
    assert [one["sha256"] for one in rows] == [item.content.sha256_hex if item.content else "" for item in opened]
    assert (rows[0]["known"], rows[0]["modified_utc"]) == ("identical", "2026-03-01T09:00:00+00:00")
    assert (rows[3]["not_read_class"], rows[2]["state"]) == ("encrypted", "deleted")


def test_filters_of_the_list_are_those_of_the_file(make, members):
    assert [one["number"] for one in rows_of(members, make(filters="family=picture&known=1"))] == ["1", "6"]


def test_no_cell_begins_as_a_formula(make, members):
    rows = rows_of(members, make())
    assert [one["path"] for one in rows][1:4] == ["'=HYPERLINK(0).jpg", "'+1/3.mp4", "'-4.zip"]
    assert rows[3]["not_read_why"] == "'@ it is encrypted"
    assert not [value for one in rows for value in one.values() if value.startswith(("=", "+", "-", "@"))]


@given(st.text(max_size=20))
def test_cell_is_one_line_and_never_a_formula(text):
    told = cell(text)
    assert not told.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert len(told.splitlines()) <= 1


def test_table_longer_than_what_is_read_at_once_is_whole(filled, make, members, monkeypatch):
    monkeypatch.setattr(table, "_AT_ONCE", 2)
    assert len(rows_of(members, make())) == 5
