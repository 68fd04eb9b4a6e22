"""The tables hold every item and every hit, whole or not at all, however often they are written."""

from __future__ import annotations

import errno
import hashlib
import json
import resource
from datetime import UTC, datetime

import polars as pl
import pytest
from tests.scan.results.made import (
    CLEARED,
    EXCHANGE,
    SYSTEM,
    facts,
    hit,
    item,
    lay_down,
    mention,
    near,
    picture,
    unread,
    video,
)

from kavalan.scan.batch import SCHEMA
from kavalan.scan.layout import HITS
from kavalan.scan.results import write_results

FILES = [
    "hits.parquet",
    "hits.vics.json",
    "items.parquet",
    "report.html",
    "stacks.parquet",
    "summary.json",
    "unread.parquet",
]
WHEN = datetime(2026, 2, 3, tzinfo=UTC)
ZIP = b"home/priya/Downloads/y.zip"
ROWS = [
    picture(b"DCIM/Camera/1.jpg", modified=WHEN, traces=[{"act": "opened", "evidence": "seen", "at": 5, "count": 1}]),
    item(b"usr/share/a.png"),
    unread(b"x.zip"),
    item(
        b"home/priya/Downloads/y.zip\0/\xff.txt",
        container=b"home/priya/Downloads/y.zip",
        original=b"o",
        error="damaged: x",
    ),
    video(b"v.mp4"),
]
HITS_MADE = [
    hit(1, ROWS[0]),
    near(1, ROWS[0], EXCHANGE, recomputed=9),
    hit(2, ROWS[1], SYSTEM),
    hit(4, ROWS[3], CLEARED, method="sha1"),
]


@pytest.fixture
def out(tmp_path):
    lay_down(
        tmp_path / "out", [ROWS[:2], ROWS[2:]], HITS_MADE, [mention(b"Camera/1.jpg", "sent"), mention(b"share/a.png")]
    )
    write_results(tmp_path / "out", facts())
    return tmp_path / "out"


def test_items_are_the_batches_with_number_place_standing_and_stack(out):
    table = pl.read_parquet(out / "items.parquet")
    assert table.columns == ["item", *SCHEMA, "place", "place_rule", "standing", "stack"]
    assert table.select(list(SCHEMA)).equals(pl.DataFrame(ROWS, schema=SCHEMA))
    assert table.select("item", "place", "standing", "stack").rows() == [
        (1, "camera", "identical", None),
        (2, "system", "known_good", None),
        (3, "unknown", "unknown", None),
        (4, "downloads", "negative", None),
        (5, "unknown", "unknown", 1),
    ]


def test_hits_are_those_of_the_scan_with_what_is_known_of_the_item(out):
    table = pl.read_parquet(out / "hits.parquet")
    assert table.select(list(HITS)).equals(pl.DataFrame(HITS_MADE, schema=HITS))
    assert table.select("standing", "path", "media_type", "place", "item_state").rows() == [
        ("identical", ROWS[0]["path"], "image/jpeg", "camera", "allocated"),
        ("near", ROWS[0]["path"], "image/jpeg", "camera", "allocated"),
        ("known_good", ROWS[1]["path"], "text/plain", "system", "allocated"),
        ("negative", ROWS[3]["path"], "text/plain", "downloads", "allocated"),
    ]
    assert table["modified"].to_list() == [WHEN, WHEN, None, None]
    assert table["shown"][3] == "home/priya/Downloads/y.zip » \\xff.txt"
    assert table["place_rule"][3].endswith("inside a file there")


def test_traces_are_of_the_item_and_of_databases_that_mean_it(out):
    traces = pl.read_parquet(out / "hits.parquet")["traces"].to_list()
    assert [(one["act"], one["at"], one["database"], one["fits"]) for one in traces[0]] == [
        ("opened", 5, None, 1),
        ("sent", None, b"msgstore.db", 1),
    ]
    assert traces[0] == traces[1]
    assert traces[2] is None
    assert traces[3] == []


def test_unread_says_what_and_why(out):
    assert pl.read_parquet(out / "unread.parquet").select("item", "shown", "what", "why", "reason").rows() == [
        (3, "x.zip", "nothing of it", "encrypted, not read", "encrypted"),
        (4, "home/priya/Downloads/y.zip » \\xff.txt", "text/plain", "damaged: x", "damaged"),
    ]


def test_stored_checksum_that_differs_is_unread_even_without_an_error(tmp_path):
    rows = [
        item(b"a", stored="crc-32 0badcafe", stored_agrees=False),
        item(b"b", stored="crc-32 1", stored_agrees=True),
    ]
    write_results(lay_down(tmp_path, [rows]), facts())
    assert pl.read_parquet(tmp_path / "unread.parquet").select("item", "why", "reason").rows() == [
        (1, "the stored checksum (crc-32 0badcafe) is not that of what was read", "stored checksum differs")
    ]


def digests(out):
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}


def test_written_again_the_results_are_the_same_to_the_byte(out):
    before = digests(out)
    write_results(out, facts())
    assert digests(out) == before
    assert not list(out.glob("*.partial"))


def test_results_follow_the_scan_when_it_goes_on(out):
    rows = [*ROWS, picture(b"more.jpg")]
    lay_down(out, [rows[:2], rows[2:5], rows[5:]], HITS_MADE)
    write_results(out, facts())
    assert json.loads((out / "summary.json").read_text())["items"]["items"] == 6


def test_batch_without_its_hits_is_not_finished(out):
    (out / "hits-000002.parquet").unlink()
    write_results(out, facts(end="stopped"))
    assert pl.read_parquet(out / "items.parquet")["item"].to_list() == [1, 2]


def test_what_cannot_be_written_leaves_what_stood_there(out, monkeypatch):
    before = digests(out)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.LazyFrame, "sink_parquet", full)
    with pytest.raises(OSError, match="No space"):
        write_results(out, facts())
    assert digests(out) == before
    assert not list(out.glob("*.partial"))


def test_full_disk_is_an_error_of_the_system_whatever_polars_makes_of_it(out):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        with pytest.raises(OSError, match="File too large") as refused:
            write_results(out, facts())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.errno == errno.EFBIG
    assert not list(out.glob("*.partial"))


def test_scan_without_any_batch_has_empty_results(tmp_path):
    write_results(tmp_path, facts())
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    assert pl.read_parquet(tmp_path / "items.parquet").is_empty()
    assert pl.read_parquet(tmp_path / "stacks.parquet").is_empty()
