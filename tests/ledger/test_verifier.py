"""The verifier that stands alone: on a bare Python, and held against `cryptography`, RFC 8032 and our own tree."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.chains import chain

from kavalan.ledger import (
    GENESIS,
    Checkpoint,
    Frontier,
    Proof,
    ToldPayload,
    inclusion_proof,
    kept,
    link,
    new_key,
    open_key,
    origin_of,
    seal,
    sign,
    verifier,
    verify,
)

PROGRAM = Path(verifier.__file__)
# RFC 8032, 7.1: public key, message, and the signature's two halves, of TEST 1, 2, 3 and SHA(abc).
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589",
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "ledger.pem"
    new_key(path, b"word")
    return open_key(path, b"word")


def checkpoint(links, size, key):
    root = verify(map(kept, links[:size])).root
    return sign(Checkpoint(origin_of(links[0].hash), size, root), key)


@pytest.fixture
def exported(tmp_path, key):
    """Twelve entries with checkpoints of five and ten, as `kavalan ledger export` writes them."""
    folder, links = tmp_path / "export", chain(12)
    folder.mkdir()
    (folder / "entries.jsonl").write_bytes(b"".join(kept(one).text + b"\n" for one in links))
    notes = [checkpoint(links, size, key).text for size in (5, 10)]
    (folder / "checkpoints.txt").write_text("".join(f"{note}\n" for note in notes))
    (folder / "ledger.pub").write_text(key.public.pem)
    return folder


def bare(*arguments, python=sys.executable):
    """Run it as a stranger would: no site packages, no environment, nothing of ours in the path."""
    command = [python, "-I", "-S", str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env={})


def old_python():
    home = Path.home() / ".pyenv/versions"
    found = sorted(home.glob("3.8.*/bin/python")) + [Path(path) for path in [shutil.which("python3.8")] if path]
    return str(found[0]) if found else None


@pytest.mark.parametrize(("public", "message", "point", "number"), VECTORS)
def test_signatures_of_rfc_8032_hold(public, message, point, number):
    public, signature = bytes.fromhex(public), bytes.fromhex(point + number)
    assert verifier.signed(public, message, signature)
    assert not verifier.signed(public, message + b"x", signature)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 63), st.integers(0, 255))
def test_a_signature_is_judged_as_cryptography_judges_it(message, place, byte):
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(message))
    signature[place] ^= byte
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(signature), message)
        expected = True
    except InvalidSignature:
        expected = False
    assert verifier.signed(public, message, bytes(signature)) == expected


def test_signature_with_a_number_beyond_the_groups_order_is_refused():
    # Malleability: S + L verifies in the equation and is refused by RFC 8032, 5.1.7.
    public, message, point, number = VECTORS[1]
    beyond = int.from_bytes(bytes.fromhex(number), "little") + verifier.L
    assert not verifier.signed(bytes.fromhex(public), message, bytes.fromhex(point) + beyond.to_bytes(32, "little"))


@given(st.lists(st.binary(max_size=9), min_size=1, max_size=30), st.data())
def test_tree_and_proofs_are_those_of_the_ledger(leaves, data):
    tree, frontier = verifier.Tree(), Frontier()
    for leaf in leaves:
        tree.add(leaf)
        frontier.add(leaf)
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index, len(leaves))
    assert tree.root() == frontier.root
    assert verifier.root_of_proof(leaves[index], index, len(leaves), proof) == frontier.root


def test_whole_ledger_holds_for_whoever_knows_the_key(exported, key):
    done = bare(exported, "--key", key.public.spoken)
    assert (done.returncode, done.stderr) == (0, "")
    assert "12 entries, 10 of them under a checkpoint." in done.stdout
    assert "All holds." in done.stdout


def test_whole_ledger_holds_on_the_oldest_python_that_is_promised(exported, key):
    python = old_python()
    if python is None:
        pytest.skip("no Python 3.8 here to run it with")
    done = bare(exported, "--key", key.public.fingerprint, python=python)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_key_or_a_slip_nobody_vouches(exported):
    done = bare(exported)
    assert done.returncode == 3
    assert "compare it with a slip" in done.stdout


def test_typed_slip_vouches(exported, tmp_path):
    digits = verify(map(kept, chain(10))).root.hex()
    (tmp_path / "paper.txt").write_text("10\n" + " ".join(digits[at : at + 4] for at in range(0, 64, 4)))
    assert bare(exported, "--against", tmp_path / "paper.txt").returncode == 0
    (tmp_path / "paper.txt").write_text("11\n" + digits)
    done = bare(exported, "--against", tmp_path / "paper.txt")
    assert done.returncode == 1
    assert "has another root" in done.stdout


def test_another_key_than_the_one_that_was_heard_is_found(exported):
    done = bare(exported, "--key", "ab" * 32)
    assert done.returncode == 1
    assert "not signed by a key that is believed" in done.stdout


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines[:2] + lines[3:], "entry 4 follows entry 2"),
        (
            lambda lines: [*lines[:2], lines[2].replace(b"scan.start", b"scan.stop"), *lines[3:]],
            "entry 4 does not carry",
        ),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "entry 4 follows entry 2"),
        (lambda lines: [*lines[:2], b"garbage\xff\n", *lines[3:]], "line 3 is no entry"),
        (lambda lines: lines[:9], "knows of 1 entries that are not here"),
        (lambda lines: [], "knows of 5 entries that are not here"),
    ],
)
def test_altered_export_is_found(exported, key, change, sentence):
    path = exported / "entries.jsonl"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
    done = bare(exported, "--key", key.public.fingerprint)
    assert done.returncode == 1
    assert sentence in done.stdout


def test_export_that_was_written_anew_whole_is_found(exported, key):
    links, previous = [], GENESIS
    for one in chain(12):
        links.append(kept(link(msgspec.structs.replace(one.entry, verb="scan.stop", previous=previous))))
        previous = links[-1].hash
    (exported / "entries.jsonl").write_bytes(b"".join(one.text + b"\n" for one in links))
    done = bare(exported, "--key", key.public.fingerprint)
    assert done.returncode == 1
    assert "has another root" in done.stdout


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_changed_byte_of_the_entries_under_a_checkpoint_is_found(data):
    links = chain(6)
    lines = [kept(one).text + b"\n" for one in links]
    place = data.draw(st.integers(0, 5))
    offset = data.draw(st.integers(0, len(lines[place]) - 2))
    byte = data.draw(st.integers(1, 255))
    lines[place] = lines[place][:offset] + bytes([lines[place][offset] ^ byte]) + lines[place][offset + 1 :]
    root = verify(map(kept, links)).root
    size, roots, *_ = verifier.walk(lines, {6})
    assert (size, roots.get(6)) != (6, root)


@pytest.fixture
def proof(key):
    links, sealed = chain(12), seal({"why": "a quiet reason"})
    return Proof(
        entry=kept(links[6]).text.decode(),
        proof=tuple(node.hex() for node in inclusion_proof((one.hash for one in links), 6, 10)),
        checkpoint=checkpoint(links, 10, key).text,
        key=key.public.pem,
        payload=None,
    ), sealed


def test_one_entry_is_proved_alone(proof, key, tmp_path):
    (tmp_path / "proof.json").write_bytes(proof[0].text)
    done = bare(tmp_path / "proof.json", "--key", key.public.fingerprint)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Entry 7, one of 10: {")
    assert proof[0].holds


@pytest.mark.parametrize(("old", "new"), [("scan.start", "scan.stop"), ('"number":7', '"number":8'), ("1", "2")])
def test_changed_entry_is_not_proved(proof, key, tmp_path, old, new):
    forged = msgspec.structs.replace(proof[0], entry=proof[0].entry.replace(old, new))
    (tmp_path / "proof.json").write_bytes(forged.text)
    assert bare(tmp_path / "proof.json", "--key", key.public.fingerprint).returncode == 1
    assert not forged.holds


def test_payload_of_another_entry_is_found(proof, key, tmp_path):
    told = ToldPayload(proof[1].text, proof[1].salt.hex())
    forged = msgspec.structs.replace(proof[0], payload=told)
    (tmp_path / "proof.json").write_bytes(forged.text)
    done = bare(tmp_path / "proof.json", "--key", key.public.fingerprint)
    assert done.returncode == 1
    assert "payload is not the one" in done.stdout
    assert not forged.holds


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"key": 1}', '{"key": "", "entry": 1}', "\xff", "[" * 100_000]
)
def test_file_that_is_no_proof_ends_with_2(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content.encode("latin-1"))
    done = bare(tmp_path / "x.json")
    assert (done.returncode, done.stderr) == (2, "")


@settings(max_examples=30, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_json_makes_it_stumble(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("x") / "x.json"
    path.write_text(json.dumps({"key": "", "entry": value, "checkpoint": value, "proof": value}))
    # What `main` answers with 2; anything else would be a trace.
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        verifier.check_proof(path, [], False, [])


def test_what_a_terminal_may_not_show_is_escaped(capsys):
    verifier.say("a\x1b[31m\u202eb")
    assert capsys.readouterr().out == "a\\x1b[31m\\u202eb\n"
