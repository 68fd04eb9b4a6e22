"""Which files are mail."""

from kavalan.chats.candidates import Candidate
from kavalan.chats.email.recognise import mail

BOX = b"From a@b Thu Apr  3 19:05:09 2025\nTo: b\n\nhi"
ONE = b"Return-Path: <a>\nReceived: by x\n\tfor y\nFrom: a\n\nhi"


def found(*candidates):
    return [one.names for one in mail(candidates)]


def test_a_mailbox_is_known_by_its_first_line_and_messages_of_a_folder_are_one_source():
    assert found(
        Candidate("Inbox", 9, BOX),
        Candidate("a/2.eml", 9, ONE),
        Candidate("a/1.eml", 9, ONE),
        Candidate("b/1.EML", 9, ONE),
    ) == [("Inbox",), ("a/1.eml", "a/2.eml"), ("b/1.EML",)]


def test_a_file_that_is_named_alone_needs_headers():
    assert found(Candidate("saved", 9, ONE, named=True)) == [("saved",)]
    assert found(Candidate("saved", 9, ONE), Candidate("a.txt", 9, b"13/03/2025, 10:00 - Asha: hi", named=True)) == []
