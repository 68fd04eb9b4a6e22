"""Rows of tables and their places."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.chats.rows import delimiter_of, rows_of

TABLE = st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), max_size=6)
MARKS = {"utf-8": b"", "utf-8-sig": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def written(rows, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@given(TABLE, st.sampled_from(sorted(MARKS)), st.sampled_from("\t,;|"))
def test_rows_are_those_that_were_written_each_at_its_place(rows, encoding, delimiter):
    rows = [["a", "b"], *rows]
    data = MARKS[encoding] + written(rows, delimiter).encode(encoding)
    read = list(rows_of(io.BytesIO(data), delimiter))
    assert [one.cells for one in read] == rows
    for one, row in zip(read, rows, strict=True):
        taken = data[one.offset : one.offset + one.length].decode(encoding.removesuffix("-sig"))
        assert taken == written([row], delimiter)


def test_a_mark_that_is_never_closed_costs_its_row():
    data = b'a\tb\r\n1\t"open\r\n2\tc\r\n3\td\r\n'
    read = list(rows_of(io.BytesIO(data), "\t"))
    assert [(one.cells, bool(one.fault)) for one in read] == [
        (["a", "b"], False),
        (['1\t"open\r\n'], True),
        (["2", "c"], False),
        (["3", "d"], False),
    ]
    assert [data[one.offset : one.offset + one.length] for one in read] == data.splitlines(keepends=True)


@pytest.mark.parametrize(("text", "encoding"), [("café", "cp1252"), ("ആന", "utf-8"), ("boat", "utf-16-le")])
def test_a_table_without_a_mark_is_read_in_its_encoding(text, encoding):
    data = f"name,what\r\n{text},1\r\n".encode(encoding)
    assert list(rows_of(io.BytesIO(data), ","))[1].cells == [text, "1"]


def test_one_broken_byte_does_not_make_utf_8_a_code_page():
    data = "ആന,നദി\r\n".encode() + b"a\xff,b\r\n"
    assert [one.cells for one in rows_of(io.BytesIO(data), ",")] == [["ആന", "നദി"], ["a\udcff", "b"]]


def test_a_table_may_be_read_once_more():
    source = io.BytesIO(b"a,b\n")
    assert list(rows_of(source, ",")) == list(rows_of(source, ","))


@pytest.mark.parametrize("delimiter", list("\t,;|"))
def test_the_sign_between_cells_is_the_one_that_stands_there_most_often(delimiter):
    assert delimiter_of(io.BytesIO(delimiter.join(["a, b", "c", "d", "e"]).encode())) == delimiter
