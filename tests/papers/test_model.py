"""Forms and data: strict, and one digest for one meaning."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.papers.custodies import custody, event

from kavalan.papers import PAPERS, CustodySequence, DataError, Paper, PaperError, form, read
from kavalan.papers.model import in_utc

TWO = """
id = "x"
title = "t"
version = 1
labels = { a = { en = "a" }, b = { ml = "b" } }
[[wording]]
language = "en"
reviewed = true
"""


@given(st.text(min_size=1, max_size=50))
def test_the_digest_is_over_sorted_json_without_white_space(case):
    try:
        case.encode()
    except UnicodeEncodeError:
        return  # a lone surrogate is in no JSON file
    paper = custody(case=case)
    plain = json.loads(msgspec.json.encode(paper))
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert paper.digest == hashlib.sha256(text.encode()).hexdigest()


def test_what_is_absent_is_not_in_the_digest():
    text = msgspec.json.encode(custody(events=(event(),)))
    assert b"null" not in text
    assert b"note" not in text


def test_data_is_the_same_after_a_file():
    paper = custody()
    assert read(CustodySequence, msgspec.json.encode(paper)) == paper


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data.pop("case"), "missing required field `case`"),
        (lambda data: data.update(extra=1), "unknown field `extra`"),
        (lambda data: data.update(case="x" * 2001), "length <= 2000"),
        (lambda data: data.update(case=""), "length >= 1"),
        (lambda data: data.update(prepared_at="2026-03-09T04:30:00"), "not in UTC; write it with a Z"),
        (lambda data: data.update(prepared_at="2026-03-09T10:00:00+05:30"), "not in UTC; write it with a Z"),
        (lambda data: data["events"][0].update(at="2026-03-09T10:00:00+05:30"), "not in UTC"),
        (lambda data: data["events"][0].update(act="lost"), r"Invalid enum value 'lost' - at `\$.events\[0\].act`"),
        (lambda data: data["events"][0]["entry"].update(hash="0" * 63), "regex"),
        (lambda data: data["events"][0]["entry"].update(hash="F" * 64), "regex"),
        (lambda data: data["events"][0]["entry"].update(number=0), ">= 1"),
        (lambda data: data.update(events=[]), "length >= 1"),
        (lambda data: data.update(events=data["events"] * 126), "length <= 1000"),
    ],
)
def test_data_that_does_not_fit_is_refused(change, why):
    data = json.loads(msgspec.json.encode(custody()))
    change(data)
    with pytest.raises(DataError, match=why):
        read(CustodySequence, json.dumps(data).encode())


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"case": "\xff"}'])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(DataError):
        read(CustodySequence, text)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(text):
    with pytest.raises(DataError):
        read(CustodySequence, text)


def test_only_utc_is_utc():
    in_utc(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(DataError):
        in_utc(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))))


@pytest.mark.parametrize("kind", PAPERS)
def test_every_word_of_a_form_is_there_in_each_of_its_languages(kind):
    languages = [wording.language for wording in form(kind.form_id).wording]
    assert all(list(words) == languages for words in form(kind.form_id).labels.values())


@pytest.mark.parametrize("kind", PAPERS)
def test_no_form_claims_a_review_that_nobody_has_made(kind):
    assert not form(kind.form_id).reviewed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('id = "x"', "missing required field"),
        (
            TWO,
            "b is not there in each of en",
        ),
    ],
)
def test_a_form_that_does_not_hold_together_is_refused(tmp_path, monkeypatch, text, why):
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "x.toml").write_text(text)
    monkeypatch.setattr("kavalan.papers.model.files", lambda package: tmp_path)
    with pytest.raises(PaperError, match=why):
        form.__wrapped__("x")


def test_the_papers_have_names_of_their_own():
    assert len({kind.form_id for kind in PAPERS}) == len(PAPERS)


def test_a_paper_that_shows_no_more_than_its_data_gives_it_as_it_is():
    class Slip(Paper, frozen=True, kw_only=True):
        form_id = "slip"
        line: str

    slip = Slip(prepared_at=datetime(2026, 1, 1, tzinfo=UTC), line="a line")
    assert slip.fields() == {"prepared_at": "2026-01-01T00:00:00Z", "line": "a line"}
