"""The case document has the shape that other tools read, and never takes a near hit for an identical one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.scan.results.made import CLEARED, END, EXCHANGE, facts, hit, item, lay_down, near, pdq, picture

from kavalan.lists.readers import Report, VicsReader, detect
from kavalan.scan.results import write_results

SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "samples" / "vics20_case_synthetic.json"
WRITTEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def written(tmp_path):
    """Writes the results of items with hits and gives the document."""

    def write(rows, hits, **told):
        write_results(lay_down(tmp_path, [rows], hits), facts(**told))
        return json.loads((tmp_path / "hits.vics.json").read_text())

    return write


def media(document):
    return document["value"][0]["Media"]


def same_shape(ours, theirs):
    """Whether each key of theirs is in ours, down to the lists' first elements."""
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and all(key in ours and same_shape(ours[key], theirs[key]) for key in theirs)
    if isinstance(theirs, list) and theirs and isinstance(ours, list) and ours:
        return same_shape(ours[0], theirs[0])
    return isinstance(ours, list) == isinstance(theirs, list)


@pytest.mark.shared
def test_shape_is_that_of_the_sample(written):
    if not SAMPLE.exists():
        pytest.skip("the founders' shared folder is not here")
    row = picture(b"DCIM/a.jpg")
    sample = json.loads(SAMPLE.read_text())
    document = written([row], [hit(1, row)])
    assert same_shape(document, sample)
    # The sample names its country; ours is no country's.
    assert document["@odata.context"] == sample["@odata.context"].replace("/US/", "/Default/")


def test_our_own_reader_takes_it_back(written, tmp_path):
    rows = [picture(b"DCIM/a.jpg"), item(b"b.bin")]
    written(rows, [hit(1, rows[0], flags=1), hit(2, rows[1], method="md5")])
    report = Report()
    document = tmp_path / "hits.vics.json"
    assert isinstance(detect(document), VicsReader)
    entries = {entry.sha256: entry for entry in VicsReader().read(document, report)}
    for row in rows:
        entry = entries[row["sha256"]]
        assert (entry.md5, entry.sha1, entry.size, entry.pdq) == (row["md5"], row["sha1"], row["size"], row.get("pdq"))
        assert [(one.scheme, one.code) for one in entry.categories] == [("vics/2.0/Default", "1")]
    assert not report.faults


def test_digests_are_upper_case_and_no_picture_is_in_it(written):
    row = picture(b"DCIM/a.jpg")
    [one] = media(written([row], [hit(1, row)]))
    assert (one["MD5"], one["SHA1"]) == (row["md5"].hex().upper(), row["sha1"].hex().upper())
    assert one["AlternativeHashes"] == [
        {"HashName": "SHA-256", "HashValue": row["sha256"].hex().upper()},
        {"HashName": "PDQ", "HashValue": row["pdq"].hex().upper()},
    ]
    assert "Miniature" not in one


def test_near_hit_carries_no_category_and_says_what_it_is(written):
    row = picture(b"a.jpg")
    [one] = media(written([row], [near(1, row, distance=14, flags=1)]))
    assert (one["Category"], one["IsSuspected"], one["VictimIdentified"]) == (None, True, False)
    said = "near: a lead, not the same file; distance 14 of 256 bits"
    assert one["Tags"] == f"Kavalan: {said}"
    assert one["MediaMetadata"][0]["PropertyValue"] == (
        f"{said}; list project (Invented Owner, 2026-02); category vics/2.0/US 1; entry 1"
    )


def test_identical_hit_is_told_before_a_near_one_on_the_same_content(written):
    row = picture(b"a.jpg")
    [one] = media(written([row], [near(1, row), hit(1, row, EXCHANGE, flags=1)]))
    assert (one["Tags"], one["IsSuspected"], one["VictimIdentified"]) == ("Kavalan: identical by SHA-256", False, True)
    assert [fact["PropertyValue"].partition(";")[0] for fact in one["MediaMetadata"]] == [
        "identical by SHA-256",
        "near: a lead, not the same file",
    ]


@pytest.mark.parametrize(
    ("categories", "number"),
    [
        ([("vics/1.3", "2")], 2),
        ([("ncmec", "1")], None),
        ([("vics/2.0/UK", "A")], None),
        ([("vics/1.3", "2"), ("vics/1.3", "1")], None),
        ([("demo/1", "A"), ("vics/1.3", "2")], 2),
        ([], None),
    ],
)
def test_category_is_only_that_of_a_project_vic_scheme_without_conflict(written, categories, number):
    row = item(b"a.bin")
    told = [{"scheme": scheme, "code": code} for scheme, code in categories]
    [one] = media(written([row], [hit(1, row, categories=told)]))
    assert one["Category"] == number
    for scheme, code in categories:
        assert f"{scheme} {code}" in one["MediaMetadata"][0]["PropertyValue"]


def test_doubtful_hits_are_left_out(written):
    rows = [item(b"%d" % n) for n in range(3)]
    hits = [hit(1, rows[0], suppressed_by=["cleared"]), hit(2, rows[1], contradicted=True), hit(3, rows[2], CLEARED)]
    assert media(written(rows, hits)) == []


def test_held_hit_says_so(written):
    row = item(b"a")
    [one] = media(written([row], [hit(1, row, held=True)]))
    assert any("held for a person" in fact["PropertyValue"] for fact in one["MediaMetadata"])


def test_content_stands_once_with_a_file_for_each_place(written):
    rows = [
        item(b"DCIM/a.jpg", content=b"same", modified=WRITTEN, accessed=WRITTEN),
        item(b"x/b.zip\0/c/d.jpg", content=b"same", container=b"x/b.zip", clock="local", modified=WRITTEN),
        item(b"e.zip\0/f.jpg", content=b"same", container=b"e.zip", state="deleted"),
    ]
    [one] = media(written(rows, [hit(number, row) for number, row in enumerate(rows, start=1)]))
    facts_of = [(file["FilePath"], file["FileName"], file["Written"], file["Deleted"]) for file in one["MediaFiles"]]
    assert facts_of == [
        ("DCIM", "a.jpg", "2026-03-04T05:06:07+00:00", False),
        ("x\\b.zip » c", "d.jpg", "2026-03-04T05:06:07", False),
        ("e.zip", "f.jpg", None, True),
    ]
    assert one["MediaFiles"][0]["Accessed"] == "2026-03-04T05:06:07+00:00"


def test_case_names_authority_examiner_and_figures_apart(written):
    rows = [picture(b"1", pdq=pdq(b"1")), item(b"2")]
    case = written(rows, [near(1, rows[0]), hit(2, rows[1])], end="stopped", why="unplugged")["value"][0]
    told = {fact["PropertyName"]: fact["PropertyValue"] for fact in case["CaseMetadata"]}
    assert (case["CaseNumber"], case["ContactName"], case["ContactOrganization"]) == (
        "Cr. 12/2026",
        "A. Nair",
        "Invented Unit",
    )
    assert (told["Identical"], told["MD5 only"], told["Near"]) == ("1", "0", "1")
    assert told["Scan"] == "stopped: unplugged"
    assert case["TotalMediaFiles"] == 2


def test_scan_without_hits_is_a_case_without_media(written):
    document = written([item(b"a")], [])
    assert media(document) == []
    assert END.isoformat() not in json.dumps(document)
