"""What leaves the desk to be checked elsewhere, checked as a stranger would."""

import subprocess
import sys
from datetime import timedelta

import pytest

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.ledger.proofs import VERIFIER, export, last_checkpoint, prove
from kavalan.ledger import ToldPayload

from ..conftest import NOW


@pytest.fixture
def keys(signing):
    return trusted_keys(signing.workspace)


def check(program, *arguments):
    """With a bare Python: no packages, no environment."""
    command = [sys.executable, "-I", "-S", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={})


def test_every_entry_can_be_proved_alone(signing, keys, tmp_path):
    size = signing.checkpoint().checkpoint.size
    export(tmp_path / "export", keys)
    for number in (1, 2, size // 2, size):
        path = tmp_path / f"{number}.json"
        path.write_bytes(prove(number, keys).text)
        done = check(tmp_path / "export" / VERIFIER, path, "--key", keys[0].fingerprint)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Entry {number}, one of {size}" in done.stdout


def test_proof_tells_what_was_said_only_if_it_is_given(signing, keys, tmp_path):
    signing.checkpoint()
    entry = LedgerEntry.objects.get(number=2)
    kept = LedgerPayload.objects.get(digest=entry.payload)
    proof = prove(2, keys, ToldPayload(kept.text, bytes(kept.salt).hex()))
    assert kept.text not in prove(2, keys).text.decode()
    export(tmp_path / "export", keys)
    (tmp_path / "told.json").write_bytes(proof.text)
    done = check(tmp_path / "export" / VERIFIER, tmp_path / "told.json", "--key", keys[0].fingerprint)
    assert done.returncode == 0
    assert "What was said with it: " in done.stdout


def test_payload_of_another_entry_is_not_told(signing, keys):
    signing.checkpoint()
    kept = LedgerPayload.objects.get(digest=LedgerEntry.objects.get(number=1).payload)
    with pytest.raises(RefusedError, match="Entry 2 is not what"):
        prove(2, keys, ToldPayload(kept.text, bytes(kept.salt).hex()))


def test_entry_after_the_last_checkpoint_must_wait(signing, keys, people):
    size = signing.checkpoint().checkpoint.size
    found_unit(people.alice, NOW + timedelta(hours=1), name="Third")
    with pytest.raises(RefusedError, match="Make one first"):
        prove(size + 1, keys)


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET verb = 'a.b' WHERE number = 3", "DELETE FROM ledger_entry"]
)
def test_altered_entry_is_not_proved(signing, keys, root, statement):
    signing.checkpoint()
    root.run(statement)
    with pytest.raises(RefusedError, match="Entry 3 is not what its checkpoint was made of"):
        prove(3, keys)


def test_whole_ledger_is_checked_elsewhere(signing, keys, people, tmp_path):
    signing.checkpoint()
    found_unit(people.alice, NOW + timedelta(hours=1), name="Third")
    signing.checkpoint()
    count = export(tmp_path / "export", keys)
    assert count == LedgerEntry.objects.count()
    done = check(tmp_path / "export" / VERIFIER, tmp_path / "export", "--key", keys[0].spoken)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{count} entries, {count} of them under a checkpoint." in done.stdout


def test_export_names_nobody(signing, keys, people, tmp_path):
    signing.checkpoint()
    export(tmp_path / "export", keys)
    written = b"".join(path.read_bytes() for path in sorted((tmp_path / "export").iterdir()))
    for word in ("Alice", "Kurian", "alice", "Coastal", "lighthouse", "W 7/2026"):
        assert word.encode() not in written


def test_altered_ledger_is_exported_as_it_is_and_found_elsewhere(signing, keys, root, tmp_path):
    signing.checkpoint()
    root.rewrite(3, verb="unit.close")
    export(tmp_path / "export", keys)
    done = check(tmp_path / "export" / VERIFIER, tmp_path / "export", "--key", keys[0].fingerprint)
    assert done.returncode == 1
    assert "has another root" in done.stdout


def test_nothing_is_written_over(signing, keys, tmp_path):
    (tmp_path / "export").mkdir()
    with pytest.raises(FileExistsError):
        export(tmp_path / "export", keys)


def test_last_checkpoint_comes_with_its_signer(signing, keys):
    note = signing.checkpoint()
    assert last_checkpoint(keys) == (note, signing.key.public)


def test_without_a_checkpoint_there_is_none_to_print(keys):
    with pytest.raises(RefusedError, match="There is no checkpoint yet"):
        last_checkpoint(keys)
