"""Signatures beside files, and OpenSSL as the other reader."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess

import pytest

from kavalan.ledger import new_key, open_key, read_public
from kavalan.scan.manifest import SignatureError, checked_signature, signature_text

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


def test_the_public_key_is_found_in_its_own_file_and_in_a_signature(key, tmp_path):
    (tmp_path / "unit.pub").write_text(key.public.pem)
    (tmp_path / "x.sig").write_bytes(signature_text(key, b"x"))
    assert read_public(tmp_path / "unit.pub") == read_public(tmp_path / "x.sig") == key.public


@pytest.mark.parametrize(("data", "code"), [(b"what was signed", 0), (b"what was sigmed", 1)])
def test_openssl_judges_a_signature_alike(key, tmp_path, openssl, data, code):
    sig = tmp_path / "x.sig"
    sig.write_bytes(signature_text(key, b"what was signed"))
    (tmp_path / "x").write_bytes(data)
    raw = base64.b64decode(re.search(r"^Signature: (.*)$", sig.read_text(), re.MULTILINE)[1])
    (tmp_path / "x.raw").write_bytes(raw)
    asked = ("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", sig, "-in", tmp_path / "x", "-sigfile")
    assert openssl(*asked, tmp_path / "x.raw").returncode == code


def test_a_signature_names_its_signer(key, tmp_path):
    (tmp_path / "x.sig").write_bytes(signature_text(key, b"x"))
    assert checked_signature(tmp_path / "x.sig", b"x") == key.public
    with pytest.raises(SignatureError, match="not over these bytes"):
        checked_signature(tmp_path / "x.sig", b"y")


def test_every_change_of_a_signatures_file_is_noticed(key, tmp_path):
    good = signature_text(key, b"x")
    for place in range(len(good)):
        (tmp_path / "x.sig").write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        with pytest.raises(SignatureError):
            checked_signature(tmp_path / "x.sig", b"x")
