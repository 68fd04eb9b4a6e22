"""A JSON document to its values: nothing of what stands there is bent."""

import json

import pytest

from kavalan.tips import TipError
from kavalan.tips.formats.document import parsed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_told_apart(encoding):
    assert parsed('{"a": "വള്ളം"}'.encode(encoding)) == {"a": "വള്ളം"}


@pytest.mark.parametrize("number", ["1" * 5000, "1e999", "0.10000000000000000001", "NaN", "-Infinity", "-0"])
def test_a_number_is_the_text_that_stands_there(number):
    assert parsed(f"[{number}]".encode()) == [number]


def test_a_key_that_comes_twice_keeps_both_values():
    assert parsed(b'{"a": 1, "b": {"c": 2, "c": 3}, "a": null}') == {
        "a": "1",
        "b": {"c": "2", "c (2)": "3"},
        "a (2)": None,
    }


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b'{"a": 01}', b"\xff\xfe{", json.dumps("x").encode()[:-1]])
def test_what_is_no_json_is_refused_with_the_reason(data):
    with pytest.raises(TipError, match="no JSON"):
        parsed(data)
