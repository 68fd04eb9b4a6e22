"""An iPhone's database: who, where, what, and what is not sure."""

import base64
import hashlib

import pytest

from kavalan.chats import ChatError, ChatReader
from kavalan.chats.candidates import Candidate, Found
from kavalan.chats.forms import recognised
from kavalan.chats.model import Batch
from tests.chats.heard import hear
from tests.chats.whatsapp.android.made import ASHA, AT, GROUP, HASH, MEERA, RAVI, made, request, telephone, together
from tests.chats.whatsapp.ios.made import BOOK, SINCE_2001, field, iphone, jid


def told(*messages, **more):
    return hear(iphone(*messages, **more), "whatsapp-ios")


def _sha1(text):
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def of(number, **more):
    return {"ZMESSAGE": number, **more}


def test_messages_are_told_with_author_chat_and_moment():
    heard = told(
        {"ZGROUPMEMBER": 2, "ZFROMJID": f"{GROUP}@g.us", "ZTEXT": "the boats go out"},
        {"ZISFROMME": 1, "ZTEXT": "ok"},
        {"ZCHATSESSION": 2, "ZFROMJID": jid(ASHA), "ZTEXT": "hi"},
    )
    assert heard.said == [(f"+{RAVI}", "the boats go out"), ("You", "ok"), ("Asha Boats", "hi")]
    one = heard.messages[0]
    assert (one.native, one.time_utc, one.time_local, one.time_certainty) == (
        f"{GROUP}@g.us/K1",
        AT,
        "2025-04-03T13:35:09",
        "exact",
    )
    assert [(chat.title, chat.kind) for chat in heard.conversations.values()] == [
        ("Boats", "group"),
        ("Asha Boats", "direct"),
    ]
    assert heard.reading.understood == 3


def test_the_same_group_is_the_same_chat_whichever_telephone_it_was_on():
    iphones = set(told({"ZTEXT": "x"}).conversations)
    assert len(iphones & set(hear(telephone({"text_data": "x"}), "whatsapp-android").conversations)) == 1


def test_numbers_that_hide_telephones_are_those_where_a_book_or_a_chat_has_both():
    contacts = [
        {"ZFULLNAME": "Ravi Nets", "ZWHATSAPPID": jid(RAVI), "ZLID": "88002@lid"},
        {"ZFULLNAME": "Asha", "ZPHONENUMBER": f"+{ASHA[:2]} {ASHA[2:]}"},
    ]
    chats = [
        {"Z_PK": 1, "ZCONTACTJID": f"{GROUP}@g.us", "ZPARTNERNAME": "Boats"},
        {"Z_PK": 3, "ZCONTACTJID": "88003@lid", "ZCONTACTIDENTIFIER": jid(MEERA), "ZPARTNERNAME": "Meera"},
    ]
    hidden = [{"Z_PK": n, "ZCHATSESSION": 1, "ZMEMBERJID": f"8800{n}@lid"} for n in (2, 3, 4)]
    base = iphone(*({"ZGROUPMEMBER": n, "ZTEXT": "x"} for n in (2, 3, 4)), ZWAGROUPMEMBER=hidden, ZWACHATSESSION=chats)
    data, known = together(
        ("ChatStorage.sqlite", base), ("ContactsV2.sqlite", made(BOOK, {"ZWAADDRESSBOOKCONTACT": contacts}))
    )
    heard = hear(data, "whatsapp-ios", **known)
    assert [(heard.accounts[one.sender_id].native, one.sender_name) for one in heard.messages] == [
        (f"+{RAVI}", "Ravi Nets"),
        (f"+{MEERA}", "+" + MEERA),
        ("88004@lid", "88004@lid"),
    ]
    assert not any("ContactsV2" in warning for warning in heard.reading.warnings)


def test_names_that_people_chose_are_marked_and_whose_telephone_it_is_is_who_got_messages():
    heard = told(
        {"ZGROUPMEMBER": 2, "ZTEXT": "x", "ZTOJID": jid(MEERA)},
        {"ZISFROMME": 1, "ZTEXT": "y"},
        ZWAPROFILEPUSHNAME=[{"ZJID": jid(RAVI), "ZPUSHNAME": "ravi"}],
    )
    assert [one.sender_name for one in heard.messages] == ["~ravi", "You"]
    assert heard.accounts[heard.messages[1].sender_id].native == f"+{MEERA}"


