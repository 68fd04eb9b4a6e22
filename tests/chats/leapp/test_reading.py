"""Tables of ALEAPP and iLEAPP, as their programs write them."""

import hashlib
import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError, Request
from kavalan.chats.request import Piece
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.heard import hear
from tests.chats.leapp.made import (
    CALLS,
    DETAILS,
    EVENTS,
    GROUP,
    IPHONE,
    MEMBERS,
    MESSAGES,
    at,
    event,
    jid,
    said,
    written,
)

ZONE = "Asia/Kolkata"


def heard_of(**tables):
    """Several tables as one source, in the order of their names."""
    pieces, data = [], b""
    for name, table in sorted(tables.items()):
        pieces.append(Piece(f"_TSV Exports/{name}.tsv", len(data), len(table)))
        data += table
    return hear(data, "leapp-tsv", zone=ZONE, pieces=tuple(pieces))


def test_a_row_is_a_message_with_its_place_and_its_moment():
    heard = heard_of(a=written(MESSAGES, said(1, 2, 'spare "nets"\nand more')))
    [one] = heard.messages
    assert (one.sender_name, one.text) == ("P2", 'spare "nets"\nand more')
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-03-13T09:31:00", 1741838460000, "exact")
    assert heard.data[one.offset : one.offset + one.length] == heard.data[heard.data.index(b"2025-03-13 04:01") :]
    assert heard.accounts[one.sender_id].native == "+447700900002"
    assert not one.native


def test_the_owner_of_the_telephone_is_nobody_else():
    heard = heard_of(a=written(MESSAGES, said(1, 0, "mine")))
    assert heard.accounts[heard.messages[0].sender_id].kind == "exporter"


def test_a_group_is_one_chat_whether_a_table_says_its_name_or_its_number():
    heard = heard_of(a=written(MESSAGES, said(2, 2, "hi")), b=written(EVENTS, event(1, 12, 2)))
    assert {one.conversation_id for one in heard.messages} == set(heard.conversations)
    [place] = heard.conversations.values()
    assert (place.native, place.title, place.kind) == (GROUP, "Boats", "group")


def test_a_name_that_two_groups_have_leads_to_neither():
    other = event(2, 12, 2, **{"Chat JID": "120363000000000002@g.us"})
    heard = heard_of(a=written(MESSAGES, said(3, 2, "hi")), b=written(EVENTS, event(1, 12, 2), other))
    assert len({one.conversation_id for one in heard.messages}) == 3


def test_codes_are_kept_and_understood_only_where_all_agree():
    rows = [event(1, 12, 2, 3), event(2, 5, 2), event(3, 15, 3), event(4, 84, 3)]
    heard = heard_of(a=written(EVENTS, *rows))
    people = {one.native: key for key, one in heard.accounts.items()}
    two, three = people["+447700900002"], people["+447700900003"]
    assert [(one.act, one.actor_id, one.target_ids, one.source.rpartition(" ")[2]) for one in heard.events] == [
        ("added", "", (two, three), "12"),
        ("left", two, (), "5"),
        ("other", "", (three,), "15"),
        ("other", "", (three,), "84"),
    ]
    assert heard.reading.system == 4
    assert heard.reading.understood == 2


def test_a_change_of_number_names_both():
    heard = heard_of(a=written(EVENTS, event(1, 10, **{"Old JID": jid(2), "New JID": jid(3)})))
    assert [(one.before, one.value) for one in heard.events] == [("+447700900002", "+447700900003")]


def test_lists_of_members_and_stated_sizes_are_told_as_that():
    members = written(MEMBERS, [at(1), "-77", "Nets", "5", "Asha", "Creator"], ["", "-77", "Nets", "6", "Ravi", "0x1"])
    details = written(DETAILS, ["-77", "Nets", "for sale", "38000", "3", "0", "1", "412"])
    heard = heard_of(a=members, b=details)
    assert [(one.role, one.since, one.source.rpartition(", ")[2]) for one in heard.rosters] == [
        ("creator", "2025-03-13T09:31:00", "Role Creator"),
        ("member", "", "Role 0x1"),
    ]
    assert [(one.what, one.count) for one in heard.sizes] == [
        ("members", 38000), ("admins", 3), ("banned", 1), ("online", 412),
    ]  # fmt: skip
    assert {one.conversation_id for one in (*heard.sizes, *heard.rosters)} == set(heard.conversations)
    assert {one.native for one in heard.accounts.values()} == {"user5", "user6"}


def test_on_an_iphone_who_wrote_in_a_group_is_not_told():
    row = dict.fromkeys(IPHONE, "") | {
        "Timestamp": at(1), "Direction": "Incoming", "Sender Name": "Boats", "Chat Name": "Boats", "Message": "hi",
        "From ID": GROUP, "Chat ID": GROUP, "Metadata Field 17 (forward count, observed)": "4",
    }  # fmt: skip
    heard = heard_of(a=written(IPHONE, row))
    [one] = heard.messages
    assert (one.sender_id, one.sender_name, one.forwards) == ("", "", 4)
    assert len(heard.reading.doubtful) == 1


