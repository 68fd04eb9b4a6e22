"""Whatever is altered in a result is named."""

from __future__ import annotations

import shutil

import pytest
from tests.scan.made import facts

from kavalan.scan.manifest import (
    MANIFEST,
    SIGNATURE,
    MalformedError,
    canonical,
    read_manifest,
    sentences,
    signature_text,
    verify,
    write_manifest,
)


def flip(path, place=0):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def test_a_result_as_it_was_made_has_no_fault(scan, key):
    verdict = verify(scan, [key.public])
    assert (verdict.faults, verdict.standing, verdict.signer) == ((), "known", key.public)


NAMES = [f"{kind}-{number:06d}.parquet" for kind in ("batch", "hits", "mentions") for number in (1, 3)]
NAMES += ["plan.json", "summary.json"]


@pytest.mark.parametrize("name", NAMES)
def test_one_altered_bit_is_named(scan, key, name):
    flip(scan / name)
    (fault,) = verify(scan, [key.public]).faults
    assert fault.startswith(f"{name} is altered")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_short_is_named(scan, key, name):
    (scan / name).write_bytes((scan / name).read_bytes()[:-1])
    (fault,) = verify(scan, [key.public]).faults
    assert fault.startswith(f"{name} is altered")


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_named(scan, key, name):
    (scan / name).unlink()
    assert verify(scan, [key.public]).faults == (f"{name} is missing",)


@pytest.mark.parametrize("name", ["batch-000004.parquet", "note.txt", "deeper/note.txt", "late.partial"])
def test_a_file_put_in_is_named(scan, key, name):
    (scan / name).parent.mkdir(exist_ok=True)
    (scan / name).write_text("more")
    assert verify(scan, [key.public]).faults == (f"{name} does not belong here",)


def test_a_link_in_place_of_a_file_is_named(scan, key, tmp_path):
    shutil.move(scan / "plan.json", tmp_path / "plan.json")
    (scan / "plan.json").symlink_to(tmp_path / "plan.json")
    assert any("plan.json" in fault for fault in verify(scan, [key.public]).faults)


def test_what_only_a_running_scan_needs_may_change(scan, key):
    (scan / "state.json").write_text("{}")
    (scan / "lock").touch()
    assert verify(scan, [key.public]).faults == ()


def test_a_changed_manifest_breaks_its_signature(scan, key):
    path = scan / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"items":7,', b'"items":6,'))
    verdict = verify(scan, [key.public])
    assert verdict.standing == "none"
    assert any("does not hold" in fault for fault in verdict.faults)


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_truncated_manifest_is_named_and_nothing_believed(scan, share):
    data = (scan / MANIFEST).read_bytes()
    (scan / MANIFEST).write_bytes(data[: int(len(data) * share)])
    with pytest.raises(MalformedError, match="only a part"):
        verify(scan)


def test_a_manifest_that_an_editor_saved_is_named(scan):
    (scan / MANIFEST).write_bytes((scan / MANIFEST).read_bytes() + b"\n")
    with pytest.raises(MalformedError, match="editor"):
        verify(scan)


def test_a_manifest_with_more_in_it_than_it_can_say_is_refused(scan):
    data = (scan / MANIFEST).read_bytes().replace(b'{"authority"', b'{"also":1,"authority"')
    (scan / MANIFEST).write_bytes(data)
    with pytest.raises(MalformedError):
        verify(scan)


def test_no_manifest_is_no_result(tmp_path):
    with pytest.raises(MalformedError, match="is this the folder of a scan"):
        verify(tmp_path)


def test_a_lost_signature_is_no_unsigned_result(scan):
    (scan / SIGNATURE).unlink()
    (fault,) = verify(scan).faults
    assert "says that it was signed" in fault


def test_somebody_elses_signature_over_the_same_manifest_is_named(scan, keys):
    (scan / SIGNATURE).write_bytes(signature_text(keys[1], (scan / MANIFEST).read_bytes()))
    (fault,) = verify(scan, [keys[1].public]).faults
    assert "another key" in fault


def test_a_result_signed_anew_by_a_foreign_key_is_not_known(scan, keys):
    write_manifest(scan, facts(3, 7), keys[1])
    verdict = verify(scan, [keys[0].public])
    assert (verdict.faults, verdict.standing, verdict.signer) == ((), "unknown", keys[1].public)
    assert keys[1].public.spoken in "\n".join(sentences(verdict))


def test_an_unsigned_result_is_said_to_be_unsigned(scan):
    write_manifest(scan, facts(3, 7), None)
    verdict = verify(scan)
    assert (verdict.faults, verdict.standing) == ((), "none")
    assert "UNSIGNED" in "\n".join(sentences(verdict))


def test_a_batch_that_the_manifest_itself_lacks_is_named(scan, key):
    (scan / "hits-000002.parquet").unlink()
    write_manifest(scan, facts(3, 7), key)
    assert verify(scan, [key.public]).faults == ("the manifest lacks hits-000002.parquet",)


def test_a_batch_beyond_the_count_is_named(scan, key):
    write_manifest(scan, facts(2, 7), key)
    assert "batch-000003.parquet is beyond its count" in verify(scan, [key.public]).faults


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "a/../../b"])
def test_a_name_that_leads_outside_is_never_opened(scan, key, name):
    import msgspec

    manifest = msgspec.to_builtins(read_manifest(scan / MANIFEST))
    manifest["files"][name] = {"size": 1, "sha256": "00" * 32}
    (scan / MANIFEST).write_bytes(canonical(manifest))
    (scan / SIGNATURE).write_bytes(signature_text(key, canonical(manifest)))
    assert verify(scan, [key.public]).faults == (f"{name} is no name that may stand here",)
