"""Keys: RFC 8032's vectors, and OpenSSL as the other reader."""

from __future__ import annotations

import hashlib
import shutil
import stat
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from kavalan.ledger import KeyFileError, PublicKey, new_key, open_key, read_public

WORD = b"correct horse"


@pytest.fixture
def file(tmp_path):
    new_key(tmp_path / "unit.key", WORD)
    return tmp_path / "unit.key"


@pytest.fixture
def key(file):
    return open_key(file, WORD)


@pytest.fixture
def openssl():
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl here to check signatures with")
    return lambda *arguments: subprocess.run([program, *map(str, arguments)], capture_output=True, check=False)


def test_signature_of_rfc_8032_holds():
    # RFC 8032, 7.1, TEST 2.
    public = PublicKey(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert public.signed(signature, b"\x72")
    assert not public.signed(signature, b"\x73")


def test_key_file_is_its_owners_alone_and_locked(file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()


def test_a_key_is_never_overwritten(file):
    before = file.read_bytes()
    with pytest.raises(KeyFileError, match="not overwritten"):
        new_key(file, WORD)
    assert file.read_bytes() == before


def test_a_key_without_a_passphrase_is_not_made(tmp_path):
    with pytest.raises(KeyFileError, match="passphrase"):
        new_key(tmp_path / "open.key", b"")


@pytest.mark.parametrize("word", [b"wrong horse", b""])
def test_another_passphrase_does_not_open_a_key(file, word):
    with pytest.raises(KeyFileError):
        open_key(file, word)


def test_a_key_of_another_kind_is_named(tmp_path):
    pem = generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "other.key").write_bytes(pem)
    with pytest.raises(KeyFileError, match="another kind"):
        open_key(tmp_path / "other.key", b"")


@pytest.mark.parametrize("content", [b"", b"nothing", b"x" * 20_000])
def test_a_file_without_a_public_key_is_named(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(KeyFileError, match="x:"):
        read_public(tmp_path / "x")


def test_openssl_gives_the_same_fingerprint(key, tmp_path, openssl):
    (tmp_path / "unit.pub").write_text(key.public.pem)
    done = openssl("pkey", "-pubin", "-in", tmp_path / "unit.pub", "-outform", "DER")
    assert hashlib.sha256(done.stdout).hexdigest() == key.public.fingerprint
    assert key.public.spoken.replace(" ", "").replace("\n", "") == key.public.fingerprint


def test_openssl_opens_the_key_file(file, openssl):
    done = openssl("pkey", "-in", file, "-passin", f"pass:{WORD.decode()}", "-pubout")
    assert done.stdout.decode() == open_key(file, WORD).public.pem
