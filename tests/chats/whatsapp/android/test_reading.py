"""A telephone's database as it has been since 2022: who, where, what, and what is not sure."""

import base64
import io

import pytest

from kavalan.chats import ChatError, ChatReader
from kavalan.chats.model import Batch
from tests.chats.heard import hear
from tests.chats.whatsapp.android.made import (
    ASHA,
    AT,
    GROUP,
    HASH,
    MEERA,
    NAMES,
    RAVI,
    made,
    request,
    telephone,
    together,
)


def told(*messages, **more):
    return hear(telephone(*messages, **more), "whatsapp-android")


def beside(number, **more):
    return {"message_row_id": number, **more}


def test_messages_are_told_with_author_chat_moment_and_the_key_that_all_telephones_share():
    heard = told({"sender_jid_row_id": 1, "text_data": "the boats go out"}, {"from_me": 1, "text_data": "ok"})
    one, mine = heard.messages
    assert (one.sender_name, one.text, one.native) == (f"+{ASHA}", "the boats go out", f"{GROUP}@g.us/K2")
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-04-03T13:37:09", AT + 120_000, "exact")
    assert (mine.sender_name, heard.accounts[mine.sender_id].kind) == ("You", "exporter")
    chat = heard.conversations[one.conversation_id]
    assert (chat.title, chat.kind, chat.native) == ("Boats", "group", f"{GROUP}@g.us")
    assert heard.reading.messages == heard.reading.understood == 2


def test_local_times_are_those_of_the_zone_that_is_named():
    heard = hear(telephone({"sender_jid_row_id": 1, "text_data": "x"}), "whatsapp-android", zone="Asia/Kolkata")
    assert heard.messages[0].time_local == "2025-04-03T19:07:09"
    assert not any("no zone" in warning for warning in heard.reading.warnings)


def test_a_number_that_hides_a_telephone_is_that_telephone_where_the_map_has_it():
    heard = told(*({"sender_jid_row_id": row, "text_data": "x"} for row in (3, 5, 8, 6)))
    phone, hidden, device, unknown = (heard.accounts[one.sender_id] for one in heard.messages)
    assert phone == hidden == device
    assert (phone.kind, phone.native, phone.country) == ("phone", f"+{MEERA}", "US")
    assert (unknown.kind, unknown.native) == ("id", "88002@lid")


def test_in_a_chat_of_two_who_is_not_named_is_the_other():
    heard = told({"chat_row_id": 2, "sender_jid_row_id": 0, "text_data": "x"})
    assert heard.messages[0].sender_name == f"+{ASHA}"
    assert heard.conversations[heard.messages[0].conversation_id].kind == "direct"


def test_chats_of_two_are_those_of_one_telephone_and_groups_are_everybodys():
    first, second = (told({"text_data": text}) for text in "ab")
    shared = set(first.conversations) & set(second.conversations)
    assert {first.conversations[key].kind for key in shared} == {"group", "channel"}
    assert len(first.conversations) == 3


def test_whose_telephone_it_is_is_known_by_the_devices_that_wrote():
    heard = told({"from_me": 1, "text_data": "x"}, message_details=[beside(2, author_device_jid=2)])
    assert heard.accounts[heard.messages[0].sender_id].native == f"+{RAVI}"
    assert any(f"+{RAVI}" in warning for warning in heard.reading.warnings)


def test_names_are_those_of_the_address_book_and_else_those_that_people_chose():
    contacts = [
        {"jid": f"{ASHA}@s.whatsapp.net", "display_name": "Asha Boats", "wa_name": "asha"},
        {"jid": f"{RAVI}@s.whatsapp.net", "display_name": None, "wa_name": "ravi"},
    ]
    made_by = [{"jid": f"{GROUP}@g.us", "creator_jid": f"{RAVI}@s.whatsapp.net"}]
    names = made(NAMES, {"wa_contacts": contacts, "wa_group_admin_settings": made_by})
    base = telephone(
        *({"sender_jid_row_id": row, "text_data": "x"} for row in (1, 2, 6)),
        lid_display_name=[{"lid_row_id": 6, "display_name": "net mender"}],
    )
    data, known = together(("a/msgstore.db", base), ("a/wa.db", names))
    heard = hear(data, "whatsapp-android", **known)
    assert [one.sender_name for one in heard.messages] == ["Asha Boats", "~ravi", "~net mender"]
    assert f"wa.db says that +{RAVI} made it" in heard.conversations[heard.messages[0].conversation_id].note
    assert not any("wa.db" in warning for warning in heard.reading.warnings)


