"""An exported text as messages: authors, system lines, forgeries, long and broken texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from tests.chats.heard import hear

A = "13/03/2025, 10:{:02} - "
LRM = "\u200e"


def android(*bodies):
    return "\n".join(A.format(n) + body for n, body in enumerate(bodies)) + "\n"


def iphone(*bodies):
    return "".join(f"[13/03/2025, 10:00:{n:02}] {body}\r\n" for n, body in enumerate(bodies))


def kinds(heard):
    return [one.kind for one in heard.messages]


def flags(heard):
    return [one.flags for one in heard.messages]


def test_every_message_keeps_its_place_in_bytes():
    heard = hear("\ufeff" + android("Asha: എന്റെ വള്ളം", "Ravi: two\nlines", "Asha: end"))
    pieces = [heard.data[one.offset : one.offset + one.length].decode() for one in heard.messages]
    assert "".join(pieces) == heard.data.decode()
    assert [piece.strip("\ufeff\n").partition(" - ")[2] for piece in pieces] == [
        "Asha: എന്റെ വള്ളം",
        "Ravi: two\nlines",
        "Asha: end",
    ]


def test_a_title_with_a_colon_makes_no_author():
    heard = hear(android('Asha created group "Plan: one"', "Ravi: hello"))
    assert heard.said[0] == ("", 'Asha created group "Plan: one"')
    assert (heard.events[0].act, heard.events[0].actor, heard.events[0].value) == ("created", "Asha", "Plan: one")
    assert flags(heard) == ["", ""]


def test_a_contact_whose_name_holds_a_colon_is_told_by_what_always_follows():
    heard = hear(android("Ravi: Work: one", "Ravi: Work: two", "Asha: hi"))
    assert heard.said == [("Ravi: Work", "one"), ("Ravi: Work", "two"), ("Asha", "hi")]
    assert flags(heard) == ["colon_in_name", "colon_in_name", ""]


def test_a_colon_that_only_sometimes_follows_is_text_and_flagged():
    heard = hear(android("Ravi: Note: one", "Ravi: Note: two", "Ravi: bye"))
    assert [name for name, _ in heard.said] == ["Ravi"] * 3
    assert flags(heard) == ["colon_in_name", "colon_in_name", ""]


def test_a_pasted_line_of_another_form_stays_in_its_message():
    heard = hear(android("Asha: he wrote\n[12/03/2025, 09:00:00] Ravi: I did it", "Bina: ok"))
    assert heard.said == [("Asha", "he wrote\n[12/03/2025, 09:00:00] Ravi: I did it"), ("Bina", "ok")]
    assert flags(heard) == ["header_in_text", ""]


def test_a_pasted_line_that_goes_back_in_time_is_suspect():
    heard = hear(android("Asha: he wrote\n12/03/2025, 09:00 - Ravi: I did it", "Bina: ok"))
    assert [(one.sender_name, one.flags) for one in heard.messages] == [
        ("Asha", ""),
        ("Ravi", "suspect_boundary"),
        ("Bina", ""),
    ]
    assert heard.reading.doubtful[0].places == [heard.messages[1].offset]


def test_a_pasted_line_that_runs_ahead_is_suspect_and_what_follows_is_not():
    heard = hear(android("Asha: he wrote\n14/03/2025, 09:00 - Ravi: I did it", "Bina: ok"))
    assert flags(heard) == ["", "suspect_boundary", ""]


def test_a_pasted_day_that_no_calendar_has_is_text():
    heard = hear(android("Asha: he wrote\n32/03/2025, 09:00 - Ravi: I did it", "Bina: ok"))
    assert [name for name, _ in heard.said] == ["Asha", "Bina"]
    assert flags(heard) == ["header_in_text", ""]


def test_the_mark_of_an_iphone_tells_what_whatsapp_wrote():
    heard = hear(
        iphone(
            f"Boats: {LRM}Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
            f'Asha: {LRM}Asha created group "Boats"',
            f"Boats: {LRM}Asha added Ravi",
            "Ravi: Asha added Bina",
            f"Asha: {LRM}image omitted",
        )
    )
    assert kinds(heard) == ["system", "system", "system", "text", "media"]
    assert [one.act for one in heard.events] == ["notice", "created", "added"]
    assert flags(heard)[3] == ""


def test_an_iphone_export_without_marks_says_that_its_system_lines_are_not_sure():
    heard = hear(iphone('Asha: Asha created group "Boats"', "Ravi: Asha added Bina"))
    assert [(one.kind, one.flags) for one in heard.messages] == [("system", "unmarked_system"), ("text", "")]


def test_a_line_of_whatsapp_that_is_not_understood_is_kept_and_counted():
    heard = hear(android("Asha: hi", "Ravi did something new"))
    assert heard.said[1] == ("", "Ravi did something new")
    assert heard.events[0].act == "other"
    assert heard.reading.understood == 1


def test_a_message_that_is_doubtful_twice_is_counted_once():
    heard = hear(android("Asha: hi", "Ravi: ok\n12/03/2025, 09:00 - something odd"))
    assert [doubt.count for doubt in heard.reading.doubtful] == [1, 1]
    assert (heard.reading.messages, heard.reading.understood) == (3, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_program_ends_them(end):
    heard = hear(android("Asha: one\nmore", "Ravi: two").replace("\n", end))
    assert heard.said == [("Asha", "one\nmore"), ("Ravi", "two")]


def test_a_lone_carriage_return_is_text():
    assert hear(android("Asha: one\rmore", "Ravi: two")).said[0] == ("Asha", "one\rmore")


def test_a_message_of_a_hundred_thousand_lines_is_one_message():
    text = "Asha: " + "\n".join(f"line {n}" for n in range(100_000))
    heard = hear(android(text, "Ravi: end"))
    assert heard.said == [("Asha", text.removeprefix("Asha: ")), ("Ravi", "end")]


def test_a_line_longer_than_any_piece_that_is_read_stays_whole():
    text = "ആ" * 900_000
    heard = hear(android(f"Asha: {text}", "Ravi: end"))
    assert heard.said == [("Asha", text), ("Ravi", "end")]


def test_bytes_that_are_no_text_are_shown_escaped_and_flagged():
    heard = hear(android("Asha: a").encode() + A.format(1).encode() + b"Ravi: b\xff\0c\n")
    assert heard.said[1] == ("Ravi", "b\\xff␀c")
    assert flags(heard) == ["", "undecodable"]


def test_what_stands_before_the_first_message_is_counted_as_unread():
    heard = hear("a note\n" + android("Asha: hi"))
    assert (heard.reading.unread_bytes, heard.reading.unreadable[0].count) == (7, 1)


def test_a_text_without_a_header_is_refused():
    with pytest.raises(ChatError, match="date and a time"):
        hear("just\nsome lines\n")


def test_times_have_a_moment_only_where_somebody_says_the_zone():
    text = android("Asha: hi")
    assert [(one.time_utc, one.time_certainty) for one in hear(text).messages] == [(None, "local")]
    # 10:00 in Kolkata is 04:30 UTC.
    assert [(one.time_utc, one.time_certainty) for one in hear(text, zone="Asia/Kolkata").messages] == [
        (1741840200000, "zone_given")
    ]


def test_a_tie_of_dates_leaves_the_time_as_written():
    heard = hear("3/4/25, 19:05 - Asha: a\n4/4/25, 19:05 - Ravi: b\n")
    assert [(one.time_local, one.time_certainty, one.time_text) for one in heard.messages] == [
        ("", "unknown", "3/4/25, 19:05"),
        # The fourth of the fourth is one day whichever comes first.
        ("2025-04-04T19:05:00", "local", ""),
    ]
    assert heard.reading.date_order.order is None


def test_an_export_at_its_cap_says_that_the_oldest_may_be_missing():
    heard = hear("".join(f"13/03/2025, 10:00 - A: {n}\n" for n in range(10_000)))
    assert any("10,000" in warning for warning in heard.reading.warnings)


def test_keys_are_the_same_when_it_is_read_again():
    one, two = (hear(android("Asha: a", "+44 7700 900123: b")) for _ in range(2))
    assert [(m.offset, m.sender_id, m.conversation_id) for m in one.messages] == [
        (m.offset, m.sender_id, m.conversation_id) for m in two.messages
    ]


def test_a_number_is_the_same_account_in_every_chat_and_a_name_is_not():
    one, two = hear(android("+44 7700 900123: b", "Asha: a")), hear(android("Asha: a", "+44 7700\u00a0900123: c"))
    ids = [{m.sender_name[:4]: m.sender_id for m in heard.messages} for heard in (one, two)]
    assert ids[0]["+44 "] == ids[1]["+44 "]
    assert ids[0]["Asha"] != ids[1]["Asha"]


def test_identifiers_stand_with_their_message():
    heard = hear(android("Asha: hi", "Ravi: pay to boat@okaxis"))
    assert [(one.seq, one.kind, one.value) for one in heard.named] == [(1, "upi", "boat@okaxis")]


_BODY = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\u200e:<>()"), min_size=8, max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Asha", "+44 7700 900123", "~ Ravi"]), _BODY), min_size=1, max_size=30))
def test_what_was_written_is_what_is_read(said):
    said = [(name, f"x{body}x") for name, body in said]
    text = "".join(f"{A.format(n)}{name}: {body}\n" for n, (name, body) in enumerate(said))
    assert hear(text).said == said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([A.format(1), "[1/2/25, 1:02:03] ", "Asha", ": ", LRM, "\n", "\r", " added ", "<", ">"]))
)
def test_pieces_of_an_export_in_any_order_lose_no_byte(pieces):
    heard = hear(A.format(0) + "".join(pieces))
    # The form that most lines have is the export's: what stands before its first line is told as unread.
    assert heard.messages[0].offset + sum(one.length for one in heard.messages) == len(heard.data)
    assert bool(heard.reading.unread_bytes) == bool(heard.messages[0].offset)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_are_read(data):
    heard = hear(A.format(0).encode() + b"Asha: " + data)
    assert sum(one.length for one in heard.messages) == len(heard.data)
    assert all("\0" not in one.text and one.text.encode() is not None for one in heard.messages)