def test_files_are_there_or_only_listed():
    rows = [
        said(1, 2, "", **{"Media": "data/a.jpg | data/b.jpg", "Local Path To Media": "Media/IMG-1.jpg"}),
        said(2, 2, "look", **{"Local Path To Media": "Media/IMG-2.jpg"}),
    ]
    heard = heard_of(a=written(MESSAGES, *rows))
    assert [(one.media_name, one.media_note, one.kind) for one in heard.messages] == [
        ("data/a.jpg", "", "media"),
        ("data/b.jpg", "", "media"),
        ("Media/IMG-2.jpg", "listed, not in the report", "media"),
    ]


@pytest.mark.parametrize(
    ("stated", "kind"),
    [("15", "deleted"), ("Picture", "media"), ("90", "call"), ("4711", "withheld"), ("Text", "withheld")],
)
def test_a_row_without_text_is_what_the_tool_says_it_is(stated, kind):
    heard = heard_of(a=written(MESSAGES, said(1, 2, "", **{"Message Type": stated})))
    assert [(one.kind, one.text, one.media_note) for one in heard.messages] == [(kind, "", stated)]


def test_a_line_of_the_messengers_own_is_no_message_of_anybody():
    heard = heard_of(a=written(MESSAGES, said(1, 2, "", **{"Message Type": "System Message"})))
    assert [(one.kind, one.sender_name) for one in heard.messages] == [("system", "P2")]
    assert heard.reading.system == 1


def test_calls_say_who_called_and_how_long():
    icon = 'Outgoing <i data-feather="phone-outgoing" stroke="green"></i>'
    rows = [[at(1), "", "00447700900002", "Incoming <i></i>", "75"], [at(2), "", "+44 7700 900002", icon, "5"]]
    heard = heard_of(a=written(CALLS, *([*row, *[""] * 6] for row in rows)))
    assert [one.text for one in heard.messages] == [
        "Type: Incoming\nDuration in Secs: 75",
        "Type: Outgoing\nDuration in Secs: 5",
    ]
    kinds = [heard.accounts[one.sender_id].kind for one in heard.messages]
    assert kinds == ["phone", "exporter"]
    assert [one.value for one in heard.events] == ["75", "5"]


def test_a_broken_row_costs_itself_and_a_repeated_header_nothing():
    good = written(MESSAGES, said(1, 2, "one"))
    bad = b'2025\t"never closed\r\n'
    heard = heard_of(a=good + bad + good)
    assert [one.text for one in heard.messages] == ["one", "one"]
    [lost] = heard.reading.unreadable
    assert lost.places == [heard.data.index(b"2025\t")]
    assert heard.reading.unread_bytes == len(bad)


def test_columns_that_are_not_read_are_named():
    heard = heard_of(a=written(MEMBERS, ["", "1", "a", "2", "b", ""]), b=written([*DETAILS, "New column"]))
    assert "Telegram - Chat Details: not read are Removed, New column" in heard.reading.warnings


def test_a_table_whose_columns_nobody_knows_is_told_and_alone_refused():
    strange = written(["a", "b"], ["1", "2"])
    heard = heard_of(a=strange, b=written(MESSAGES, said(1, 2, "one")))
    assert [one.text for one in heard.messages] == ["one"]
    assert heard.reading.unread_bytes == len(strange)
    with pytest.raises(ChatError, match="no table of"):
        list(read(io.BytesIO(strange), Request("leapp-tsv", hashlib.sha256(strange).hexdigest(), "a.tsv")))


CELLS = st.lists(st.text(max_size=20), min_size=len(MESSAGES), max_size=len(MESSAGES))


@settings(max_examples=60)
@given(st.lists(CELLS, max_size=4))
def test_whatever_stands_in_cells_each_row_is_a_message_at_its_place(rows):
    data = written(MESSAGES, *rows)
    heard = hear(data, "leapp-tsv", name="a.tsv")
    assert len({one.offset for one in heard.messages}) == len([row for row in rows if row != MESSAGES])
    for one in heard.messages:
        assert data[one.offset - 1 : one.offset] == b"\n"


@pytest.mark.parametrize("header", [MESSAGES, EVENTS, MEMBERS, DETAILS, CALLS, IPHONE])
def test_cells_and_columns_of_any_length_fit_a_record(header):
    long = ", ".join(["ആ" * 1000] * 300)
    crowd = [dict.fromkeys(header, long[:3000])] * 100
    data = written([*header, long], dict.fromkeys(header, long), dict.fromkeys(header, "12"), *crowd)
    said = list(read(io.BytesIO(data), Request("leapp-tsv", "0" * 64, "a.tsv")))
    assert max(len(msgspec.msgpack.encode(one)) for one in said) < STREAM_RECORD_BYTES