def test_an_address_book_that_cannot_be_read_costs_names_alone():
    base = telephone({"sender_jid_row_id": 1, "text_data": "x"})
    data, known = together(("msgstore.db", base), ("wa.db", base[:100] + b"\xff" * 1000 + base[1100:]))
    heard = hear(data, "whatsapp-android", **known)
    assert [one.text for one in heard.messages] == ["x"]
    assert any(warning.startswith("wa.db: the database cannot be read") for warning in heard.reading.warnings)


def test_the_telephone_of_who_made_an_old_group_stands_in_its_address():
    jid = {"_id": 9, "user": f"{ASHA}-1600000000", "server": "g.us", "raw_string": ""}
    base = telephone(chat=[{"_id": 1, "jid_row_id": 9, "subject": "Nets"}], jid=[jid])
    note = next(iter(hear(base, "whatsapp-android").conversations.values())).note
    assert note == f"its address says that +{ASHA} made it on 2020-09-13T12:26:40"


def test_how_often_it_was_sent_on_and_from_which_channel_is_told():
    heard = told(
        {"sender_jid_row_id": 1, "text_data": "x"},
        {"sender_jid_row_id": 1, "text_data": "y"},
        {"chat_row_id": 3, "text_data": "y"},
        message_forwarded=[beside(2, forward_score=7), beside(3, forward_score=1)],
        forwarded_newsletter_message_info=[
            beside(3, newsletter_jid_row_id=7, newsletter_server_message_id=56, newsletter_name="Tides")
        ],
        newsletter=[{"chat_row_id": 3, "name": "Tides", "subscribers_count": 900}],
        newsletter_message=[beside(4, server_message_id=56)],
    )
    assert [one.forwards for one in heard.messages] == [7, 1, 0]
    assert heard.messages[1].origin == heard.messages[2].native == "777@newsletter/56"
    assert heard.messages[1].forwarded_from == "Tides (777@newsletter)"
    assert [(one.what, one.count, one.source) for one in heard.sizes] == [
        ("members", 900, "msgstore newsletter.subscribers_count")
    ]


def test_files_are_named_with_the_digest_that_the_database_states_and_whether_they_came():
    heard = told(
        *({"sender_jid_row_id": 1, "message_type": of_type} for of_type in (1, 9, 42, 1)),
        {"from_me": 1, "message_type": 1},
        message_media=[
            beside(2, file_path="Media/WhatsApp Images/a.jpg", file_hash=HASH, transferred=1, media_caption="nets"),
            beside(3, media_name="list.pdf", file_hash=HASH, transferred=0),
            beside(4, file_hash="no digest", transferred=1),
            beside(5, file_path="/data/../../etc/passwd"),
            beside(6, file_path="Media/b.jpg", transferred=0),
        ],
    )
    digest = base64.b64decode(HASH).hex()
    assert [(one.media_name, one.media_note, one.media_sha256, one.text) for one in heard.messages] == [
        ("Media/WhatsApp Images/a.jpg", "", digest, "nets"),
        ("list.pdf", "listed, not received", digest, ""),
        ("", "seen once", "", ""),
        ("passwd", "", "", ""),
        ("Media/b.jpg", "kept, not sent", "", ""),
    ]
    assert {one.kind for one in heard.messages} == {"media"}
    assert [doubt.places for doubt in heard.reading.doubtful] == [[4]]


