"""Headers, as people and programs write them."""

from email import message_from_bytes

import pytest

from kavalan.chats.email.headers import addresses, header, ids, sent


def written(name, value):
    return message_from_bytes(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) + b"\n\n")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Asha <ASHA@example.org>", [("Asha", "asha@example.org")]),
        ("asha@example.org", [("", "asha@example.org")]),
        ("asha@example.org (Asha B)", [("Asha B", "asha@example.org")]),
        ('"Boats, and \\"nets\\"" <a@b.example>, r@b.c', [('Boats, and "nets"', "a@b.example"), ("", "r@b.c")]),
        ("Crew: a@b.example, Ravi <r@b.example>;", [("", "a@b.example"), ("Ravi", "r@b.example")]),
        ("=?utf-8?b?4LS14LSz4LWN4LSz4LSC?= <a@b.example>", [("വള്ളം", "a@b.example")]),
        ("", []),
        ("(" * 60_000, [("(" * 320, "")]),
    ],
)  # fmt: skip
def test_who_is_named(said, meant):
    assert addresses(written("To", said), "to") == meant


def test_words_of_any_encoding_are_read():
    assert header(written("Subject", "=?iso-8859-1?q?caf=E9?=\n =?utf-8?q?_boats?="), "Subject") == "café boats"
    assert header(written("Subject", "വള്ളം"), "Subject") == "വള്ളം"
    assert header(written("Subject", b"caf\xe9"), "Subject") == "caf\\xe9"
    assert header(written("Subject", "=?nothing?q?a?="), "Subject") == "=?nothing?q?a?="
    assert header(written("Subject", "x"), "To") == ""


def test_numbers_of_messages_are_read_without_their_brackets():
    assert ids(written("References", "<a@b>\n <c@d> junk <>"), "References") == ["a@b", "c@d"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Thu, 3 Apr 2025 19:05:09 +0530", "2025-04-03T19:05:09+05:30"),
        ("3 Apr 2025 19:05 GMT", "2025-04-03T19:05:00+00:00"),
        ("Thu, 3 Apr 2025 19:05:09 -0000", "2025-04-03T19:05:09"),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_when_it_was_sent(said, meant):
    at, written_as = sent(written("Date", said))
    assert (at.isoformat() if at else None, written_as) == (meant, said)
