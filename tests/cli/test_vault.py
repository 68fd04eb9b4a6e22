import io
import re
from datetime import UTC, datetime

import pytest
import typer
from typer.testing import CliRunner

from kavalan.cli.main import app
from kavalan.vault import Ceremony, Vault, change_passphrase, unlock
from kavalan.vault.age import Identity

PASSPHRASE = "four words of a passphrase"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """scrypt at its least: what is tested is the conversation."""
    for function in (Ceremony.found, change_passphrase):
        monkeypatch.setattr(function, "__defaults__", (4,))


@pytest.fixture
def run(tmp_path):
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")

    def call(*arguments, given=None):
        options = [] if given is not None else ["--passphrase-file", str(tmp_path / "passphrase")]
        return CliRunner().invoke(app, ["vault", *map(str, arguments), *options], input=given)

    return call


@pytest.fixture
def home(tmp_path, run):
    (tmp_path / "recovery").write_text(f"# created by hand\n{Identity.generate().text}\n")
    done = run("new", tmp_path / "home", "--recovery", tmp_path / "recovery")
    assert done.exit_code == 0, done.output
    return tmp_path / "home"


def opened(home):
    return Vault(home / "vault", unlock(home / "keys", PASSPHRASE.encode()), lambda: datetime.now(UTC))


def test_recovery_key_is_printed_typed_back_and_then_the_vault_is_there(tmp_path, monkeypatch):
    shown = []

    def typed(text, **_):
        return shown[-1] if text.startswith("Type it back") else PASSPHRASE

    real = typer.echo

    def echo(text=None, **more):
        shown.extend(re.findall("AGE-SECRET-KEY-1[0-9A-Z]+", str(text)))
        real(text, **more)

    monkeypatch.setattr(typer, "prompt", typed)
    monkeypatch.setattr(typer, "echo", echo)
    done = CliRunner().invoke(app, ["vault", "new", str(tmp_path / "home")])
    assert done.exit_code == 0, done.output
    assert len(shown) == 1
    assert opened(tmp_path / "home")


def test_recovery_key_that_is_not_typed_back_founds_nothing(tmp_path):
    done = CliRunner().invoke(app, ["vault", "new", str(tmp_path / "home")], input="nonsense\n" * 5)
    assert done.exit_code == 2
    assert len(re.findall("look at the slip", done.output)) == 5
    assert not (tmp_path / "home").exists()


def test_keygen_prints_a_key():
    done = CliRunner().invoke(app, ["vault", "keygen"])
    assert Identity.parse(done.output)


def test_sound_vault_verifies(home, run):
    opened(home).put(io.BytesIO(b"text"))
    done = run("verify", home)
    assert done.exit_code == 0
    assert "4 bytes read of 4 in 1 blobs" in done.output
    assert "All verified since 20" in done.output


def test_fault_is_named_and_ends_with_one(home, run):
    vault = opened(home)
    name = vault.put(io.BytesIO(b"text")).name
    vault.blobs.path(name).unlink()
    done = run("verify", home, "--budget", "1")
    assert done.exit_code == 1
    assert f"{name}: is missing" in done.output


def test_wrong_passphrase_ends_with_two(home, run):
    done = run("verify", home, given="something else\n")
    assert done.exit_code == 2
    assert "not that of these keys" in done.output


def test_passphrase_is_changed(home, run, tmp_path):
    (tmp_path / "new").write_text("another four words\n")
    assert run("passphrase", home, "--new-file", tmp_path / "new").exit_code == 0
    assert run("verify", home).exit_code == 2
    assert run("verify", home, given="another four words\n").exit_code == 0


def test_media_free_vault_is_founded_and_verified(tmp_path, run, home):
    done = run("new", tmp_path / "clean", "--recovery", tmp_path / "recovery", "--media-free")
    assert done.exit_code == 0
    assert run("verify", tmp_path / "clean").exit_code == 0


def test_file_without_a_recovery_key_is_refused(tmp_path, run):
    (tmp_path / "empty").touch()
    done = run("new", tmp_path / "home", "--recovery", tmp_path / "empty")
    assert done.exit_code == 2
    assert "not a secret key" in done.output