def test_an_answer_names_what_it_answers_and_deleted_texts_stand_in_their_quotes():
    quote = {"chat_row_id": 1, "parent_message_chat_row_id": 1, "from_me": 0, "sender_jid_row_id": 1, "timestamp": AT}
    heard = told(
        {"sender_jid_row_id": 1, "message_type": 15},
        *({"sender_jid_row_id": 2, "text_data": text} for text in ("to the deleted", "to the lost", "again", "kept")),
        message_quoted=[
            beside(3, **quote, key_id="K2", text_data="sell the red boat"),
            beside(4, **quote, key_id="GONE", text_data="meet at the pier"),
            beside(5, **quote, key_id="GONE", text_data="meet at the pier"),
            beside(6, **quote, key_id="K3", text_data="to the deleted"),
        ],
        message_revoked=[beside(2, revoked_key_id="K2", admin_jid_row_id=2)],
    )
    assert [(one.sender_name, one.text, one.kind, one.flags) for one in heard.messages[:3]] == [
        (f"+{ASHA}", "sell the red boat", "deleted", "recovered"),
        (f"+{RAVI}", "to the deleted", "text", ""),
        (f"+{ASHA}", "meet at the pier", "text", "recovered"),
    ]
    assert heard.messages[0].media_note == f"deleted by the administrator +{RAVI}"
    replies = [one.reply_to.rpartition("/")[2] for one in heard.messages]
    assert replies == ["", "K2", "", "GONE", "GONE", "K3"]
    assert heard.reading.messages == 6
    assert heard.reading.understood == 4


def test_edits_are_said_and_what_is_not_copied_is_counted():
    heard = told(
        {"sender_jid_row_id": 1, "text_data": "x"},
        message_edit_info=[beside(2, original_key_id="K2", edited_timestamp=AT, sender_timestamp=AT)],
        message_add_on=[{"parent_message_row_id": 2, "message_add_on_type": of_type} for of_type in (56, 56, 67)],
    )
    assert heard.messages[0].edited
    assert "in the database, and not copied: 2 reactions, 1 votes in polls" in heard.reading.warnings


def test_who_is_called_by_a_number_that_hides_a_telephone_is_named_by_the_telephone():
    heard = told(
        {"sender_jid_row_id": 1, "text_data": "come @88001 and @88002"},
        message_mentions=[beside(2, jid_row_id=row) for row in (5, 6)],
    )
    assert [(one.kind, one.value, one.start, one.end) for one in heard.named] == [("phone", f"+{MEERA}", 5, 11)]


def test_cards_places_polls_invitations_payments_and_calls_say_what_they_hold():
    heard = told(
        *({"sender_jid_row_id": 1, "message_type": of_type} for of_type in (4, 5)),
        {"sender_jid_row_id": 1, "message_type": 66, "text_data": "when?"},
        *({"sender_jid_row_id": 1, "message_type": of_type} for of_type in (24, 0, 90)),
        message_vcard=[beside(2, vcard="FN:Ravi\nTEL:+447700900456")],
        message_location=[beside(3, latitude=9.96, longitude=76.24, place_name="Pier")],
        message_poll_option=[beside(4, option_name="noon", vote_total=2), beside(4, option_name="dusk", vote_total=0)],
        message_group_invite=[beside(5, group_jid_row_id=4, group_name="Nets", invite_code="AbC")],
        pay_transaction=[beside(6, id="T1", currency_code="INR", amount_1000=500_000, bank_transaction_id="412")],
        call_log=[
            {"_id": 1, "jid_row_id": 1, "timestamp": AT, "video_call": 1, "duration": 60, "call_result": 5},
            {"_id": 2, "jid_row_id": 1, "call_id": "C", "timestamp": AT, "from_me": 1, "group_jid_row_id": 0},
        ],
        message_call_log=[beside(7, call_log_row_id=1)],
    )
    assert [(one.kind, one.text) for one in heard.messages] == [
        ("contact", "FN:Ravi\nTEL:+447700900456"),
        ("location", "9.96, 76.24, Pier"),
        ("poll", "when?\n- noon (2)\n- dusk (0)"),
        ("text", "Nets https://chat.whatsapp.com/AbC"),
        ("payment", "INR 500.00, T1, 412"),
        ("call", "video call, 60 s, call_result 5"),
        ("call", "voice call, 0 s, call_result "),
    ]
    assert f"+{RAVI}" in {one.value for one in heard.named}