def test_chats_are_told_one_after_another_as_the_telephone_orders_them():
    heard = told(
        {"ZTEXT": "b", "ZSORT": 2},
        {"ZTEXT": "d", "ZSORT": 1, "ZCHATSESSION": 2},
        {"ZTEXT": "a", "ZSORT": 1},
        {"ZTEXT": "c", "ZSORT": 3},
    )
    assert [one.text for one in heard.messages] == ["a", "b", "c", "d"]


def test_files_places_and_cards_are_what_their_row_says():
    heard = told(
        *({"ZGROUPMEMBER": 1, "ZMESSAGETYPE": of_type} for of_type in (1, 8, 5, 4, 38)),
        ZWAMEDIAITEM=[
            of(1, ZMEDIALOCALPATH="Media/a/b.jpg", ZVCARDNAME=HASH, ZVCARDSTRING="image/jpeg", ZLATITUDE=452.0),
            of(2, ZTITLE="list.pdf", ZVCARDNAME=HASH, ZMEDIAURL="https://example.org/x"),
            of(3, ZLATITUDE=9.5, ZLONGITUDE=76.25),
            of(4, ZVCARDNAME="Ravi", ZVCARDSTRING="FN:Ravi\nTEL:+447700900456"),
            of(5, ZVCARDNAME="no digest"),
        ],
    )
    digest = base64.b64decode(HASH).hex()
    assert [(one.kind, one.text, one.media_name, one.media_note, one.media_sha256) for one in heard.messages] == [
        ("media", "", "Media/a/b.jpg", "", digest),
        ("media", "list.pdf", "", "listed, no file on the telephone", digest),
        ("location", "9.5, 76.25", "", "", ""),
        ("contact", "FN:Ravi\nTEL:+447700900456", "", "", ""),
        ("media", "", "", "seen once", ""),
    ]
    assert [doubt.places for doubt in heard.reading.doubtful] == [[5]]


def test_what_a_message_says_of_itself_is_how_often_it_was_sent_on_and_what_it_answers():
    answer = field(5, "K1") + field(6, jid(ASHA)) + field(19, field(1, "sell it"))
    lost = field(5, "GONE") + field(6, jid(ASHA)) + field(19, field(1, "at the pier"))
    heard = told(
        {"ZGROUPMEMBER": 1, "ZMESSAGETYPE": 14},
        {"ZGROUPMEMBER": 2, "ZTEXT": "why?"},
        {"ZGROUPMEMBER": 2, "ZTEXT": "where?"},
        {"ZGROUPMEMBER": 2, "ZTEXT": "and?", "ZPARENTMESSAGE": 3},
        ZWAMEDIAITEM=[of(2, ZMETADATA=answer + field(17, 4)), of(3, ZMETADATA=lost)],
    )
    assert [(one.sender_name, one.text, one.reply_to.rpartition("/")[2], one.flags) for one in heard.messages] == [
        ("Asha Boats", "sell it", "", "recovered"),
        (f"+{RAVI}", "why?", "K1", ""),
        (f"+{RAVI}", "where?", "GONE", ""),
        (f"+{RAVI}", "and?", "K3", ""),
        ("Asha Boats", "at the pier", "", "recovered"),
    ]
    assert [one.forwards for one in heard.messages] == [0, 4, 0, 0, 0]
    assert heard.messages[-1].time_certainty == "unknown"


def test_lines_of_its_own_keep_their_number_and_whom_they_concern():
    heard = told(
        {"ZMESSAGETYPE": 6, "ZGROUPEVENTTYPE": 12, "ZGROUPMEMBER": 2},
        ZWAGROUPMEMBERSCHANGE=[
            {
                "ZCHANGETYPE": 2,
                "ZCHANGEDATE": SINCE_2001,
                "ZGROUPJID": f"{GROUP}@g.us",
                "ZMEMBERJIDS": f"{jid(RAVI)},{jid(MEERA)}",
            }
        ],
    )
    assert [(one.act, one.actor, one.targets, one.source) for one in heard.events] == [
        ("other", "", (f"+{RAVI}",), "whatsapp/ios/ZGROUPEVENTTYPE 12"),
        ("other", "", (f"+{RAVI}", f"+{MEERA}"), "whatsapp/ios/ZWAGROUPMEMBERSCHANGE, ZCHANGETYPE 2"),
    ]
    assert [(one.kind, one.text) for one in heard.messages] == [
        ("system", "ZGROUPEVENTTYPE 12"),
        ("system", "ZCHANGETYPE 2"),
    ]
    assert heard.reading.understood == 0


