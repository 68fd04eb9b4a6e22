"""Checkpoints as notes, held against the vectors of Go's sumdb/note and against notes written by hand."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.ledger import (
    Checkpoint,
    MalformedCheckpointError,
    PublicKey,
    new_key,
    notes_in,
    open_key,
    origin_of,
    parse_note,
    sign,
    typed_in,
)
from kavalan.ledger.checkpoint import key_id

ROOT = bytes(range(32))


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "ledger.pem"
    new_key(path, b"word")
    return open_key(path, b"word")


@pytest.fixture
def note(key):
    return sign(Checkpoint("kavalan-ledger/ab", 120, ROOT), key)


def test_key_id_is_that_of_gos_verifier():
    # golang.org/x/mod/sumdb/note, note_test.go: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".
    key = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert key_id("PeterNeumann", PublicKey(key)).hex() == "c74f20a3"


def test_signature_of_gos_vector_is_read_alike():
    # The same file's text and signature: what follows the key's number is Ed25519 over text and line end.
    key = PublicKey(base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:])
    text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    value = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert value[:4] == key_id("PeterNeumann", key)
    assert key.signed(value[4:], text)


def test_note_is_the_text_of_the_specification(key, note):
    head = f"kavalan-ledger/ab\n120\n{base64.b64encode(ROOT).decode()}\n"
    number = hashlib.sha256(b"kavalan-ledger/ab\n\x01" + key.public.raw).digest()[:4]
    value = base64.b64encode(number + key.sign(head.encode())).decode()
    assert note.text == f"{head}\n— kavalan-ledger/ab {value}\n"


def test_example_of_the_specification_is_read():
    # c2sp.org/tlog-checkpoint.
    note = parse_note(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE"
        "+xeMcTOAYQ8=\n"
    )
    assert (note.checkpoint.origin, note.checkpoint.size) == ("example.com/behind-the-sofa", 20852163)


def test_signer_is_the_key_that_signed_and_no_other(key, note, tmp_path):
    other = new_key(tmp_path / "other.pem", b"word")
    assert parse_note(note.text).signer([other, key.public]) == key.public
    assert note.signer([other]) is None


def test_further_signatures_are_passed_over(key, note):
    witness = "— witness.example/w " + base64.b64encode(bytes(76)).decode() + "\n"
    assert parse_note(note.text.replace("\n— ", f"\n{witness}— ", 1)).signer([key.public]) == key.public


@given(st.data())
def test_no_changed_note_is_signed(key, data):
    note = sign(Checkpoint("kavalan-ledger/ab", 120, ROOT), key)
    place = data.draw(st.integers(0, len(note.text) - 1))
    letter = data.draw(st.characters(min_codepoint=32, max_codepoint=126).filter(lambda one: one != note.text[place]))
    try:
        changed = parse_note(note.text[:place] + letter + note.text[place + 1 :])
    except MalformedCheckpointError:
        return
    assert changed.signer([key.public]) is None


@given(st.text())
def test_any_text_is_read_or_refused(text):
    assert notes_in(text) == ([], [text.strip()] if text.strip() else [])
    with pytest.raises(MalformedCheckpointError):
        parse_note(text)


def test_notes_are_found_among_other_text(key):
    one, two = (sign(Checkpoint("kavalan-ledger/ab", size, ROOT), key) for size in (1, 2))
    assert notes_in(f"<p>Checkpoint</p>\n<pre>\n{one.text}</pre>\n{two.text}end") == (
        [one, two],
        ["<p>Checkpoint</p>\n<pre>", "</pre>", "end"],
    )


def test_origin_is_the_first_entrys():
    assert origin_of(bytes(range(32))) == "kavalan-ledger/000102030405060708090a0b0c0d0e0f"


@pytest.mark.parametrize("groups", [4, 8, 64])
def test_size_and_root_are_read_as_they_are_typed(groups):
    digits = ROOT.hex().upper()
    text = "\n".join(digits[first : first + groups] for first in range(0, 64, groups))
    assert typed_in(f" 120 \n{text}\n") == (120, ROOT)


@pytest.mark.parametrize("text", ["", "120", "120 " + "0" * 63, "x " + "0" * 64, "120 " + "0" * 65])
def test_what_is_no_size_and_root_is_none(text):
    assert typed_in(text) is None
