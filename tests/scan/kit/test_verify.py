"""Whatever is altered on a stick is named. A small folder stands in for the kit, recorded as `make_kit` does."""

from __future__ import annotations

import msgspec
import pytest

from kavalan.scan.kit import Kit, verify_kit
from kavalan.scan.kit.make import ASIDE, KIT, SIGNATURE
from kavalan.scan.manifest import MalformedError, canonical, new_key, open_key, replace_signed, signature_text
from kavalan.scan.manifest.files import inventory


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        new_key(folder / name, b"word")
    return [open_key(folder / name, b"word") for name in ("ours", "theirs")]


def record(root, key):
    kit = Kit(
        made="2026-11-21T10:00:00.000000Z",
        kavalan="0.1.0",
        python="3.11.7",
        machine="x86_64",
        c_library=36,
        packages={},
        lists=(),
        signer=key.public.fingerprint if key else None,
        files=inventory(root, ASIDE),
    )
    replace_signed(root / KIT, root / SIGNATURE, canonical(msgspec.to_builtins(kit)), key)


@pytest.fixture
def stick(tmp_path, keys):
    root = tmp_path / "stick"
    (root / "python/lib").mkdir(parents=True)
    (root / "kavalan").write_text("#!/bin/sh\n")
    (root / "python/lib/os.py").write_text("import sys\n")
    record(root, keys[0])
    return root


def test_a_kit_as_it_was_made_has_no_fault(stick, keys):
    verdict = verify_kit(stick, [keys[0].public])
    assert (verdict.faults, verdict.trusted) == ((), True)


def test_results_may_come_to_it(stick, keys):
    (stick / "results/phone-1").mkdir(parents=True)
    (stick / "results/phone-1/manifest.json").touch()
    assert verify_kit(stick, [keys[0].public]).faults == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda root: (root / "kavalan").write_text("#!/bin/sh\r"), "kavalan is altered: its bytes"),
        (lambda root: (root / "python/lib/os.py").unlink(), "python/lib/os.py is missing"),
        (lambda root: (root / "python/lib/ssl.py").touch(), "python/lib/ssl.py does not belong here"),
        (lambda root: (root / SIGNATURE).unlink(), "kit.sig is missing"),
        (lambda root: (root / SIGNATURE).write_text("Kavalan"), "kit.sig does not hold"),
    ],
    ids=["altered", "missing", "put in", "signature lost", "signature cut"],
)
def test_what_is_altered_is_named(stick, keys, change, fault):
    change(stick)
    (found,) = verify_kit(stick, [keys[0].public]).faults
    assert found.startswith(fault)


def test_a_kit_made_again_by_somebody_else_is_not_trusted(stick, keys):
    record(stick, keys[1])
    verdict = verify_kit(stick, [keys[0].public])
    assert (verdict.faults, verdict.trusted, verdict.signer) == ((), False, keys[1].public)


def test_somebody_elses_signature_under_our_record_is_named(stick, keys):
    (stick / SIGNATURE).write_bytes(signature_text(keys[1], (stick / KIT).read_bytes()))
    assert verify_kit(stick, [keys[1].public]).faults == ("kit.sig is by another key than the kit names",)


def test_an_unsigned_kit_has_no_signer(stick):
    record(stick, None)
    verdict = verify_kit(stick)
    assert (verdict.faults, verdict.signer, verdict.trusted) == ((), None, False)


@pytest.mark.parametrize("change", [lambda data: data[:-9], lambda data: data + b"\n", lambda _: b"{}"])
def test_a_record_that_is_none_is_refused(stick, change):
    (stick / KIT).write_bytes(change((stick / KIT).read_bytes()))
    with pytest.raises(MalformedError):
        verify_kit(stick)
