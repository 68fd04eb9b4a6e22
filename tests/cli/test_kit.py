"""`kavalan kit`: questions, sentences and exit codes; the kit itself is tested with `kavalan.scan.kit`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.lists.invented import agreement, entry, face, load

from kavalan.lists import Catalogue
from kavalan.scan import kit as engine
from kavalan.scan.kit import Kit
from kavalan.scan.manifest import FileFacts


@pytest.fixture
def made(monkeypatch):
    """Making is recorded instead of done: it copies some hundreds of megabytes."""
    calls = []

    def make_kit(root, **asked):
        calls.append((root, asked["lists"], asked["key"]))
        files = {"kavalan": FileFacts(3 << 20, "00" * 32)}
        return Kit(
            made="2026-11-21T10:00:00.000000Z",
            kavalan="0.1.0",
            python="3.11.7",
            machine="x86_64",
            c_library=36,
            packages={},
            lists=(),
            signer=None,
            files=files,
        )

    monkeypatch.setattr(engine, "make_kit", make_kit)
    monkeypatch.setattr(engine, "try_kit", lambda _: None)
    return calls


@pytest.fixture
def listed(tmp_path):
    """One list under an agreement and one that needs none."""
    catalogue = Catalogue(tmp_path / "lists", lambda: datetime.now(UTC))
    load(catalogue, [entry(1)], face("partner", agreement=agreement()))
    load(catalogue, [entry(1)], face("own"))


def test_size_and_missing_signature_are_said(kavalan, made):
    done = kavalan("kit", "make", "stick")
    assert done.returncode == 0
    assert "3 MiB in 1 files, UNSIGNED" in done.stdout
    assert "GNU C library 2.36" in done.stdout


@pytest.mark.parametrize(("answer", "code", "copied"), [("y\n", 0, 1), ("n\n", 1, 0), ("\n", 1, 0)])
def test_a_list_under_an_agreement_is_copied_only_when_a_person_says_it_may(
    kavalan, made, listed, answer, code, copied
):
    done = kavalan("kit", "make", "stick", "--lists", "partner", answer=answer)
    assert (done.returncode, len(made)) == (code, copied)
    assert "does MoU 12/2026" in done.stderr


@pytest.mark.parametrize("arguments", [("--lists", "own"), ("--lists", "partner", "--yes")])
def test_nothing_is_asked_where_nothing_is_to_be_asked(kavalan, made, listed, arguments):
    done = kavalan("kit", "make", "stick", *arguments)
    assert done.returncode == 0
    assert made[0][1] == [arguments[1]]


def test_a_list_that_is_not_there_ends_with_2(kavalan, made, listed):
    done = kavalan("kit", "make", "stick", "--lists", "other")
    assert done.returncode == 2
    assert "there is no such list" in done.stderr


def test_a_kit_that_does_not_run_from_there_ends_with_1_and_the_reason(kavalan, made, monkeypatch):
    monkeypatch.setattr(engine, "try_kit", lambda _: "mounted noexec")
    done = kavalan("kit", "make", "stick")
    assert done.returncode == 1
    assert "mounted noexec" in done.stderr


def test_a_folder_with_something_in_it_is_left_alone(kavalan, tmp_path):
    (tmp_path / "mine").touch()
    done = kavalan("kit", "make", tmp_path)
    assert done.returncode == 2
    assert "not an empty folder" in done.stderr


def test_what_is_no_kit_ends_with_2(kavalan):
    done = kavalan("kit", "verify", ".")
    assert done.returncode == 2
    assert "kit.json" in done.stderr
