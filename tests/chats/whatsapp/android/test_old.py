"""A telephone's database as it was until about 2022."""

from tests.chats.heard import hear
from tests.chats.whatsapp.android.made import ASHA, AT, GROUP, HASH, NEW, OLD, RAVI, made

IN_GROUP = f"{ASHA}-1600000000@g.us"


def told(*messages, schema=OLD, **more):
    rows = [
        {
            "_id": n,
            "key_remote_jid": IN_GROUP,
            "key_from_me": 0,
            "key_id": f"K{n}",
            "status": 0,
            "timestamp": AT,
            "media_wa_type": "0",
            "remote_resource": f"{ASHA}@s.whatsapp.net",
            **one,
        }
        for n, one in enumerate(messages, 2)
    ]
    dummy = {"_id": 1, "key_remote_jid": "-1", "key_id": "-1", "media_wa_type": "0"}
    chats = [{"key_remote_jid": IN_GROUP, "subject": "Boats"}]
    return hear(made(schema, {"messages": [dummy, *rows], "chat_list": chats, **more}), "whatsapp-android")


def test_messages_are_told_with_author_chat_and_moment():
    heard = told({"data": "the boats go out"}, {"data": "ok", "key_from_me": 1, "remote_resource": None})
    assert heard.said == [(f"+{ASHA}", "the boats go out"), ("You", "ok")]
    one = heard.messages[0]
    assert (one.native, one.time_utc, one.time_certainty) == (f"{IN_GROUP}/K2", AT, "exact")
    assert heard.conversations[one.conversation_id].title == "Boats"
    assert heard.reading.form == "WhatsApp, database of Android until 2022"


def test_in_a_chat_of_two_who_is_not_named_is_the_other():
    heard = told({"data": "x", "key_remote_jid": f"{RAVI}@s.whatsapp.net", "remote_resource": None})
    assert heard.messages[0].sender_name == f"+{RAVI}"


def test_files_and_places_are_what_the_row_says():
    path = b"/storage/WhatsApp/Media/WhatsApp Images/a.jpg"
    held = b"\xac\xed\0\x05sr\0\x0cjava.io.Filet" + len(path).to_bytes(2) + path + b"w\2\0/x"
    heard = told(
        {"media_wa_type": "1", "media_hash": HASH, "media_caption": "nets", "thumb_image": held, "forwarded": 3},
        {"media_wa_type": "9", "media_name": "list.pdf"},
        {"media_wa_type": "5", "latitude": 9.5, "longitude": 76.25, "media_name": "Pier"},
        {"media_wa_type": "4", "data": "FN:Ravi"},
    )
    assert [(one.kind, one.text, one.media_name, one.forwards) for one in heard.messages] == [
        ("media", "nets", "Media/WhatsApp Images/a.jpg", 3),
        ("media", "", "list.pdf", 0),
        ("location", "9.5, 76.25, Pier", "", 0),
        ("contact", "FN:Ravi", "", 0),
    ]
    assert len(heard.messages[0].media_sha256) == 64


def test_a_line_of_its_own_has_its_number_in_the_size_and_whom_in_an_object():
    held = b"\xac\xed\0\x05t\0\x1b" + f"{RAVI}@s.whatsapp.net".encode()
    heard = told({"status": 6, "media_size": 12, "thumb_image": held}, {"status": 6, "media_size": 1, "data": "Nets"})
    assert [(one.act, one.actor, one.targets, one.value, one.source) for one in heard.events] == [
        ("added", f"+{ASHA}", (f"+{RAVI}",), "", "whatsapp/android/status 6, media_size 12"),
        ("renamed", f"+{ASHA}", (), "Nets", "whatsapp/android/status 6, media_size 1"),
    ]
    assert [one.text for one in heard.messages] == ["media_size 12", "Nets"]


def test_members_and_administrators_are_listed_and_the_telephone_has_no_address_there():
    rows = [{"gjid": IN_GROUP, "jid": jid, "admin": admin} for jid, admin in (("", 1), (f"{RAVI}@s.whatsapp.net", 0))]
    heard = told({"data": "x"}, group_participants=rows)
    assert [(heard.accounts[one.account_id].name, one.role, one.source) for one in heard.rosters] == [
        ("You", "admin", "msgstore group_participants, admin 1"),
        (f"+{RAVI}", "member", "msgstore group_participants, admin 0"),
    ]


def test_texts_of_deleted_messages_stand_in_their_quotes():
    quote = {"key_remote_jid": IN_GROUP, "key_from_me": 0, "remote_resource": f"{RAVI}@s.whatsapp.net", "timestamp": AT}
    heard = told(
        {"media_wa_type": "15", "remote_resource": f"{RAVI}@s.whatsapp.net"},
        {"data": "why?", "quoted_row_id": 1},
        {"data": "where?", "quoted_row_id": 2},
        messages_quotes=[
            {"_id": 1, **quote, "key_id": "K2", "data": "sell it"},
            {"_id": 2, **quote, "key_id": "GONE", "data": "at the pier"},
        ],
    )
    assert [(one.sender_name, one.text, one.flags) for one in heard.messages] == [
        (f"+{RAVI}", "sell it", "recovered"),
        (f"+{ASHA}", "why?", ""),
        (f"+{RAVI}", "at the pier", "recovered"),
        (f"+{ASHA}", "where?", ""),
    ]
    assert [one.reply_to.rpartition("/")[2] for one in heard.messages] == ["", "K2", "", "GONE"]


def test_a_database_is_read_where_all_its_messages_are_and_what_the_other_table_has_is_told():
    jid = [{"_id": 1, "user": GROUP, "server": "g.us", "raw_string": f"{GROUP}@g.us"}]
    chat = [{"_id": 1, "jid_row_id": 1}]

    def read(old, new):
        rows = [{"_id": n, "key_remote_jid": IN_GROUP, "key_id": f"K{n}", "data": "old"} for n in old]
        more = [{"_id": n, "chat_row_id": 1, "key_id": f"K{n}", "text_data": "new", "message_type": 0} for n in new]
        return hear(made(NEW + OLD, {"messages": rows, "message": more, "jid": jid, "chat": chat}), "whatsapp-android")

    assert [one.text for one in read([2, 3, 4], [2, 3]).messages] == ["old", "old", "old"]
    heard = read([2, 3], [3, 4])
    assert [one.text for one in heard.messages] == ["new", "new"]
    assert [(doubt.reason.split()[0], doubt.places) for doubt in heard.reading.unreadable] == [("1", [2])]
    assert not read([2, 3], [2, 3, 4]).reading.unreadable
