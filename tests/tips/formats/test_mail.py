"""An e-mail as a tip."""

import hashlib
import io
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.tips import Passage
from kavalan.tips.formats.mail import read_mail


def message(**more):
    mail = EmailMessage()
    mail["From"] = "Asha Sender <sender@example.org>"
    mail["Subject"] = "വള്ളം"
    mail["Date"] = "Fri, 27 Feb 2026 14:30:00 +0530"
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content("seen at the harbour")
    for name, data in more.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def read(data):
    return read_mail(io.BytesIO(data))


def test_who_wrote_when_and_what():
    tip = read(message().as_bytes())
    assert (tip.number, tip.sender) == ("<1@example.org>", "Asha Sender <sender@example.org>")
    assert tip.received.utc == datetime(2026, 2, 27, 9, tzinfo=UTC)
    assert tip.passages == (Passage("Subject", "വള്ളം"), Passage("text/plain", "seen at the harbour"))


def test_an_attachment_has_the_digests_of_its_bytes():
    (file,) = read(message(boat=b"\x00\xffbytes").as_bytes()).files
    assert (file.name, file.sha256) == ("boat", hashlib.sha256(b"\x00\xffbytes").hexdigest())
    assert dict(file.said) == {"type": "application/octet-stream", "size": "7"}


def test_a_forwarded_message_is_a_file_and_stays_whole():
    outer = message()
    inner = message(boat=b"x")
    outer.add_attachment(inner)
    (file,) = read(outer.as_bytes()).files
    assert file.said[0] == ("type", "message/rfc822")
    assert file.sha256 == hashlib.sha256(inner.as_bytes()).hexdigest()


def test_of_a_page_the_words_remain_and_where_its_links_lead():
    mail = message()
    page = "<style>p{}</style><p>See <a href='https://example.org/x'>this</a></p><script>bad()</script>"
    mail.set_content(page, subtype="html")
    assert read(mail.as_bytes()).passages[-1] == Passage("text/html", "See  <https://example.org/x> this")


def test_a_date_without_a_zone_is_no_moment():
    tip = read(b"Date: Fri, 27 Feb 2026 14:30:00\n\nx")
    assert (tip.received.said, tip.received.utc) == ("Fri, 27 Feb 2026 14:30:00", None)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\xff", b"From: \xff\xfe\n\n", b"Date: 99 99 99\n\n", b"Content-Type: text/plain; charset=nope\n\nx"],
)
def test_a_broken_message_is_read_as_far_as_it_goes(data):
    assert read(data).form == "mail"


PIECES = [b"From:", b"Content-Type: multipart/mixed; boundary=b\n", b"--b", b"\n", b"\xff", b"=?utf-8?q?=", b": "]


@given(st.lists(st.sampled_from([*PIECES, b"Subject: a", b"message/rfc822", b"Date: "]), max_size=12).map(b"".join))
def test_whatever_comes_is_answered(data):
    assert read(data).form == "mail"


def test_headers_that_are_not_read_are_left_over():
    mail = message()
    mail["Received"] = "from a by b"
    mail["X-Originating-IP"] = "[192.0.2.1]"
    mail["X-Originating-IP"] = "[192.0.2.2]"
    left = [(one.where, one.value) for one in read(mail.as_bytes()).leftovers]
    assert ("Received", "from a by b") in left
    assert [value for name, value in left if name == "X-Originating-IP"] == ["[192.0.2.1]", "[192.0.2.2]"]


def test_a_header_that_comes_twice_is_left_over_the_second_time():
    tip = read(b"From: a@example.org\nFrom: b@example.org\n\nx")
    assert (tip.sender, [one.value for one in tip.leftovers]) == ("a@example.org", ["b@example.org"])
