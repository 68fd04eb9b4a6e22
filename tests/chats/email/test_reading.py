"""Mail: threads as conversations, files with their digests, hostile messages."""

import hashlib
import io
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import Batch, ChatError, Piece, Request
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.email.made import alone, joined, mail
from tests.chats.heard import hear, largest


def told(*mails, **known):
    return hear(joined(*mails), "email", **known)


def test_every_message_is_read_at_its_place():
    heard = told(*(mail(n, text=f"say {n} നാളെ", subject=f"S{n}") for n in range(20)), zone="Asia/Kolkata")
    assert [(one.sender_name, one.text, one.time_local) for one in heard.messages] == [
        ("Asha", f"S{n}\n\nsay {n} നാളെ", f"2025-04-03T19:{n:02}:09") for n in range(20)
    ]
    for number, one in enumerate(heard.messages):
        part = heard.data[one.offset : one.offset + one.length]
        assert part.startswith(b"From asha")
        assert f"<m{number}@example.org>".encode() in part
    assert (heard.messages[0].time_utc, heard.messages[0].time_certainty) == (1743687009000, "exact")
    assert heard.reading.understood == 20


def test_messages_that_lead_back_to_one_are_one_conversation():
    answer = {"In-Reply-To": "<m1@example.org>", "References": "<m1@example.org>"}
    late = {"In-Reply-To": "<m2@example.org>", "References": None}
    heard = told(
        mail(1),
        mail(2, "ravi@example.org", subject="Re: Boats", headers=answer),
        mail(3, headers=late),
        mail(4, subject="Nets"),
    )
    assert [heard.conversations[one.conversation_id].title for one in heard.messages] == ["Boats"] * 3 + ["Nets"]
    assert [one.reply_to for one in heard.messages] == ["", "m1@example.org", "m2@example.org", ""]
    assert [one.native for one in heard.messages][:2] == ["m1@example.org", "m2@example.org"]


def test_who_is_written_to_is_in_the_thread_and_an_account_is_its_address():
    heard = told(mail(1, headers={"Cc": "Meera <MEERA@example.org>, ravi@example.org"}))
    assert sorted((heard.accounts[one.account_id].native, one.source) for one in heard.rosters) == [
        ("meera@example.org", "e-mail, Cc"),
        ("ravi@example.org", "e-mail, To"),
    ]


def test_each_file_is_a_row_with_its_digest():
    heard = told(mail(1, files={"a.jpg": b"one", "../b.jpg": b"two"}))
    assert [(one.native, one.media_name, one.media_note, one.media_sha256) for one in heard.messages] == [
        ("m1@example.org", "a.jpg", "within the message", hashlib.sha256(b"one").hexdigest()),
        ("m1@example.org/2", "b.jpg", "within the message", hashlib.sha256(b"two").hexdigest()),
    ]


def test_of_a_page_beside_a_text_only_the_links_are_told():
    both = mail(1, text="see our page")
    both.add_alternative('<p>see <a href="https://t.me/+abcdefghijklmnopqr">our page</a></p>', subtype="html")
    only = mail(2)
    only.set_content("<p>see</p><p>boats</p>", subtype="html")
    heard = told(both, only)
    assert [one.text for one in heard.messages] == ["Boats\n\nsee our page", "Boats\n\nsee\nboats"]
    assert [(one.seq, one.kind, one.value) for one in heard.named] == [(0, "invite", "abcdefghijklmnopqr")]


def test_a_page_that_no_text_repeats_is_read_whatever_else_stands_there():
    footer = mail(1, text="sent by the crew's list")
    footer.make_mixed()
    page = EmailMessage()
    page.set_content("<p>see the boats</p>", subtype="html")
    footer.attach(page)
    blank = mail(2, text=" ")
    blank.add_alternative("<p>see the nets</p>", subtype="html")
    assert [one.text for one in told(footer, blank).messages] == [
        "Boats\n\nsent by the crew's list\n\nsee the boats",
        "Boats\n\nsee the nets",
    ]


def test_a_text_with_the_name_of_a_file_is_a_file():
    one = mail(1)
    one.add_attachment("a,b", filename="list.csv", subtype="csv", disposition="inline")
    (said,) = told(one).messages
    assert (said.text, said.media_name) == ("Boats\n\nthe boats go out", "list.csv")


