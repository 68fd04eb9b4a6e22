"""The figures are those of a plain count over the rows."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scan.results.made import (
    CLEARED,
    END,
    EXCHANGE,
    PROJECT,
    SEEN,
    SYSTEM,
    facts,
    hit,
    item,
    lay_down,
    near,
    picture,
    unread,
    video,
)

from kavalan.lists import near_refusal
from kavalan.scan.facts import Counts
from kavalan.scan.places import place_of
from kavalan.scan.results import write_results
from kavalan.scan.results.summary import Figures

METHODS = {"sha256": "identical", "sha1": "identical", "md5+size": "md5_only", "md5": "md5_only", "near": "near"}
STRENGTH = ["identical", "md5_only", "near", "contradicted", "suppressed", "negative", "known_good"]
PLACES = [b"DCIM/Camera/", b"home/priya/.cache/", b""]


def summary(out, rows, hits=(), **told):
    write_results(lay_down(out, [rows[:4], rows[4:]] if len(rows) > 4 else [rows], hits), facts(**told))
    return json.loads((out / "summary.json").read_text())


def standing(one):
    if one["kind"] != "positive":
        return one["kind"]
    return "suppressed" if one["suppressed_by"] else "contradicted" if one["contradicted"] else METHODS[one["method"]]


def strongest(hits):
    return min(map(standing, hits), key=STRENGTH.index, default="unknown")


def three(counts):
    return {name: counts[name] for name in STRENGTH[:3]}


@st.composite
def scans(draw):
    """Some items of few contents, in few places and months, with hits of every kind."""
    rows, hits = [], []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        kind = draw(st.sampled_from([item, picture, video, unread]))
        time = draw(st.sampled_from([None, datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)]))
        path = draw(st.sampled_from(PLACES)) + b"%d" % number
        state = draw(st.sampled_from(["allocated", "deleted"]))
        row = kind(path, content=draw(st.sampled_from([b"1", b"2", b"3"])), modified=time, state=state)
        rows.append(row)
        if row["sha256"] is None:
            continue
        for _ in range(draw(st.integers(0, 3))):
            listed = draw(st.sampled_from([PROJECT, EXCHANGE, CLEARED, SYSTEM]))
            told = {"method": draw(st.sampled_from(list(METHODS)))}
            if listed.kind == "positive":
                told["contradicted"] = draw(st.booleans())
                told["held"] = draw(st.booleans())
                told["suppressed_by"] = draw(st.sampled_from([[], [], ["cleared"]]))
                told["categories"] = [{"scheme": "s", "code": code} for code in draw(st.sampled_from(["", "A", "AB"]))]
            if told["method"] == "near":
                told |= {"distance": 5, "rotation": "", "subject_quality": 90}
            hits.append(hit(number, row, listed, **told))
    return rows, hits


@given(scans())
@settings(max_examples=25, deadline=None)
def test_figures_are_those_of_a_plain_count(tmp_path_factory, scan):
    rows, hits = scan
    found = summary(tmp_path_factory.mktemp("scan"), rows, hits)
    of_item = [[one for one in hits if one["item"] == number] for number in range(1, len(rows) + 1)]
    best = Counter(map(strongest, of_item))
    assert found["hits"]["items"] == three(best)
    assert {name: found["hits"][name] for name in STRENGTH[3:]} == {name: best[name] for name in STRENGTH[3:]}
    held = {one["item"] for one in hits if one["held"] and one["kind"] == "positive"}
    assert found["hits"]["held"] == len(held)
    contents = {row["sha256"]: [one for one in hits if one["sha256"] == row["sha256"]] for row in rows if row["sha256"]}
    assert found["hits"]["contents"] == three(Counter(map(strongest, contents.values())))
    by_list = {row["list"]: row["items"] for row in found["by_list"]}
    for listed in (PROJECT, EXCHANGE):
        counted = Counter(strongest([one for one in told if one["list"] == listed.name]) for told in of_item)
        assert by_list.get(listed.name, three(Counter())) == three(counted)
    by_code = {row["code"]: row["items"] for row in found["by_category"]}
    for code in "AB":
        with_code = [[one for one in told if {"scheme": "s", "code": code} in one["categories"]] for told in of_item]
        assert by_code.get(code, three(Counter())) == three(Counter(map(strongest, with_code)))
    for place in found["by_place"]:
        there = [n for n, row in enumerate(rows) if place_of(row["path"], None, row["state"]).place == place["place"]]
        assert place["items"] == len(there)
        assert place["hits"] == three(Counter(strongest(of_item[n]) for n in there))
    for month in found["timeline"]:
        there = [n for n, row in enumerate(rows) if row["modified"] and f"{row['modified']:%Y-%m}" == month["month"]]
        media = [n for n in there if (rows[n]["kind"] or "").startswith(("image/", "video/"))]
        assert month["media"] == len(media)
        assert month["hits"] == three(Counter(strongest(of_item[n]) for n in there))


def test_items_are_counted_by_what_they_are(tmp_path):
    rows = [item(b"a", size=10), picture(b"b", size=5, seen_before=True), video(b"c", size=1), unread(), picture(b"d")]
    found = summary(tmp_path, [*rows, item(b"e", state="deleted", size=None)], seen_before=(SEEN,))
    assert found["items"] == {
        "items": 6,
        "bytes": 17,
        "pictures": 2,
        "videos": 1,
        "other": 3,
        "deleted": 1,
        "seen_before": 1,
    }


def test_what_was_matched_in_part_only_is_counted(tmp_path):
    flat = b"\0" * 31 + b"\xff"
    assert near_refusal(flat, 90) == "flat"
    rows = [
        picture(b"poor", pdq_quality=49),
        picture(b"flat", pdq=flat),
        picture(b"flat as well", pdq=b"\xff" * 32),
        picture(b"not decoded", pdq=None, pdq_quality=None),
        video(b"v"),
        unread(),
        picture(b"fine"),
    ]
    refused = facts(lists=()).lists
    found = summary(tmp_path, rows, lists=refused)["unmatched"]
    assert found == {
        "lists_refused": 0,
        "low_quality": 1,
        "flat": 2,
        "not_decoded": 1,
        "videos": 1,
        "no_digest": 1,
    }


def test_times_in_doubt_are_counted_for_pictures_videos_and_hits_only(tmp_path):
    rows = [
        picture(b"none"),
        picture(b"local", modified=END - timedelta(days=9), clock="local"),
        picture(b"early", created=datetime(1980, 1, 1, tzinfo=UTC)),
        video(b"late", modified=END + timedelta(seconds=1)),
        item(b"no hit, no time"),
        item(b"hit, no time"),
    ]
    found = summary(tmp_path, rows, [hit(6, rows[5])])
    assert found["times"] == {"none": 2, "local": 1, "early": 1, "late": 1}


def test_unread_is_counted_by_reason(tmp_path):
    rows = [unread(), unread(b"b"), item(b"c", error="truncated: its end is not there"), item(b"d")]
    found = summary(tmp_path, rows)["unread"]
    assert found == {"items": 3, "nothing": 2, "by_reason": {"damaged": 1, "encrypted": 2}}


def test_stacks_are_counted_by_kind(tmp_path):
    rows = [picture(b"1", content=b"same"), picture(b"2", content=b"same"), picture(b"3"), video(b"4")]
    found = summary(tmp_path, rows)
    assert found["unknown_pictures"] == {"stacks": 3 - 1, "contents": 2, "items": 3}
    assert found["unknown_videos"] == {"stacks": 1, "contents": 1, "items": 1}


def test_records_of_use_of_an_item_count_once_whatever_its_hits(tmp_path):
    row = picture(b"a", traces=[{"act": "opened", "evidence": "x"}, {"act": "sent", "evidence": "y"}])
    assert summary(tmp_path, [row], [hit(1, row), near(1, row)])["traces"] == {"opened": 1, "sent": 1}


def test_summary_says_what_the_scan_was(tmp_path):
    found = summary(tmp_path, [], end="stopped", why="full disk", runs=3, counts=Counts(left_out=7))
    assert (found["format"], found["authority"], found["examiner"]) == (1, "Cr. 12/2026", "A. Nair")
    assert (found["end"], found["why"], found["runs"], found["hits"]["left_out"]) == ("stopped", "full disk", 3, 7)


def test_every_key_of_the_summary_is_documented():
    page = (Path(__file__).parents[3] / "docs" / "report.md").read_text()
    table = page[page.index("## `summary.json`") :]
    assert [field for field in Figures.__struct_fields__ if f"`{field}`" not in table] == []
