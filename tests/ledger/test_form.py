"""The one form of an entry's text."""

from __future__ import annotations

import pytest
from hypothesis import given

from kavalan.ledger import canonical_text
from kavalan.ledger.form import ENTRY, number_in, why_malformed

from .test_entry import entries, entry


@given(entries)
def test_every_canonical_text_is_of_the_form(written):
    found = ENTRY.fullmatch(canonical_text(written))
    assert int(found["number"]) == written.number
    assert found["previous"].decode() == f'"{written.previous.hex()}"'
    assert found["verb"].decode() == f'"{written.verb}"'


@pytest.mark.parametrize(("text", "number"), [(b"", None), (b'{"number":12,"x', 12), (b'{"number":012,', None)])
def test_number_is_read_where_there_is_one(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff", "its fields cannot be read"),
        (b"[" * 100_000, "its fields cannot be read"),
        (b"[]", "it has not the fields of an entry"),
        (b"{}", "it has not the fields of an entry"),
        (canonical_text(entry()) + b" ", "it is written in another way"),
        (canonical_text(entry()).replace(b"exhibit.register", b"Alice did it"), "verb is not of its form"),
        (canonical_text(entry()).replace(b"2026-03", b"2026-13"), "at is not of its form"),
        (canonical_text(entry()).replace(b'"exhibit"', b"7"), "subject kind is not of its form"),
    ],
)
def test_what_is_not_of_the_form_is_said(text, why):
    assert why_malformed(text) == why
