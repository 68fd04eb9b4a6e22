"""A partner's table: rows by the meaning of their columns, and what does not fit."""

import io
from datetime import UTC, datetime

import pytest

from kavalan.tips import Capture, Columns, File, Leftover, Moment, Passage, Person, TipError, Unread
from kavalan.tips.formats.table import read_table

COLUMNS = Columns(
    meaning={
        "Ack No": "number",
        "Date": "received",
        "Suspect": "name",
        "Mobile": "phone",
        "IP": "ip",
        "Port": "port",
        "IP Time": "ip_at",
        "MD5": "md5",
        "Remarks": "note",
    },
    zone="Asia/Kolkata",
    sender="a partner",
)
HEADER = "Ack No,Date,Suspect,Mobile,IP,Port,IP Time,MD5,Remarks,Circle\n"
EMPTY = "d41d8cd98f00b204e9800998ecf8427e"
ROW = f"N-1,06/05/2026 14:30,A. Invented,+447700900123,203.0.113.5,4433,06/05/2026 02:30 pm,{EMPTY},seen twice,South\n"


def rows(text, columns=COLUMNS, encoding="utf-8"):
    return list(read_table(io.BytesIO(text.encode(encoding)), columns))


def test_a_row_is_a_tip():
    (tip,) = rows(HEADER + ROW)
    at = datetime(2026, 5, 6, 9, tzinfo=UTC)
    assert (tip.number, tip.sender) == ("N-1", "a partner")
    assert tip.received == Moment("06/05/2026 14:30", at)
    assert tip.persons == (
        Person(
            role="reported",
            name="A. Invented",
            phones=("+447700900123",),
            captures=(Capture("IP Address", "203.0.113.5", "4433", Moment("06/05/2026 02:30 pm", at)),),
        ),
    )
    assert tip.files == (File(md5=EMPTY),)
    assert tip.passages == (Passage("Remarks", "seen twice"),)
    assert tip.leftovers == (Leftover("Circle", "South"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding):
    (tip,) = rows("Ack No;Suspect\nN-1;Zoë\n", Columns({"Ack No": "number", "Suspect": "name"}, "UTC"), encoding)
    assert (tip.number, tip.persons[0].name) == ("N-1", "Zoë")


def test_lines_before_the_header_are_skipped():
    columns = Columns({"No": "number"}, "UTC", skip=2)
    assert [tip.number for tip in rows("Report of May\n\nNo\n7\n\n8\n", columns)] == ["7", "8"]


def test_a_row_with_other_cells_than_the_header_is_unread_and_kept():
    columns = Columns({"No": "number"}, "UTC")
    first, second = rows("No,Name\n1,A,more\n2,B\n", columns)
    assert first.unread == (Unread("line 2", "3 cells, and the header has 2"),)
    assert [left.value for left in first.leftovers] == ["1", "A", "more"]
    assert second.number == "2"


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(TipError, match=r"no column 'No'; the first line has: Number, Name"):
        rows("Number,Name\n1,A\n", Columns({"No": "number"}, "UTC"))


def test_an_empty_file_has_no_header():
    with pytest.raises(TipError, match="nothing"):
        rows("")


def test_what_ought_to_be_a_digest_and_is_none_is_kept():
    (tip,) = rows("No,MD5\n1,unknown\n", Columns({"No": "number", "MD5": "md5"}, "UTC"))
    assert (tip.files, tip.leftovers) == ((), (Leftover("MD5", "unknown"),))


@pytest.mark.parametrize(
    ("order", "said", "utc"),
    [
        ("dmy", "06/05/2026 14:30:05", datetime(2026, 5, 6, 9, 0, 5, tzinfo=UTC)),
        ("mdy", "06-05-26 12:30 AM", datetime(2026, 6, 4, 19, 0, tzinfo=UTC)),
        ("ymd", "2026/05/06, 05:30", datetime(2026, 5, 6, tzinfo=UTC)),
        ("dmy", "2026-05-06T05:30:00+05:30", datetime(2026, 5, 6, tzinfo=UTC)),
        ("dmy", "06/05/2026", None),
        ("dmy", "31/02/2026 10:00", None),
        ("dmy", "soon", None),
    ],
)
def test_times_are_read_in_the_order_and_zone_of_the_table(order, said, utc):
    columns = Columns({"At": "received"}, "Asia/Kolkata", order, delimiter="|")
    assert rows(f"At\n{said}\n", columns)[0].received == Moment(said, utc)


def test_one_meaning_has_one_column():
    with pytest.raises(ValueError, match="two columns mean `name`"):
        Columns({"A": "name", "B": "name"}, "UTC")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="is no time zone"):
        Columns({"A": "name"}, "Kerala")


PLAIN = Columns({"No": "number", "Name": "name"}, "UTC")


def told(text, encoding="utf-8", columns=PLAIN):
    """Number and name of each row that was read, where each that was not stands."""
    return [
        (tip.number, tip.persons[0].name) if not tip.unread else tip.unread[0].where
        for tip in rows(text, columns, encoding)
    ]


def test_the_first_line_of_a_spreadsheet_program_says_the_delimiter():
    assert told("sep=;\nNo;Name\n1;A, B\n") == [("1", "A, B")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding):
    assert told("No\tName\r\n1\tകാവൽ\r\n", encoding) == [("1", "കാവൽ")]


def test_a_formula_stays_the_text_that_it_is():
    assert told('No,Name\n="001",=HYPERLINK("http://example.org")\n+1,-2\n@x,\t=1\n')[0] == (
        '="001"',
        '=HYPERLINK("http://example.org")',
    )


def test_cells_too_many_that_say_nothing_do_no_harm():
    assert told("No,Name\n1,A,,\n2,B\n") == [("1", "A"), ("2", "B")]


def test_a_quotation_mark_that_is_never_closed_costs_one_row():
    assert told('No,Name\n1,"A\n2,B\n3,C\n') == ["line 2", ("2", "B"), ("3", "C")]


def test_a_cell_longer_than_is_read_costs_one_row():
    first, second = rows("No,Name\n1," + "x" * (1 << 21) + "\n2,B\n", PLAIN)[-2:]
    assert first.unread
    assert second.number == "2"


def test_two_columns_of_one_name_and_one_of_none_are_kept_apart():
    (tip,) = rows("No,Name,Name,\n1,A,B,C\n", PLAIN)
    assert (tip.persons[0].name, tip.leftovers) == (
        "A",
        (Leftover("Name (column 3)", "B"), Leftover("column 4", "C")),
    )


def test_a_port_without_an_address_is_left_over():
    (tip,) = rows(HEADER + "N-1,,,,,4433,,,,\n")
    assert (tip.persons, tip.leftovers) == ((), (Leftover("Port", "4433"),))


def test_a_byte_that_is_none_of_its_encoding_is_not_lost():
    columns = Columns({"No": "number"}, "UTC")
    (tip,) = read_table(io.BytesIO(b"No\n" + b"\xff\x81\n"), columns)
    assert tip.number == "ÿ\udc81"
