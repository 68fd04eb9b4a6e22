"""A whole scan leaves the same rows and hits whether it was interrupted or not, and always says how it ended."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.lists.invented import NOW, Clock, agreement, bare, face, load
from tests.scan.scans import after, hits, items, make_lists, make_source, mentions, scan

from kavalan.lists import Catalogue
from kavalan.scan import RefusedError, read_state, work
from kavalan.scan.layout import hits_path

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make_source(tmp_path_factory.mktemp("source") / "exhibit")


@pytest.fixture(scope="module")
def catalogue(source, tmp_path_factory):
    return make_lists(tmp_path_factory.mktemp("lists"), source)


@pytest.fixture(scope="module")
def whole(source, catalogue, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    facts = scan(source, out, catalogue)
    assert facts.end == "complete"
    return out


def same(out, whole):
    assert items(out).equals(items(whole))
    assert hits(out).equals(hits(whole))
    assert mentions(out).equals(mentions(whole))


def test_every_file_and_every_member_has_its_row(source, whole):
    listed = subprocess.run(
        ["find", "-not", "-type", "d", "-printf", r"%P\0"], cwd=source, capture_output=True, check=True
    )
    table = items(whole)
    assert sorted(table.filter(pl.col("container").is_null())["path"]) == sorted(listed.stdout.split(b"\0")[:-1])
    inner = table.filter(pl.col("container") == b"old.tar.gz\0/phone.zip")["path"].to_list()
    assert sorted(inner) == sorted(
        f"old.tar.gz\0/phone.zip\0/inner/{n}.{kind}".encode() for n in range(3) for kind in ("jpg", "txt")
    )


def test_hits_are_those_of_a_comparison_by_hand(source, whole):
    table = items(whole).with_row_index("item", offset=1)
    paths = dict(table.select("item", "path").iter_rows())
    found = {(row["list"], row["method"], row["kind"], paths[row["item"]]) for row in hits(whole).to_dicts()}
    inner = b"old.tar.gz\0/phone.zip\0/inner/"
    copies = [b"DCIM/IMG_1.jpg", b"copy.jpg", inner + b"1.jpg"]
    expected = {("known", "sha256", "positive", path) for path in copies}
    expected |= {("known", "near", "positive", path) for path in (b"DCIM/IMG_0.jpg", b"again.png", inner + b"0.jpg")}
    expected |= {("known", "md5", "positive", f"note {n}.txt".encode()) for n in (0, 1, 3, 4)}
    expected |= {("not-known", "md5", "negative", f"note {n}.txt".encode()) for n in (1, 4)}
    expected |= {
        ("known", "md5", "positive", b"old.tar.gz\0/note"),
        ("not-known", "md5", "negative", b"old.tar.gz\0/note"),
    }
    expected |= {("programs", "sha256", "known_good", b"note 2.txt")}
    assert found == expected


def test_a_hit_says_what_its_list_says(whole):
    (hit,) = [row for row in hits(whole).to_dicts() if row["method"] == "sha256" and row["kind"] == "positive"][:1]
    wanted = {"key": "k1", "position": 1, "owner": "Test Owner", "version": "2026-11", "state": "gen-1+0"}
    assert {name: hit[name] for name in wanted} == wanted
    assert hit["categories"] == [{"scheme": "mine/1", "code": "A"}]
    denied = hits(whole).filter((pl.col("kind") == "positive") & (pl.col("suppressed_by").list.len() > 0))
    assert set(denied["suppressed_by"].explode()) == {"not-known"}


def test_files_of_a_folder_are_looked_at_a_second_time(whole):
    near = hits(whole).filter(pl.col("method") == "near")
    outer = items(whole).with_row_index("item", offset=1).filter(pl.col("container").is_null())["item"].to_list()
    assert all((row["recomputed"] is not None) == (row["item"] in outer) for row in near.to_dicts())


def test_figures_are_those_of_the_rows(source, catalogue, tmp_path):
    facts = scan(source, tmp_path / "out", catalogue)
    table, counts = items(tmp_path / "out"), facts.counts
    assert (counts.items, counts.unread) == (len(table), table["error"].count())
    assert (counts.bytes, counts.pictures, counts.videos) == (table["size"].sum(), table["pdq"].count(), 1)
    assert (counts.identical, counts.near, counts.md5_only) == (3, 3, 2)
    assert (counts.suppressed, counts.known_good) == (3, 1)


def test_first_batches_are_small_so_that_hits_show_early():
    assert [work.most_rows(number, 10_000) for number in (1, 2, 3, 6, 7, 1000)] == [
        250,
        500,
        1000,
        8000,
        10_000,
        10_000,
    ]


CHILD = """
import os, signal, sys
from pathlib import Path
from kavalan.lists import Catalogue
from kavalan.scan import work
from tests.lists.invented import Clock
from tests.scan.scans import scan

