"""Base58, beside a decoder that the test writes down itself."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from kavalan.identifiers.coins.base58 import decode_blocks, decode_checked

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LETTERS = {1: 2, 2: 3, 3: 5, 4: 6, 5: 7, 6: 9, 7: 10, 8: 11}


def encoded(data, width=0):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return text.rjust(width, "1")


def checked(payload):
    data = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + encoded(data)


def blocks(data):
    cut = [data[start : start + 8] for start in range(0, len(data), 8)]
    return "".join(encoded(block, LETTERS[len(block)]) for block in cut)


@given(st.binary(min_size=1, max_size=40))
def test_what_was_encoded_with_its_check_is_read(payload):
    assert decode_checked(checked(payload)) == payload


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_changed_letter_fails_the_check(payload, data):
    text = checked(payload)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET.replace(text[place], "")))
    assert decode_checked(text[:place] + other + text[place + 1 :]) is None


@given(st.binary(min_size=1, max_size=80))
def test_blocks_are_read_as_they_were_written(data):
    assert decode_blocks(blocks(data)) == data


def test_what_is_no_base58_is_none():
    assert decode_checked("0OIl") is None
    assert decode_blocks("1") is None
    assert decode_blocks("zzzzzzzzzzz") is None
