"""What is mail, a mailbox or a late PDF, and what only looks like one."""

from __future__ import annotations

import pytest

from kavalan.sources.embedded.recognised import document_in


@pytest.mark.parametrize(
    "text",
    [
        b"From: the beginning\nThere was a hill.\nAnd a river.\n",
        b"Subject: hills\nGrade: 7\nTeacher: Kili\nRoom: 4\n",
        b"name: hills\nversion: 1\nfrom: here\nto: there\n",
        b"HTTP/1.1 200 OK\nContent-Type: text/plain\nDate: x\n\nhello",
        b"12\n00:01 --> 00:02\nHello\n",
        b"From here on it is 10:30\nand later\n",
    ],
)
def test_text_with_colons_is_no_mail(text):
    assert document_in(text, "text/plain") is None


@pytest.mark.parametrize(
    "first",
    [b"Return-Path: <a@example.invalid>", b"DKIM-Signature: v=1; a=rsa", b"Content-Type: text/plain", b"X-Mozilla: 1"],
)
def test_mail_is_mail_whatever_stands_first(first):
    assert (
        document_in(first + b"\r\nFrom: a\r\nDate: b\r\nMessage-ID: <c>\r\n\r\n\xff\0", "application/octet-stream")
        == "mail"
    )


def test_pdf_may_begin_behind_something_else():
    assert document_in(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "text/plain") == "pdf"
    assert document_in(b"a text about %PDF-1.4, a header", "text/plain") is None
    assert document_in(b"%PDF-1.4\n", "image/jpeg") is None