source, out, lists, told, profile = map(Path, sys.argv[1:6])
moment, keep = map(float, sys.argv[6:])
work._KEEP_SECONDS = keep
seen = 0

def kill(event, _arguments):
    global seen
    if event in {"os.rename", "os.remove", "os.mkdir"}:
        seen += 1
        if seen >= moment:
            os.kill(os.getpid(), signal.SIGKILL)

def tell(at):
    with told.open("ab") as stream:
        stream.write(at.path.hex().encode() + b"\\n")

catalogue = Catalogue(lists, Clock())
sys.addaudithook(kill)
scan(source, out, catalogue, tell=tell, profile=str(profile))
"""


def killed(source, out, catalogue, told, profile, moment, keep):
    arguments = [source, out, catalogue._root, told, profile, moment, keep]
    return subprocess.run([sys.executable, "-c", CHILD, *map(str, arguments)], cwd=ROOT, check=False).returncode


@pytest.mark.parametrize(("profile", "keep"), [("full", 60.0), ("triage", 0.0)])
def test_scan_killed_again_and_again_at_any_write_equals_an_uninterrupted_one(
    source, catalogue, tmp_path, profile, keep
):
    scan(source, tmp_path / "whole", catalogue, profile=profile)
    chance = random.Random(profile)  # noqa: S311 -- which write is cut off, not a secret
    out = tmp_path / "out"
    for number in range(100):
        finished = set(items(out)["path"])
        told = tmp_path / f"told {number}"
        code = killed(source, out, catalogue, told, profile, chance.randint(4, 24), keep)
        lines = told.read_bytes().splitlines() if told.exists() else []
        # The last line of a batch is told twice: as the item, and when the batch is finished.
        assert not {bytes.fromhex(line.decode()) for line in lines[:-1]} & finished
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert number > 3
    same(out, tmp_path / "whole")
    assert read_state(out).state == "complete"


def test_scan_that_was_asked_to_stop_goes_on_behind_the_last_item(source, catalogue, whole, tmp_path):
    out = tmp_path / "out"
    for number, stop in enumerate((0, 1, 6, 7), start=1):
        facts = scan(source, out, catalogue, stopping=after(stop))
        assert (facts.end, facts.runs, facts.why) == ("stopped", number, "it was asked to stop")
        assert read_state(out).state == "stopped"
    assert scan(source, out, catalogue).end == "complete"
    same(out, whole)


def test_complete_scan_asked_for_again_only_says_so(source, catalogue, whole):
    told = []
    before = read_state(whole)
    facts = scan(source, whole, catalogue, tell=told.append, clock=lambda: NOW + timedelta(days=3))
    assert (facts.end, facts.counts.items, facts.ended) == ("complete", len(items(whole)), NOW)
    assert not told
    assert read_state(whole) == before


def test_hits_that_were_not_written_are_found_when_the_scan_goes_on(source, catalogue, whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    last = len(list(out.glob("batch-*")))
    hits_path(out, last).unlink()
    (out / "state.json").unlink()
    assert scan(source, out, catalogue).end == "complete"
    same(out, whole)


@pytest.mark.parametrize("name", ["batch-000001.parquet", "hits-000001.parquet", "plan.json"])
def test_scan_of_which_a_file_is_cut_is_refused_and_names_it(source, catalogue, whole, tmp_path, name):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    os.truncate(out / name, 400)
    with pytest.raises(RefusedError, match=name):
        scan(source, out, catalogue)


def test_scan_whose_state_is_cut_goes_on_and_says_why_it_stops_at_a_cut_batch(source, catalogue, whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    os.truncate(out / "state.json", 10)
    assert scan(source, out, catalogue).end == "complete"
    same(out, whole)
    (out / "state.json").unlink()
    os.truncate(out / "batch-000001.parquet", 400)
    with pytest.raises(RefusedError, match="batch-000001"):
        scan(source, out, catalogue)
    assert read_state(out).why.startswith(f"{out}/batch-000001.parquet is damaged")


def test_triage_has_every_row_once_and_what_matters_first(tmp_path):
    source = make_source(tmp_path / "exhibit")
    for path in source.rglob("*"):
        os.utime(path, (NOW.timestamp() - 200 * 86_400,) * 2, follow_symlinks=False)
    os.utime(source / "note 3.txt", (NOW.timestamp() - 86_400,) * 2)
    facts = scan(source, tmp_path / "triage", profile="triage")
    scan(source, tmp_path / "full")
    triage, full = items(tmp_path / "triage"), items(tmp_path / "full")
    assert facts.profile == "triage"
    first = [b"DCIM/IMG_0.jpg", b"DCIM/IMG_1.jpg", b"DCIM/IMG_2.jpg", b"note 3.txt"]
    assert triage["path"].to_list()[:5] == [*first, b"again.png"]
    assert triage.drop("accessed").sort("path").equals(full.drop("accessed").sort("path"))


def test_flood_is_held_alike_when_the_scan_was_stopped_in_its_middle(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for number in range(1200):
        (source / f"{number:04}").write_bytes(b"one content")
    catalogue = Catalogue(tmp_path / "lists", lambda: NOW)
    load(catalogue, [bare(1, sha256=hashlib.sha256(b"one content").digest())])
    scan(source, tmp_path / "whole", catalogue, lists=("known",), batch_rows=300)
    scan(source, tmp_path / "cut", catalogue, lists=("known",), batch_rows=300, stopping=after(1000))
    scan(source, tmp_path / "cut", catalogue, lists=("known",), batch_rows=300)
    held = hits(tmp_path / "whole")["held"]
    assert 0 < held.sum() < 1200
    assert hits(tmp_path / "cut")["held"].equals(held)


def test_additions_to_a_list_do_not_reach_a_scan_that_has_begun(source, whole, tmp_path):
    catalogue = make_lists(tmp_path / "lists", source)
    out = tmp_path / "out"
    scan(source, out, catalogue, stopping=after(9))
    with catalogue.edit("known") as editor:
        editor.add([bare(7, sha256=items(whole)["sha256"].drop_nulls()[-1])])
    assert scan(source, out, catalogue).end == "complete"
    same(out, whole)


def test_list_that_was_compiled_anew_is_no_longer_the_one_that_was_asked(source, tmp_path):
    catalogue = make_lists(tmp_path / "lists", source)
    scan(source, tmp_path / "out", catalogue, stopping=after(1))
    with catalogue.edit("known") as editor:
        editor.compact()
    with pytest.raises(RefusedError, match="no longer the state gen-1"):
        scan(source, tmp_path / "out", catalogue)


def test_list_whose_agreement_ends_meanwhile_stops_the_scan_with_the_reason(source, tmp_path):
    clock = Clock()
    catalogue = Catalogue(tmp_path / "lists", clock)
    load(catalogue, [bare(1, "sha256")], face(agreement=agreement(until=NOW + timedelta(hours=1))))
    facts = scan(source, tmp_path / "out", catalogue, lists=("known",), tell=lambda at: clock.advance(minutes=10))
    assert facts.end == "stopped"
    assert "MoU 12/2026 ended" in facts.why
    assert "ended" in facts.lists[0].refused
    with pytest.raises(RefusedError, match="ended"):
        scan(source, tmp_path / "out", catalogue, lists=("known",))


def test_source_that_goes_away_stops_the_scan_and_leaves_no_row_of_it(source, catalogue, whole, tmp_path):
    root = tmp_path / "exhibit"
    shutil.copytree(source, root, symlinks=True)
    for path in source.rglob("*"):
        facts = path.lstat()
        os.utime(root / path.relative_to(source), ns=(facts.st_atime_ns, facts.st_mtime_ns), follow_symlinks=False)
    out, away = tmp_path / "out", tmp_path / "unplugged"

    def unplug(at):
        if at.run_items == 6:
            root.rename(away)

    facts = scan(root, out, catalogue, tell=unplug)
    assert facts.end == "stopped"
    assert facts.why.startswith("the source is gone")
    assert read_state(out).state == "stopped"
    away.rename(root)
    assert scan(root, out, catalogue).end == "complete"
    columns = ["path", "sha256", "pdq", "error"]
    assert items(out).select(columns).equals(items(whole).select(columns))


def test_full_disk_stops_the_scan_in_a_state_that_is_said_and_resumed(source, catalogue, whole, tmp_path):
    out = tmp_path / "out"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(at):
        if at.run_items == 6:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))

    try:
        facts = scan(source, out, catalogue, tell=fill)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert facts.end == "stopped"
    assert "is full: make room" in facts.why
    assert (read_state(out).state, read_state(out).why) == ("stopped", facts.why)
    assert scan(source, out, catalogue).end == "complete"
    same(out, whole)


def test_results_that_cannot_be_written_leave_the_scan_to_be_resumed(source, catalogue, whole, tmp_path):
    def full(out, facts):
        raise OSError(errno.ENOSPC, "No space left on device")

    facts = scan(source, tmp_path / "out", catalogue, finish=full)
    assert (facts.end, facts.why.endswith("start the same scan again")) == ("stopped", True)
    finished = []
    facts = scan(source, tmp_path / "out", catalogue, finish=lambda out, facts: finished.append(facts))
    assert (facts.end, facts.runs) == ("complete", 2)
    assert finished == [facts]
    same(tmp_path / "out", whole)


def test_output_folder_that_is_gone_stops_the_scan(source, tmp_path):
    out = tmp_path / "out"

    def vanish(at):
        if at.run_items == 6:
            out.rename(tmp_path / "pulled")

    facts = scan(source, out, tell=vanish)
    assert (facts.end, facts.why) == ("stopped", f"{out} is gone: bring it back and start the same scan again")
    assert not out.exists()
    (tmp_path / "pulled").rename(out)
    assert scan(source, out).end == "complete"


def test_an_end_that_nobody_foresaw_is_said_too(source, tmp_path):
    def wrong(at):
        raise ZeroDivisionError("a mistake")

    with pytest.raises(ZeroDivisionError):
        scan(source, tmp_path / "out", tell=wrong)
    assert read_state(tmp_path / "out").why == "internal error: a mistake"


def test_two_scans_do_not_write_one_folder(source, tmp_path):
    refused = []

    def meanwhile(at):
        if not refused:
            with pytest.raises(RefusedError, match="another scan is writing") as error:
                scan(source, tmp_path / "out")
            refused.append(error)

    assert scan(source, tmp_path / "out", tell=meanwhile).end == "complete"
    assert refused


def test_what_is_asked_otherwise_is_named_and_refused(source, catalogue, tmp_path):
    scan(source, tmp_path / "out", catalogue, stopping=lambda: True)
    for changed, name in (
        ({"examiner": "B. Other"}, "examiner"),
        ({"authority": "FIR 2/2026"}, "authority"),
        ({"radius": 20}, "radius"),
        ({"profile": "triage"}, "profile"),
        ({"lists": ("known",)}, "lists"),
    ):
        with pytest.raises(RefusedError, match=rf"of it differ: {name}"):
            scan(source, tmp_path / "out", catalogue, **changed)


def test_triage_of_one_archive_that_was_stopped_goes_on_within_its_passes(source, tmp_path):
    archive = tmp_path / "phone.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(source.rglob("*.*")):
            if path.is_file() and path.name.isascii() and path.name.isprintable():
                packed.write(path, path.relative_to(source))
    scan(archive, tmp_path / "whole", profile="triage")
    assert items(tmp_path / "whole")["path"][0] == b"phone.zip\0/DCIM/IMG_0.jpg"
    for stop in (1, 4, 3):
        assert scan(archive, tmp_path / "out", profile="triage", stopping=after(stop)).end == "stopped"
    assert scan(archive, tmp_path / "out", profile="triage").end == "complete"
    columns = [name for name in items(tmp_path / "out").columns if name != "accessed"]
    assert items(tmp_path / "out").select(columns).equals(items(tmp_path / "whole").select(columns))
