"""Databases with any bytes changed: what can be read is told, the rest is said to be unreadable, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from tests.chats.heard import hear
from tests.chats.whatsapp.android.made import AT, HASH, telephone
from tests.chats.whatsapp.ios.made import field, iphone

_SAID = [{"sender_jid_row_id": 1 + n % 6, "text_data": f"boat {n}" * 20, "message_type": n % 3} for n in range(120)]
_QUOTE = {"chat_row_id": 1, "parent_message_chat_row_id": 1, "from_me": 0, "key_id": "K3", "text_data": "x"}
ANDROID = telephone(
    *_SAID,
    message_media=[{"message_row_id": n, "file_path": f"Media/{n}.jpg", "file_hash": HASH} for n in range(2, 120, 3)],
    message_quoted=[{"message_row_id": n, **_QUOTE} for n in range(4, 100, 5)],
    group_participant_user=[{"group_jid_row_id": 4, "user_jid_row_id": n, "add_timestamp": AT} for n in (1, 2)],
)
IPHONE = iphone(
    *({"ZGROUPMEMBER": 1 + n % 3, "ZTEXT": f"boat {n}" * 20} for n in range(120)),
    ZWAMEDIAITEM=[{"ZMESSAGE": n, "ZMETADATA": field(5, "K1") + field(19, field(1, "x"))} for n in range(1, 120, 3)],
)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.sampled_from([("whatsapp-android", ANDROID), ("whatsapp-ios", IPHONE)]))
def test_what_can_be_read_is_told(data, of):
    form, whole = of
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        start = data.draw(st.integers(16, len(changed) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=40))
        changed[start : start + len(piece)] = piece
    try:
        heard = hear(bytes(changed[: len(whole)]), form)
    except ChatError:
        return
    assert heard.reading.messages == len(heard.messages)
    assert {one.sender_id for one in heard.messages} - {""} <= set(heard.accounts)
    assert {one.conversation_id for one in heard.messages} <= set(heard.conversations)


def test_a_broken_page_of_messages_costs_those_in_it_alone():
    data = bytearray(ANDROID)
    place = data.index(b"boat 60boat 60") // 4096 * 4096
    data[place : place + 4096] = bytes(4096)
    heard = hear(bytes(data), "whatsapp-android")
    left = {one.text.split("boat ")[1] for one in heard.messages if one.text.startswith("boat ")}
    assert "60" not in left
    assert {"0", "119"} <= left
    assert 120 - len(left) < 30
    assert any("message" in doubt.reason for doubt in heard.reading.unreadable)


def test_a_broken_page_beside_the_messages_costs_no_message():
    data = bytearray(ANDROID)
    place = data.index(b"Media/59.jpg") // 4096 * 4096
    data[place : place + 4096] = bytes(4096)
    heard = hear(bytes(data), "whatsapp-android")
    assert heard.reading.messages == 120
    assert any("message_media" in doubt.reason for doubt in heard.reading.doubtful)