def test_a_message_within_a_message_is_read_with_it():
    outer = mail(1, text="see below")
    outer.add_attachment(mail(2, "Meera <meera@example.org>", text="the nets are torn", subject="Nets"))
    (one,) = told(outer).messages
    assert one.text.startswith("Boats\n\nsee below\n\nFrom: Meera <meera@example.org>\n")
    assert one.text.endswith("Subject: Nets\n\nthe nets are torn")
    assert (one.media_name, one.media_note) == ("message.eml", "a message within, read with it")


def test_single_messages_of_a_folder_are_one_source():
    files = [alone(mail(n)) for n in range(3)]
    offsets = [sum(map(len, files[:n])) for n in range(3)]
    pieces = tuple(Piece(f"{n}.eml", offsets[n], len(files[n])) for n in range(3))
    said = list(read(io.BytesIO(b"".join(files)), Request("email", "0" * 64, pieces=pieces)))
    messages = [message for one in said if isinstance(one, Batch) for message in one.messages]
    assert [(one.offset, one.length, one.text) for one in messages] == [
        (offsets[n], len(files[n]), "Boats\n\nthe boats go out") for n in range(3)
    ]


def test_bytes_of_no_encoding_are_shown_and_flagged():
    (one,) = hear(b"From: a@b.example\nDate: Thu, 3 Apr 2025 19:05:09 +0530\n\ncaf\xe9", "email").messages
    assert (one.text, one.flags) == ("caf\\xe9", "undecodable")


@pytest.mark.parametrize(
    ("charset", "meant"),
    [
        ("windows-1252", "caf\xe9"),
        ("koi8-r", "cafИ"),
        ("nothing", "caf\\xe9"),
        ("punycode", "caf\\xe9"),
        ("rot13", "caf\\xe9"),
    ],
)
def test_a_text_is_of_the_encoding_that_it_names_where_there_is_one(charset, meant):
    head = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n".encode()
    (one,) = hear(head + b"caf\xe9", "email").messages
    assert one.text == meant


def test_a_message_without_a_date_is_doubtful_and_one_without_a_number_has_its_place():
    undated = joined(mail(1, headers={"Message-ID": None, "Date": None})).replace(b"To: ", b"Date: tomorrow\nTo: ")
    heard = hear(undated + joined(mail(2)), "email")
    assert (heard.messages[0].time_certainty, heard.messages[0].time_text) == ("unknown", "tomorrow")
    assert heard.messages[0].native == ""
    assert heard.reading.understood == 1


@pytest.mark.parametrize("data", [b"", b"nothing\n", b"\n\n", b"\xff" * 100])
def test_what_is_no_mail_is_refused(data):
    with pytest.raises(ChatError, match="no mail"):
        hear(data, "email")


def test_headers_without_end_fit_their_frames():
    long = ("വ" * 20_000).encode()
    names = (b"From", b"To", b"Cc", b"Subject", b"Date", b"Message-ID", b"In-Reply-To")
    head = b"".join(b"%b: %b <%b@example.org>\n" % (name, long, long) for name in names)
    file = b'\n--x\nContent-Disposition: attachment; filename="%b"\n\na' % long
    whole = b"%bContent-Type: multipart/mixed; boundary=x\n%b\n--x--\n" % (head, file * 50)
    assert largest(whole, "email") < STREAM_RECORD_BYTES


def test_parts_within_parts_without_end_cost_their_message_alone():
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500))
    heard = hear(b"From a Thu Apr  3 19:05:09 2025\nSubject: deep\n" + nested + b"\n\n" + joined(mail(1)), "email")
    assert [one.text for one in heard.messages] == ["deep", "Boats\n\nthe boats go out"]
    assert heard.messages[0].flags == "cut"


LINES = [
    b"From: a@b",
    b"Content-Type: multipart/mixed; boundary=x",
    b"Content-Type: text/html; charset=utf-7",
    b"Content-Type: message/rfc822",
    b"Content-Transfer-Encoding: base64",
    b"Content-Disposition: attachment; filename*=x''%ff",
    b"--x",
    b"--x--",
    b"",
    b"=?utf-8?b?=?=",
    b"\xff\x00",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_no_message_is_too_broken(lines):
    heard = hear(b"Subject: x\n" + b"\n".join(lines) + b"\n\n" + joined(mail(1)), "email")
    assert heard.messages[-1].text.endswith("the boats go out")
