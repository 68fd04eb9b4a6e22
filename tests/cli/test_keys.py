"""`kavalan keys`: a key is made once, and its fingerprint can be read out."""

from __future__ import annotations

import stat

import pytest

from kavalan.scan.manifest import open_key, read_public


@pytest.fixture
def word(tmp_path):
    (tmp_path / "word").write_text("correct horse\n")
    return tmp_path / "word"


def test_a_key_is_made_with_its_public_half(kavalan, word, tmp_path):
    done = kavalan("keys", "new", "unit.key", "--passphrase-file", word)
    assert done.returncode == 0
    key = open_key(tmp_path / "unit.key", b"correct horse").public
    assert read_public(tmp_path / "unit.key.pub") == key
    assert key.spoken in done.stdout
    assert stat.S_IMODE((tmp_path / "unit.key").stat().st_mode) == 0o600


def test_the_passphrase_is_asked_for_twice(kavalan, tmp_path):
    assert kavalan("keys", "new", "unit.key", answer="one\none\n").returncode == 0
    open_key(tmp_path / "unit.key", b"one")


def test_a_slip_of_the_finger_is_noticed(kavalan, tmp_path):
    assert kavalan("keys", "new", "unit.key", answer="one\ntwo\n").returncode != 0
    assert not (tmp_path / "unit.key").exists()


@pytest.mark.parametrize("name", ["unit.key", "unit.key.pub"])
def test_what_is_there_is_not_overwritten(kavalan, word, tmp_path, name):
    (tmp_path / name).write_text("mine")
    done = kavalan("keys", "new", "unit.key", "--passphrase-file", word)
    assert done.returncode == 2
    assert "not overwritten" in done.stderr
    assert [path.name for path in tmp_path.glob("unit*")] == [name]


def test_show_prints_fingerprint_and_public_key_of_any_of_its_files(kavalan, word, tmp_path):
    kavalan("keys", "new", "unit.key", "--passphrase-file", word)
    shown = [kavalan("keys", "show", name, "--passphrase-file", word).stdout for name in ("unit.key", "unit.key.pub")]
    key = read_public(tmp_path / "unit.key.pub")
    assert shown[0] == shown[1] == f"Fingerprint, SHA-256:\n{key.spoken}\n{key.pem}"


def test_the_passphrase_may_lie_where_the_environment_says(kavalan, word, monkeypatch):
    kavalan("keys", "new", "unit.key", "--passphrase-file", word)
    monkeypatch.setenv("KAVALAN_PASSPHRASE_FILE", str(word))
    assert kavalan("keys", "show", "unit.key").returncode == 0


@pytest.mark.parametrize("content", ["nothing", "-----BEGIN PRIVATE KEY-----\n"])
def test_a_file_without_a_key_ends_with_2_and_its_name(kavalan, word, tmp_path, content):
    (tmp_path / "x").write_text(content)
    done = kavalan("keys", "show", "x", "--passphrase-file", word)
    assert done.returncode == 2
    assert done.stderr.startswith("kavalan: x: ")


def test_a_missing_passphrase_file_is_named(kavalan):
    done = kavalan("keys", "new", "unit.key", "--passphrase-file", "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
