"""Lines of WhatsApp's own: their number as it is, what it is read as, and by whom."""

import pytest

from tests.chats.heard import hear
from tests.chats.whatsapp.android.made import ASHA, MEERA, RAVI, telephone

SYSTEM = {"message_type": 7, "sender_jid_row_id": 1}


def told(number, *, row=SYSTEM, **more):
    data = telephone(row, message_system=[{"message_row_id": 2, "action_type": number}], **more)
    return hear(data, "whatsapp-android")


def whom(*rows):
    return [{"message_row_id": 2, "user_jid_row_id": row} for row in rows]


def test_who_added_whom_is_told_with_the_number():
    heard = told(12, message_system_chat_participant=whom(2, 5))
    (event,) = heard.events
    assert (event.act, event.actor, event.targets) == ("added", f"+{ASHA}", (f"+{RAVI}", f"+{MEERA}"))
    assert event.source == "whatsapp/android/action_type 12"
    assert (heard.messages[0].kind, heard.messages[0].text) == ("system", "action_type 12")
    assert (heard.reading.system, heard.reading.understood) == (1, 1)


def test_that_the_telephone_itself_was_added_is_a_mark():
    heard = told(12, message_system_group=[{"message_row_id": 2, "is_me_joined": 1}])
    assert heard.events[0].targets == ("You",)


@pytest.mark.parametrize(("number", "act"), [(20, "joined"), (79, "joined"), (13, "left")])
def test_who_came_or_went_did_so_each_for_themselves(number, act):
    heard = told(number, message_system_chat_participant=whom(2, 3))
    assert [(one.act, one.actor) for one in heard.events] == [(act, f"+{RAVI}"), (act, f"+{MEERA}")]
    assert [(one.act, one.actor) for one in told(number).events] == [(act, f"+{ASHA}")]


def test_a_new_name_stands_beside_the_old_one():
    row = {**SYSTEM, "text_data": "Red boats"}
    heard = told(1, row=row, message_system_value_change=[{"message_row_id": 2, "old_data": "Boats"}])
    assert [(one.act, one.value, one.before) for one in heard.events] == [("renamed", "Red boats", "Boats")]
    assert heard.messages[0].text == "Red boats"


def test_a_number_that_changed_is_told_from_what_to_what():
    changed = [{"message_row_id": 2, "old_jid_row_id": 1, "new_jid_row_id": 5}]
    (event,) = told(28, message_system_number_change=changed).events
    assert (event.act, event.before, event.value, event.targets) == (
        "number_changed",
        f"+{ASHA}",
        f"+{MEERA}",
        (f"+{MEERA}",),
    )


@pytest.mark.parametrize("number", [15, 84, 31, 7, 81, 83, 29])
def test_a_number_that_is_read_in_several_ways_stands_as_it_is_and_makes_no_administrator(number):
    heard = told(number, message_system_chat_participant=whom(2))
    (event,) = heard.events
    assert event.act == "other"
    assert event.source.startswith(f"whatsapp/android/action_type {number} (readings differ: ")
    assert (heard.messages[0].text, event.targets) == (f"action_type {number}", (f"+{RAVI}",))
    assert heard.reading.understood == 0


def test_a_reading_of_one_program_alone_is_named_and_makes_no_administrator():
    assert told(21).events[0].act == "other"
    assert "WAInsight alone" in told(21).events[0].source
    assert (told(118).events[0].act, told(118).events[0].source) == (
        "pinned",
        "whatsapp/android/action_type 118 (WAInsight)",
    )


def test_a_number_that_nobody_reads_is_kept():
    (event,) = told(9999).events
    assert (event.act, event.source) == ("other", "whatsapp/android/action_type 9999")


def test_what_the_telephone_itself_did_is_its_own():
    heard = told(14, row={"message_type": 7, "from_me": 1}, message_system_chat_participant=whom(2))
    assert (heard.events[0].actor, heard.messages[0].sender_name) == ("You", "You")


def test_who_did_it_is_nobody_where_the_row_names_nobody():
    heard = told(12, row={"message_type": 7}, message_system_chat_participant=whom(2))
    assert (heard.events[0].actor, heard.messages[0].sender_id) == ("", "")


def test_a_line_without_a_number_says_so():
    heard = hear(telephone(SYSTEM, {"message_type": 36, "chat_row_id": 2}), "whatsapp-android")
    assert [one.text for one in heard.messages] == ["a system line without a number", "message_type 36"]
    assert [one.act for one in heard.events] == ["other", "other"]
