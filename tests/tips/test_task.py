"""Damaged files of every form: read as far as they go, or refused with the reason; never anything else."""

import io
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.tips import TipError
from kavalan.tips.request import Request
from kavalan.tips.task import read
from tests.tips.formats.test_cybertipline import FILE, PERSON, referral
from tests.tips.formats.test_mail import message
from tests.tips.formats.test_table import COLUMNS, HEADER, ROW

DOCUMENT = json.dumps(
    referral(reportedPeople={"reportedPersons": [PERSON]}, uploadedFiles={"uploadedFiles": [FILE]})
).encode()
TABLE = (HEADER + 3 * ROW + 'N-2,"a ""quoted"" one\nin two lines",=1+1,,,,,,,\n').encode()
MAIL = message(boat=b"\x00\xffbytes").as_bytes()
WHOLE = {"cybertipline": DOCUMENT, "table": TABLE, "mail": MAIL}


def read_all(data, form):
    """The tips that were read before whatever ended it; each can be stored."""
    tips = []
    try:
        for tip in read(io.BytesIO(data), Request(form, COLUMNS if form == "table" else None)):
            assert "\0" not in json.dumps(json.loads(msgspec.json.encode(tip)), ensure_ascii=False)
            tips.append(tip)
    except TipError as error:
        return tips, str(error)
    return tips, ""


def damaged(whole):
    """A cut, some bytes replaced, some pieces put in that parsers stumble over."""
    odd = [
        b"\0",
        b'"',
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\\ud800",
        b"\n",
        b"[" * 50,
        b"9" * 5000,
        b"=?",
        b"--",
        b"{}",
        b",,",
    ]
    place = st.integers(0, len(whole))
    return st.builds(
        lambda changes, end: _changed(whole, changes)[:end] if end is not None else _changed(whole, changes),
        st.lists(st.tuples(place, st.sampled_from(odd) | st.binary(max_size=3), st.integers(0, 4)), max_size=4),
        st.none() | place,
    )


def _changed(whole, changes):
    for at, piece, over in changes:
        whole = whole[:at] + piece + whole[at + over :]
    return whole


@pytest.mark.parametrize("form", WHOLE)
def test_a_whole_one_is_read(form):
    assert read_all(WHOLE[form], form)[1] == ""


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(WHOLE)).flatmap(lambda form: st.tuples(st.just(form), damaged(WHOLE[form]))))
def test_a_damaged_one_is_read_or_refused_with_the_reason(case):
    form, data = case
    tips, why = read_all(data, form)
    assert tips or why or form == "table"


ODD_TEXTS = ["\ud800", "\0", "9999-12-31T23:59:59-14:00"]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just("\ud800")
    | st.just("9999-12-31T23:59:59-14:00"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=4,
)


def everywhere(value, replacement, place):
    """A document with what stands at a place, counted through, replaced."""
    count = iter(range(10_000))

    def walk(one):
        if next(count) == place:
            return replacement
        if isinstance(one, dict):
            return {key: walk(each) for key, each in one.items()}
        return [walk(each) for each in one] if isinstance(one, list) else one

    return walk(value)


@settings(max_examples=120, deadline=None)
@given(st.integers(1, 90), VALUES)
def test_anything_may_stand_anywhere_in_a_referral(place, value):
    document = json.dumps(everywhere(json.loads(DOCUMENT), value, place)).encode()
    tips, why = read_all(document, "cybertipline")
    assert tips or "no `reportId`" in why


def test_a_referral_nested_as_deep_as_json_goes_is_kept_in_one_piece():
    deep = b'{"reportId": 1, "reportedInformation": {"x": ' + b"[" * 500 + b"7" + b"]" * 500 + b"}}"
    ((tip,), why) = read_all(deep, "cybertipline")
    assert (why, tip.leftovers[0].value.strip("[]")) == ("", '"7"')
