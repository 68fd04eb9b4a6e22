"""The search for planted names finds them however they are written."""

import base64
import json
import unicodedata
from urllib.parse import quote_plus

import pytest

from .planted import WORDS, words_below, words_in

WRITERS = {
    "plain": str.encode,
    "capitals": lambda word: word.upper().encode(),
    "casefolded": lambda word: word.casefold().encode(),
    "taken apart": lambda word: unicodedata.normalize("NFD", word).encode(),
    "put together": lambda word: unicodedata.normalize("NFC", word).encode(),
    "UTF-16": lambda word: word.encode("utf-16"),
    "UTF-16, the other way": lambda word: word.encode("utf-16-be"),
    "in an address": lambda word: quote_plus(word).encode(),
    "JSON": lambda word: json.dumps({"x": word}).encode(),
    "JSON as it is": lambda word: json.dumps({"x": word}, ensure_ascii=False).encode(),
    "as Python prints it": lambda word: repr(word.encode()).encode(),
    "hexadecimal": lambda word: word.encode().hex().upper().encode(),
    "base64": lambda word: base64.b64encode(b"x " + word.encode() + b" y"),
    "base64 of UTF-16": lambda word: base64.b64encode(b"x" + word.encode("utf-16-le") + b"y"),
    "base64 for addresses": lambda word: base64.urlsafe_b64encode(b"xyz" + word.encode() + b"?"),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_every_word_is_found_however_it_is_written(writer):
    assert [word for word in WORDS if word not in words_in(b"\0 before " + WRITERS[writer](word) + b" after")] == []


def test_nothing_is_found_where_nothing_is(tmp_path):
    (tmp_path / "a").write_text("Child K-4821/2026, 2026-08-27, 0000055501")
    assert words_below(tmp_path) == {}


def test_name_of_a_file_counts(tmp_path):
    (tmp_path / "Zelphy.txt").touch()
    assert words_below(tmp_path) == {"Zelphy.txt": {"Zelphy"}}
