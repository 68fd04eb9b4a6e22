"""`kavalan lists`: from an owner's file to a list, and out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "examples" / "lists"
KNOWN_SHA1 = "19b6d1349eb6ca33a7da1aecbb853b715cb6ec0a"  # the first entry of vics.json, as the file has it


@pytest.fixture
def sample(kavalan):
    face = ["--name", "sample", "--owner", "Test Owner", "--version", "1"]
    assert kavalan("lists", "add", SAMPLES / "vics.json", *face).returncode == 0
    return kavalan


def facts(kavalan, name) -> dict:
    return json.loads(kavalan("lists", "info", name, "--json").stdout)


@pytest.mark.parametrize("name", ["vics.json", "icse.csv", "ncmec.xml", "stopncii.json", "threatexchange.csv"])
def test_format_is_told_by_the_content(kavalan, tmp_path, name):
    (tmp_path / "nameless").write_bytes((SAMPLES / name).read_bytes())
    done = kavalan("lists", "add", "nameless", "--name", "a", "--owner", "Test Owner", "--version", "1")
    assert done.returncode == 0, done.stderr
    assert facts(kavalan, "a")["entries"] > 0


def test_text_with_a_mapping_of_its_columns(kavalan, tmp_path):
    (tmp_path / "mine.csv").write_text(f"Hash;Code\n{'ab' * 32};X\n{'cd' * 32};Y\n")
    columns = ["--column", "sha256=Hash", "--column", "category=Code", "--scheme", "mine/1", "--delimiter", ";"]
    done = kavalan("lists", "add", "mine.csv", "--name", "mine", "--owner", "We", "--version", "1", *columns)
    assert done.stdout == "mine: 2 entries, state gen-1+0\n"


def test_bad_lines_are_counted_shown_and_end_with_1(kavalan, tmp_path):
    (tmp_path / "mine.txt").write_text(f"{'ab' * 32}\nnonsense\n{'cd' * 16}\n")
    options = ["--format", "lines", "--name", "mine", "--owner", "We", "--version", "1"]
    done = kavalan("lists", "add", "mine.txt", *options)
    assert done.returncode == 1
    assert "lines with faults: 1" in done.stdout
    assert "2: " in done.stdout
    assert facts(kavalan, "mine")["entries"] == 2


def test_file_of_no_known_format_ends_with_2_and_names_the_formats(kavalan, tmp_path):
    (tmp_path / "letter").write_text("Dear all\n")
    done = kavalan("lists", "add", "letter", "--name", "a", "--owner", "We", "--version", "1")
    assert done.returncode == 2
    assert "none of the formats" in done.stderr
    assert "Traceback" not in done.stderr


def test_second_delivery_takes_the_place_of_the_first(sample):
    face = ["--name", "sample", "--owner", "Test Owner", "--version", "2"]
    sample("lists", "add", SAMPLES / "icse.csv", *face)
    assert facts(sample, "sample")["version"] == "2"


def test_file_of_changes_is_applied_to_the_list(sample, tmp_path):
    before = facts(sample, "sample")["entries"]
    (tmp_path / "more.csv").write_text(f"sha1\n{'ab' * 20}\n")
    face = ["--name", "sample", "--owner", "Test Owner", "--version", "1a"]
    done = sample("lists", "add", "more.csv", "--column", "sha1=sha1", "--changes", *face)
    assert done.returncode == 0, done.stderr
    assert (facts(sample, "sample")["entries"], facts(sample, "sample")["version"]) == (before + 1, "1a")


def test_agreement_is_shown(kavalan):
    agreement = ["--agreement", "MoU 1", "--purpose", "triage", "--unit", "cyber-cell", "--until", "2099-01-01"]
    face = ["--name", "sample", "--owner", "Test Owner", "--version", "1"]
    kavalan("lists", "add", SAMPLES / "vics.json", *face, *agreement)
    shown = kavalan("lists", "info", "sample").stdout
    assert "agreement  MoU 1: triage, units cyber-cell, ends 2099-01-01 00:00 UTC" in shown


def test_purpose_without_an_agreement_is_refused(kavalan):
    face = ["--name", "sample", "--owner", "Test Owner", "--version", "1", "--purpose", "triage"]
    done = kavalan("lists", "add", SAMPLES / "vics.json", *face)
    assert done.returncode == 2
    assert "give its reference with --agreement" in done.stderr


def test_withdrawn_entry_no_longer_matches(sample):
    assert "IDENTICAL" in sample("match", KNOWN_SHA1, "--lists", "sample").stdout
    assert sample("lists", "withdraw", "sample", KNOWN_SHA1).stdout == "sample: 1 entries withdrawn\n"
    assert "on none of the lists" in sample("match", KNOWN_SHA1, "--lists", "sample").stdout


def test_withdrawal_of_what_is_not_there_ends_with_1(sample):
    assert sample("lists", "withdraw", "sample", "00" * 20).returncode == 1


def test_compaction_takes_withdrawn_bytes_off_the_disk(sample, tmp_path):
    sample("lists", "withdraw", "sample", KNOWN_SHA1)
    sample("lists", "compact", "sample")
    held = b"".join(path.read_bytes() for path in (tmp_path / "lists").rglob("*") if path.is_file())
    assert bytes.fromhex(KNOWN_SHA1) not in held


def test_verify_finds_a_changed_byte(sample, tmp_path):
    victim = max((tmp_path / "lists").rglob("gen-1/*"), key=lambda path: path.stat().st_size)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.chmod(0o600)
    victim.write_bytes(content)
    done = sample("lists", "verify", "sample")
    assert done.returncode == 2
    assert "sample" in done.stderr


def test_removal_asks_and_a_no_keeps_the_list(sample):
    assert sample("lists", "remove", "sample", answer="n\n").returncode == 1
    assert facts(sample, "sample")["entries"] > 0


def test_removal_with_yes_removes_all_bytes(sample, tmp_path):
    sample("lists", "remove", "sample", "--yes")
    assert not (tmp_path / "lists" / "sample").exists()


@pytest.mark.parametrize("verb", [["info"], ["withdraw", "00" * 20], ["compact"], ["remove"]])
def test_unknown_list_ends_with_2_and_its_name(kavalan, verb):
    done = kavalan("lists", verb[0], "none", *verb[1:])
    assert done.returncode == 2
    assert "none: there is no such list" in done.stderr
