"""Payloads are hashed under a salt; their texts never meet the chain."""

from __future__ import annotations

import hashlib
import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kavalan.ledger import open_seal, seal

payloads = st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text() | st.lists(st.text(), max_size=3))


@given(payloads)
def test_digest_is_sha256_of_salt_and_text(payload):
    sealed = seal(payload)
    assert sealed.digest == hashlib.sha256(sealed.salt + sealed.text.encode()).digest()


@given(payloads)
def test_text_says_the_payload_whole(payload):
    assert json.loads(seal(payload).text) == payload


@given(payloads)
def test_order_of_the_names_does_not_change_the_text(payload):
    assert seal(dict(reversed(payload.items()))).text == seal(payload).text


def test_same_payload_twice_has_two_digests():
    assert seal({"reference": "E-1"}).digest != seal({"reference": "E-1"}).digest


@given(payloads)
def test_seal_opens_only_over_what_was_sealed(payload):
    sealed = seal(payload)
    assert open_seal(sealed)
    assert not open_seal(msgspec.structs.replace(sealed, text=sealed.text + " "))
    assert not open_seal(msgspec.structs.replace(sealed, salt=bytes(32)))