def test_a_type_that_nobody_knows_is_kept_as_its_number():
    heard = told({"sender_jid_row_id": 1, "message_type": 4711}, {"sender_jid_row_id": 1, "message_type": "odd"})
    assert [(one.kind, one.text) for one in heard.messages] == [
        ("withheld", "message_type 4711"),
        ("withheld", "message_type odd"),
    ]
    assert heard.reading.understood == 0


def test_members_are_listed_with_their_rank_and_those_who_left_with_when():
    heard = told(
        group_participant_user=[
            {"group_jid_row_id": 4, "user_jid_row_id": 1, "rank": 2, "add_timestamp": AT},
            {"group_jid_row_id": 4, "user_jid_row_id": 5, "rank": 0, "add_timestamp": AT // 1000, "join_method": 2},
            {"group_jid_row_id": 4, "user_jid_row_id": 2, "rank": 1, "pending": 1},
        ],
        group_past_participant_user=[
            {"group_jid_row_id": 4, "user_jid_row_id": 2, "is_leave": 0, "timestamp": AT},
            {"group_jid_row_id": 4, "user_jid_row_id": 2, "is_leave": 1, "timestamp": None},
        ],
    )
    at, listed = "2025-04-03T13:35:09", "msgstore group_participant_user, rank"
    names = {key: one.native for key, one in heard.accounts.items()}
    assert [(names[one.account_id], one.role, one.source, one.since, one.until) for one in heard.rosters] == [
        (f"+{ASHA}", "member", f"{listed} 2", at, ""),
        (f"+{ASHA}", "creator", f"{listed} 2", "", ""),
        (f"+{MEERA}", "member", f"{listed} 0, join_method 2", at, ""),
        (f"+{RAVI}", "member", "msgstore group_past_participant_user, is_leave 0", "", at),
    ]
    assert sum(doubt.count for doubt in heard.reading.doubtful) == 2


def test_rows_are_told_in_the_order_in_which_the_telephone_shows_them():
    heard = told(*({"sender_jid_row_id": 1, "text_data": str(at), "sort_id": at} for at in (30, 10, 20)))
    assert [one.text for one in heard.messages] == ["10", "20", "30"]


def test_texts_that_cannot_be_stored_are_shown_escaped():
    heard = told({"sender_jid_row_id": 1, "text_data": "a\0b"}, {"sender_jid_row_id": 1, "text_data": b"n\xe9t"})
    assert [one.text for one in heard.messages] == ["a␀b", "n\\xe9t"]


@pytest.mark.parametrize("name", ["msgstore.db.crypt14", "a/msgstore.db.crypt15"])
def test_an_encrypted_backup_is_refused_with_what_to_do(name):
    with pytest.raises(ChatError, match="decrypt it first"):
        hear(b"\x0a" * 200, "whatsapp-android", name=name)


def test_a_database_of_another_program_is_refused():
    with pytest.raises(ChatError, match="no messages of WhatsApp"):
        hear(made("CREATE TABLE boat (name TEXT)", {}), "whatsapp-android")


def test_an_iphones_database_of_another_name_is_told_apart():
    with pytest.raises(ChatError, match="call it ChatStorage"):
        hear(made("CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY)", {}), "whatsapp-android")


def test_it_is_read_the_same_in_the_sandbox(tmp_path):
    names = made(NAMES, {"wa_contacts": [{"jid": f"{ASHA}@s.whatsapp.net", "display_name": "Asha"}]})
    base = telephone(*({"sender_jid_row_id": 1, "text_data": f"boat {n}"} for n in range(300)))
    data, known = together(("msgstore.db", base), ("wa.db", names))
    (tmp_path / "source").write_bytes(data)
    with ChatReader() as reader, (tmp_path / "source").open("rb") as file:
        said = [one for one in reader.read(file, request(data, **known)) if isinstance(one, Batch)]
        assert reader.failure is None
    messages = [one for batch in said for one in batch.messages]
    assert messages == hear(data, "whatsapp-android", **known).messages
    assert io.BytesIO(data).read(6) == b"SQLite"
    assert {one.sender_name for one in messages} == {"Asha"}
