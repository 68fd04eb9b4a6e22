"""`kavalan match`: what a hit says, and what it does not claim."""

from __future__ import annotations

import hashlib
import json

import pytest
from PIL import Image, ImageOps
from tests.pictures import landscape, write_photo


@pytest.fixture
def listed(kavalan, tmp_path):
    """A list that holds a landscape by SHA-256 and, as another entry, by PDQ."""
    path = write_photo(tmp_path / "known.png")
    pdq = json.loads(kavalan("hash", path, "--json").stdout)["pdq"]
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "list.csv").write_text(f"sha256,pdq,code\n{sha256},,A\n,{pdq},B\n")
    columns = ["--column", "sha256=sha256", "--column", "pdq=pdq", "--column", "category=code", "--scheme", "mine/1"]
    face = ["--name", "mine", "--owner", "We", "--version", "1"]
    assert kavalan("lists", "add", "list.csv", *columns, *face).returncode == 0
    return kavalan


def ask(kavalan, *arguments) -> tuple[list[dict], dict]:
    done = kavalan("match", *arguments, "--lists", "mine", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[:-1], lines[-1]


def test_same_bytes_are_identical(listed):
    (answer,), _ = ask(listed, "known.png")
    first = answer["hits"][0]
    assert (first["method"], first["list"], first["version"]) == ("sha256", "mine", "1")
    assert first["categories"] == [{"scheme": "mine/1", "code": "A"}]


def test_recompressed_picture_is_near_with_both_distances(listed, tmp_path):
    landscape().save(tmp_path / "again.jpg", quality=40)
    (answer,), summary = ask(listed, "again.jpg")
    (hit,) = answer["hits"]
    assert hit["method"] == "near"
    assert hit["distance"] <= 31
    assert abs(hit["recomputed"] - hit["distance"]) <= 4
    assert hit["rotation"] == ""
    assert summary["tally"]["near"] == 1


def test_mirrored_picture_is_near_through_its_turn(listed, tmp_path):
    ImageOps.mirror(landscape()).save(tmp_path / "mirrored.png")
    (answer,), _ = ask(listed, "mirrored.png")
    assert [hit["rotation"] for hit in answer["hits"]] == ["flipy"]


def test_other_picture_is_on_none_of_the_lists(listed, tmp_path):
    Image.linear_gradient("L").save(tmp_path / "other.png")
    assert "on none of the lists" in listed("match", "other.png", "--lists", "mine").stdout


def test_hash_is_asked_without_a_file(listed, tmp_path):
    sha256 = hashlib.sha256((tmp_path / "known.png").read_bytes()).hexdigest()
    (answer,), _ = ask(listed, sha256)
    assert answer["asked"] == sha256
    assert answer["hits"][0]["method"] == "sha256"


def test_pdq_is_asked_by_its_name(listed, tmp_path):
    pdq = json.loads(listed("hash", "known.png", "--json").stdout)["pdq"]
    (answer,), _ = ask(listed, f"pdq:{pdq}")
    assert [(hit["method"], hit["distance"]) for hit in answer["hits"]] == [("near", 0)]


def test_near_hits_come_with_their_error_rates(listed, tmp_path):
    landscape().save(tmp_path / "again.jpg", quality=40)
    shown = listed("match", "again.jpg", "--lists", "mine").stdout
    assert "NEAR (" in shown
    assert "unrelated benign photographs" in shown
    (answer,), _ = ask(listed, "again.jpg")
    assert answer["hits"][0]["error_rates"] in shown


def test_lapsed_agreement_refuses_to_match(kavalan, tmp_path):
    (tmp_path / "list.txt").write_text("ab" * 32 + "\n")
    face = ["--format", "lines", "--name", "old", "--owner", "We", "--version", "1"]
    kavalan("lists", "add", "list.txt", *face, "--agreement", "MoU 1", "--until", "2020-01-01")
    done = kavalan("match", "ab" * 32, "--lists", "old")
    assert done.returncode == 2
    assert "the agreement MoU 1 ended on 2020-01-01" in done.stderr
    assert done.stdout == ""


def test_unreadable_file_ends_with_1_and_says_why(listed):
    done = listed("match", "gone.jpg", "--lists", "mine")
    assert done.returncode == 1
    assert "not wholly read: cannot be read: No such file or directory" in done.stdout


def test_unknown_list_ends_with_2(listed):
    done = listed("match", "known.png", "--lists", "none")
    assert done.returncode == 2
    assert "there is no such list" in done.stderr
