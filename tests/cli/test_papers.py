"""`kavalan paper`: from data to a file."""

import json

import msgspec
import pytest
from tests.papers.custodies import custody
from tests.papers.letters import transfer_letter, zero_fir_letter
from tests.papers.required import fonts_built

from kavalan.papers import fonts, grouped, render


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data.json").write_bytes(msgspec.json.encode(custody()))
    return tmp_path / "data.json"


@fonts_built
def test_the_paper_is_what_the_room_makes_of_the_data(kavalan, data, tmp_path):
    done = kavalan("paper", "custody", data, "--out", "paper.pdf")
    assert done.returncode == 0
    assert (tmp_path / "paper.pdf").read_bytes() == render(custody())
    assert done.stdout.splitlines() == [
        "paper.pdf: Sequence of custody, exhibit E-17/2026, 8 events",
        f"SHA-256 of its data: {grouped(custody().digest)}",
    ]


@fonts_built
def test_nothing_is_overwritten(kavalan, data, tmp_path):
    (tmp_path / "paper.pdf").write_text("mine")
    done = kavalan("paper", "custody", data, "--out", "paper.pdf")
    assert done.returncode == 2
    assert "not overwritten" in done.stderr
    assert (tmp_path / "paper.pdf").read_text() == "mine"


@fonts_built
def test_a_folder_that_is_not_there_is_named(kavalan, data):
    done = kavalan("paper", "custody", data, "--out", "nowhere/paper.pdf")
    assert done.returncode == 2
    assert "nowhere/paper.pdf" in done.stderr


def test_data_that_does_not_fit_is_named_and_leaves_no_file(kavalan, data, tmp_path):
    changed = json.loads(data.read_text()) | {"case": ""}
    data.write_text(json.dumps(changed))
    done = kavalan("paper", "custody", data, "--out", "paper.pdf")
    assert done.returncode == 2
    assert f"{data}: " in done.stderr
    assert "case" in done.stderr
    assert not (tmp_path / "paper.pdf").exists()


def test_a_file_that_is_too_large_is_not_read(kavalan, data):
    with data.open("r+b") as file:
        file.truncate(2**25)
    done = kavalan("paper", "custody", data, "--out", "paper.pdf")
    assert done.returncode == 2
    assert "more than 16777216 bytes" in done.stderr


def test_missing_fonts_are_named_with_the_cure(kavalan, data, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    done = kavalan("paper", "custody", data, "--out", "paper.pdf")
    assert done.returncode == 2
    assert "make assets" in done.stderr
    assert not (tmp_path / "paper.pdf").exists()


def test_the_list_says_what_is_reviewed(kavalan):
    done = kavalan("paper", "list")
    assert done.stdout.splitlines() == [
        "custody\tSequence of custody\tversion 2\ten (not reviewed), ml (not reviewed)",
        "labels\tLabels\tversion 1\ten (not reviewed)",
        "operation-closing\tClosing report of a search day\tversion 1\ten (not reviewed), ml (not reviewed)",
        "transfer\tReport handed over\tversion 1\ten (not reviewed), ml (not reviewed)",
        "zero-fir\tZero FIR to the station that has jurisdiction\tversion 1\ten (not reviewed), ml (not reviewed)",
    ]


@fonts_built
@pytest.mark.parametrize(
    ("name", "letter", "said"),
    [
        ("transfer", transfer_letter(), "letter.pdf: Report handed over, report R 12/2026"),
        ("zero-fir", zero_fir_letter(), "letter.pdf: Zero FIR to the station that has jurisdiction, FIR 0/7/2026"),
    ],
)
def test_letters_are_made_from_data(kavalan, tmp_path, name, letter, said):
    (tmp_path / "letter.json").write_bytes(msgspec.json.encode(letter))
    done = kavalan("paper", name, tmp_path / "letter.json", "--out", "letter.pdf")
    assert done.stdout.splitlines()[0] == said
    assert (tmp_path / "letter.pdf").read_bytes() == render(letter)