def test_members_administrators_and_who_was_one_are_listed():
    members = [
        {"Z_PK": 1, "ZCHATSESSION": 1, "ZMEMBERJID": jid(ASHA), "ZISACTIVE": 1, "ZISADMIN": 1},
        {"Z_PK": 2, "ZCHATSESSION": 1, "ZMEMBERJID": jid(RAVI), "ZISACTIVE": 0, "ZISADMIN": 0},
        {"Z_PK": 3, "ZCHATSESSION": 1, "ZMEMBERJID": None, "ZISACTIVE": 1, "ZISADMIN": 0},
    ]
    info = [{"ZCHATSESSION": 1, "ZCREATIONDATE": SINCE_2001, "ZCREATORJID": jid(ASHA)}]
    heard = told({"ZTEXT": "x"}, ZWAGROUPMEMBER=members, ZWAGROUPINFO=info)
    assert [(heard.accounts[one.account_id].native, one.role) for one in heard.rosters] == [
        (f"+{ASHA}", "member"),
        (f"+{ASHA}", "admin"),
        (f"+{ASHA}", "creator"),
        (f"+{RAVI}", "former"),
    ]
    assert heard.rosters[3].source == "ChatStorage ZWAGROUPMEMBER, ZISACTIVE 0, ZISADMIN 0"
    note = next(iter(heard.conversations.values())).note
    assert note == f"ZWAGROUPINFO.ZCREATORJID {jid(ASHA)}; made on 2025-04-03T13:35:09"
    assert [doubt.places for doubt in heard.reading.doubtful] == [[3]]


def test_payments_are_told_where_they_were_made():
    row = {"ZAMOUNT_1000": 500_000, "ZCURRENCY": "INR", "ZSENDERJID": jid(RAVI), "ZRECEIVERJID": jid(MEERA)}
    more = {"ZTIMESTAMP": SINCE_2001, "ZTRANSACTIONID": "T1", "ZGROUPJID": f"{GROUP}@g.us", "ZMESSAGESTANZAID": "K1"}
    one = told({"ZTEXT": "x"}, ZWAZ1PAYMENTTRANSACTION=[{**row, **more}]).messages[1]
    assert (one.kind, one.sender_name, one.text) == ("payment", f"+{RAVI}", f"INR 500.00, to +{MEERA}, T1")
    assert one.reply_to == f"{GROUP}@g.us/K1"


def test_what_is_not_copied_is_counted():
    heard = told({"ZTEXT": "x"}, ZWAMESSAGEINFO=[{"ZMESSAGE": 1, "ZRECEIPTINFO": b"\x0a"}])
    assert "in the database, and not copied: receipts and reactions of 1 messages" in heard.reading.warnings


def test_a_database_of_another_program_is_refused():
    with pytest.raises(ChatError, match="no messages of WhatsApp"):
        hear(made("CREATE TABLE boat (name TEXT)", {}), "whatsapp-ios")


def test_a_database_is_known_by_its_name_and_takes_its_log_and_the_address_book_of_its_folder():
    head = b"SQLite format 3\0"
    names = ("a/ChatStorage.sqlite", "a/ChatStorage.sqlite-wal", "a/ContactsV2.sqlite", "ContactsV2.sqlite")
    files = [Candidate(name, 16, head) for name in names]
    assert recognised(files) == [Found("whatsapp-ios", names[:3])]


@pytest.mark.parametrize("folders", [("7c/", "b8/"), ("", "")])
def test_a_database_is_known_in_a_backup_by_the_digest_of_its_path(folders):
    names = [f"WhatsApp.shared-{name}" for name in ("ChatStorage.sqlite", "ContactsV2.sqlite")]
    digests = [_sha1(f"AppDomainGroup-group.net.whatsapp.{name}") for name in names]
    paths = tuple(f"backup/{folder}{name}" for folder, name in zip(folders, digests, strict=True))
    files = [Candidate(path, 16, b"SQLite format 3\0") for path in paths]
    assert recognised(files) == [Found("whatsapp-ios", paths)]


def test_it_is_read_the_same_in_the_sandbox(tmp_path):
    data = iphone(*({"ZGROUPMEMBER": 1 + n % 3, "ZTEXT": f"boat {n}"} for n in range(200)))
    (tmp_path / "source").write_bytes(data)
    with ChatReader() as reader, (tmp_path / "source").open("rb") as file:
        said = [one for one in reader.read(file, request(data, "whatsapp-ios")) if isinstance(one, Batch)]
        assert reader.failure is None
    assert [one for batch in said for one in batch.messages] == hear(data, "whatsapp-ios").messages
