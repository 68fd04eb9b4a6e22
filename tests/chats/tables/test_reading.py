"""Tables of calls and of payments."""

import csv
import hashlib
import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError, Request
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.heard import hear
from tests.chats.tables.made import (
    CALLS,
    CALLS_HEADER,
    NOTED,
    NOTED_HEADER,
    PARTY,
    PARTY_HEADER,
    PAYMENTS,
    PAYMENTS_HEADER,
    table,
)

ABOVE = ["A provider, invented", "MSISDN: +447700900001,Period,01/03/2025 to 31/03/2025", ""]
BELOW = ["Total,,,,75,,,,,", "MOC: outgoing call"]


def calls(*rows, **more):
    return hear(table(CALLS_HEADER, *rows, **more), "table", columns=CALLS)


def payments(*rows, **known):
    return hear(table(PAYMENTS_HEADER, *rows), "table", columns=PAYMENTS, **known)


def as_csv(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def rows_of(heard):
    return [one for one in heard.messages if one.kind != "system"]


def test_a_call_says_who_called_whom_when_and_how_long():
    heard = calls(
        "+447700900001,00447700900002,13/03/2025,10:05:09,75,404-19-412-17611,404-19-412-17612,MOC,356938035643809,KL"
    )
    [one] = rows_of(heard)
    assert (one.kind, one.time_local, one.time_certainty) == ("call", "2025-03-13T10:05:09", "zone_given")
    assert one.time_utc == 1741840509000
    assert heard.accounts[one.sender_id].native == "+447700900001"
    [called] = heard.events
    assert (called.act, called.value, heard.accounts[called.target_ids[0]].native) == ("called", "75", "+447700900002")
    assert one.text.splitlines() == [
        "IMEI: 356938035643809", "DURATION: 75", "FIRST_CELL: 404-19-412-17611", "LAST_CELL: 404-19-412-17612",
        "CALL_TYPE: MOC", "ROAM_CIRCLE: KL",
    ]  # fmt: skip
    assert [found.value for found in heard.named if found.kind == "imei"] == ["356938035643809"]
    assert heard.data[one.offset : one.offset + one.length].startswith(b"+447700900001,")
    assert heard.data[one.offset : one.offset + one.length].endswith(b",KL\r\n")


@pytest.mark.parametrize(
    "number", ["9847012345", "09847012345", "919847012345", "+91 98470-12345", '"=""09847012345"""', "919847012345.0"]
)
def test_one_number_however_it_is_written_is_one_account_and_one_chat(number):
    heard = calls(
        f"+447700900001,{number},13/03/2025,10:05:09,75,,,,,", "919847012345,+447700900001,13/03/2025,10:06:09,5,,,,,"
    )
    assert {one.native for one in heard.accounts.values()} == {"+447700900001", "+919847012345"}
    assert len({one.conversation_id for one in rows_of(heard)}) == 1


def test_a_number_that_lost_its_digits_is_nobody_elses_and_is_told():
    heard = calls(
        "+447700900001,9.19847E+11,13/03/2025,10:05:09,75,,,,,", "+447700900003,9.19847E+11,13/03/2025,10:06:09,75,,,,,"
    )
    assert [one.flags for one in rows_of(heard)] == ["lost_digits", "lost_digits"]
    lost = [one for one in heard.accounts.values() if one.native.startswith("9.")]
    assert len(lost) == 2
    assert {one.kind for one in lost} == {"name"}
    assert len({one.conversation_id for one in rows_of(heard)}) == 2
    assert heard.reading.doubtful[0].count == 2
    assert heard.reading.understood == len(heard.messages) - 2


def test_lines_above_and_below_the_rows_are_kept_as_they_stand():
    heard = calls("+447700900001,+447700900002,13/03/2025,10:05:09,75,,,,,", above=ABOVE, below=BELOW)
    said = [one.text for one in heard.messages]
    assert said[:2] == ["A provider, invented", "MSISDN: +447700900001,Period,01/03/2025 to 31/03/2025"]
    assert said[-1] == "MOC: outgoing call"
    assert said[-2].startswith("Total")
    assert heard.reading.system == 5
    assert not heard.reading.unreadable


def test_where_a_row_names_the_other_one_alone_the_lines_above_say_whose_it_is():
    rows = [
        "13-Mar-2025 10:05;+447700900002;A_OUT;0:01:15",
        "13-Mar-2025 10:06;+447700900002;IN;00:00:05",
        "13-Mar-2025 10:07;+447700900002;?;1:15",
    ]
    heard = hear(table(PARTY_HEADER, *rows, above=["Target No : +447700900001"]), "table", columns=PARTY)
    people = {key: one.native[-1] for key, one in heard.accounts.items()} | {"": ""}
    assert [people[one.sender_id] for one in rows_of(heard)] == ["1", "2", ""]
    assert [one.value for one in heard.events] == ["75", "5", "75"]
    assert [doubt.count for doubt in heard.reading.doubtful] == [1]
    assert len({one.conversation_id for one in rows_of(heard)}) == 1


def test_a_short_message_is_no_call():
    heard = calls("+447700900001,AD-SHOPPE,13/03/2025,10:05:09,0,,,SMT,,")
    assert [one.kind for one in rows_of(heard)] == ["text"]
    assert not heard.events
    assert {one.native for one in heard.accounts.values()} == {"+447700900001", "AD-SHOPPE"}


def test_a_payment_goes_from_one_account_to_another_that_the_narration_names():
    heard = payments(
        '13/03/2025,UPI/DR/412345678901/RAVI/ravi@oksbi/nets,412345678901,"1,500.00",,100.00',
        "14/03/2025,UPI/CR/412345678902/ASHA/asha@ybl/boat,,,250,350.00",
    )
    out, into = rows_of(heard)
    paid = [
        (heard.accounts[one.actor_id].native, heard.accounts[one.target_ids[0]].native, one.value)
        for one in heard.events
    ]
    assert paid == [("keeper@okaxis", "ravi@oksbi", "1500.00"), ("asha@ybl", "keeper@okaxis", "250")]
    assert (out.kind, out.sender_name, into.sender_name) == ("payment", "keeper@okaxis", "asha@ybl")
    assert out.text.splitlines()[0] == "UPI/DR/412345678901/RAVI/ravi@oksbi/nets"
    assert {found.value for found in heard.named if found.kind == "upi"} == {"ravi@oksbi", "asha@ybl"}
    assert {found.value for found in heard.named if found.kind == "rrn"} == {"412345678901", "412345678902"}


def test_a_day_without_a_time_is_no_moment():
    [one] = rows_of(payments("13/03/2025,UPI/ravi@oksbi,,1,,"))
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-03-13T00:00:00", None, "local")
    assert one.time_text == "13/03/2025"


def test_what_has_no_amount_is_no_payment():
    heard = payments("13/03/2025,OPENING BALANCE,,,,100.00", "13/03/2025,UPI/ravi@oksbi,,5,,95.00")
    assert [one.kind for one in heard.messages] == ["system", "system", "payment"]


def test_a_row_that_does_not_fit_costs_itself():
    heard = payments("13/03/2025,a,b,c,d,e,f,g", '14/03/2025,"never closed,,,5,', "15/03/2025,UPI/ravi@oksbi,,5,,95.00")
    assert [one.kind for one in heard.messages] == ["system", "payment"]
    assert heard.reading.unreadable[0].count == 2
    assert heard.reading.unreadable[0].places[0] == heard.data.index(b"13/03")


def test_the_order_of_dates_is_the_examiners_before_that_of_the_columns():
    [one] = rows_of(payments("03/04/2025 10:00,UPI/ravi@oksbi,,5,,", order="mdy", zone="UTC"))
    assert (one.time_local, one.time_utc) == ("2025-03-04T10:00:00", 1741082400000)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_of_a_spreadsheet_program_is_read_at_its_place(encoding):
    data = table(PAYMENTS_HEADER, "13/03/2025,café ravi@oksbi,,5,,").encode(encoding)
    heard = hear(data, "table", columns=PAYMENTS)
    [one] = rows_of(heard)
    assert one.text == "café ravi@oksbi\nDebit: 5"
    assert (
        data[one.offset :]
        .decode(encoding if encoding == "cp1252" else encoding.replace("-sig", "").replace("16", "16-le"))
        .startswith("13/03")
    )
    assert one.offset + one.length == len(data)


def test_a_table_without_the_meaning_of_its_columns_is_refused_with_what_to_do():
    with pytest.raises(ChatError, match="--columns FILE"):
        list(read(io.BytesIO(b"a,b\n1,2\n"), Request("table", hashlib.sha256().hexdigest())))


def test_a_table_that_lacks_a_column_is_refused_with_its_name():
    with pytest.raises(ChatError, match='the nearest lacks "Credit"'):
        hear(table(PAYMENTS_HEADER.replace("Credit", "Cr."), "13/03/2025,a,,5,,"), "table", columns=PAYMENTS)


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=5))
def test_whatever_stands_under_the_header_each_line_is_kept_or_told(rows):
    data = f"{NOTED_HEADER}\r\n{as_csv(rows)}".encode()
    heard = hear(data, "table", columns=NOTED)
    places = [(one.offset, one.offset + one.length) for one in heard.messages]
    held = sum(end - start for start, end in places) + heard.reading.unread_bytes
    # Only lines in which nothing stands are neither.
    empty = [row for row in rows if not any(cell.strip() for cell in row)]
    assert held + len(as_csv(empty).encode()) == len(data)


@pytest.mark.parametrize(
    ("header", "columns"), [(CALLS_HEADER, CALLS), (PAYMENTS_HEADER, PAYMENTS), (PARTY_HEADER, PARTY)]
)
def test_cells_of_any_length_fit_a_record(header, columns):
    long = "ആ" * 200_000
    delimiter = max(",;", key=header.count)
    rows = [delimiter.join(["13/03/2025"] + [cell] * header.count(delimiter)) for cell in (long, "5")]
    data = table(header + delimiter + long, *(row + delimiter + long for row in rows), below=[f"MSISDN {long}"])
    said = list(read(io.BytesIO(data.encode()), Request("table", "0" * 64, long, columns=columns)))
    assert max(len(msgspec.msgpack.encode(one)) for one in said) < STREAM_RECORD_BYTES
