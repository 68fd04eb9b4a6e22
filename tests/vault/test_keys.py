import io
import shutil
import subprocess

import pytest
from tests.vault.conftest import CHEAP, PASSPHRASE

from kavalan.vault import (
    Ceremony,
    KeyTextError,
    NoKeyError,
    UnprovedError,
    VaultError,
    WeakPassphraseError,
    WrongPassphraseError,
    change_passphrase,
    recover,
    unlock,
)
from kavalan.vault.age import Identity, decrypt, encrypt

OTHER = b"another long passphrase"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


@pytest.fixture
def proved():
    ceremony = Ceremony()
    recovery_key = ceremony.recovery_key
    ceremony.prove(recovery_key)
    return ceremony, recovery_key


def test_nothing_is_written_before_the_recovery_key_was_proved(folder):
    with pytest.raises(UnprovedError, match="nobody has typed"):
        Ceremony().found(folder, PASSPHRASE, CHEAP)
    assert not folder.exists()


def test_recovery_key_typed_in_lower_case_and_groups_proves(folder):
    ceremony = Ceremony()
    text = ceremony.recovery_key.lower()
    ceremony.prove(" ".join(text[at : at + 4] for at in range(0, len(text), 4)) + "\n")
    assert ceremony.recovery_key is None
    assert ceremony.found(folder, PASSPHRASE, CHEAP) == unlock(folder, PASSPHRASE)


def test_mistyped_recovery_key_is_told_from_another_one():
    ceremony = Ceremony()
    text = ceremony.recovery_key
    with pytest.raises(UnprovedError, match="mistyped"):
        ceremony.prove(text[:-1] + ("Q" if text[-1] != "Q" else "P"))
    with pytest.raises(UnprovedError, match="another one"):
        ceremony.prove(Identity.generate().text)
    with pytest.raises(UnprovedError):
        ceremony.prove("")
    ceremony.prove(text)


def test_recovery_key_made_elsewhere_is_proved_by_the_challenge(folder):
    offline = Identity.generate()
    ceremony = Ceremony(offline.recipient)
    assert ceremony.recovery_key is None
    with pytest.raises(UnprovedError):
        ceremony.prove("0" * 20)
    ceremony.prove(decrypt(ceremony.challenge, offline, "challenge").decode())
    assert ceremony.found(folder, PASSPHRASE, CHEAP).recovery == offline.recipient


def test_wrong_passphrase_is_said_to_be_wrong(founded):
    with pytest.raises(WrongPassphraseError, match="passphrase is not that of these keys"):
        unlock(founded[1], OTHER)


def test_short_passphrase_is_refused(folder, proved):
    with pytest.raises(WeakPassphraseError):
        proved[0].found(folder, b"short", CHEAP)
    assert list(folder.glob("*")) == []


def test_keys_are_never_overwritten(founded):
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    with pytest.raises(VaultError, match="not overwritten"):
        ceremony.found(founded[1], OTHER, CHEAP)


def test_changed_passphrase_opens_the_same_keys(folder, proved):
    keys = proved[0].found(folder, PASSPHRASE, CHEAP)
    change_passphrase(folder, PASSPHRASE, OTHER, CHEAP)
    assert unlock(folder, OTHER) == keys
    with pytest.raises(WrongPassphraseError):
        unlock(folder, PASSPHRASE)


def test_change_of_passphrase_needs_the_former_one(folder, proved):
    keys = proved[0].found(folder, PASSPHRASE, CHEAP)
    with pytest.raises(WrongPassphraseError):
        change_passphrase(folder, OTHER, OTHER, CHEAP)
    with pytest.raises(WeakPassphraseError):
        change_passphrase(folder, PASSPHRASE, b"short", CHEAP)
    assert unlock(folder, PASSPHRASE) == keys


def test_recovery_key_opens_the_keys_of_a_lost_passphrase(folder, proved):
    ceremony, recovery_key = proved
    keys = ceremony.found(folder, PASSPHRASE, CHEAP)
    assert recover(folder, recovery_key.lower(), OTHER, CHEAP) == keys
    assert unlock(folder, OTHER) == keys


def test_another_recovery_key_opens_nothing(folder, proved):
    proved[0].found(folder, PASSPHRASE, CHEAP)
    with pytest.raises(NoKeyError):
        recover(folder, Identity.generate().text, OTHER, CHEAP)
    with pytest.raises(KeyTextError):
        recover(folder, "hallo", OTHER, CHEAP)
    unlock(folder, PASSPHRASE)


def test_lost_recovery_key_is_replaced(folder, proved):
    ceremony, lost = proved
    keys = ceremony.found(folder, PASSPHRASE, CHEAP)
    second = Ceremony()
    with pytest.raises(UnprovedError):
        second.replace(folder, PASSPHRASE, CHEAP)
    text = second.recovery_key
    second.prove(text)
    changed = second.replace(folder, PASSPHRASE, CHEAP)
    assert (changed.identity, changed.digest_key) == (keys.identity, keys.digest_key)
    assert recover(folder, text, OTHER, CHEAP) == changed
    with pytest.raises(NoKeyError):
        recover(folder, lost, OTHER, CHEAP)


def test_secrets_lie_nowhere_in_clear_and_not_in_the_representation(founded):
    keys, folder, recovery_key = founded
    secrets = [keys.identity.text.encode(), keys.digest_key, keys.digest_key.hex().encode(), recovery_key.encode()]
    secrets += [keys.recovery.text.encode()]
    for path in folder.iterdir():
        assert not any(secret in path.read_bytes() for secret in secrets)
        assert path.stat().st_mode & 0o077 == 0
    assert repr(keys) == "Keys()"


def test_missing_keys_are_named(tmp_path):
    with pytest.raises(VaultError, match=r"unit\.age: is not there"):
        unlock(tmp_path, PASSPHRASE)


def test_every_altered_byte_of_the_keys_is_refused(folder, proved):
    proved[0].found(folder, PASSPHRASE, 1)
    sound = (folder / "unit.age").read_bytes()
    for place in range(len(sound)):
        wrong = bytearray(sound)
        wrong[place] ^= 0x20
        (folder / "unit.age").write_bytes(bytes(wrong))
        with pytest.raises(VaultError):
            unlock(folder, PASSPHRASE)


def test_file_that_holds_something_else_is_no_key_file(folder, proved):
    keys = proved[0].found(folder, PASSPHRASE, CHEAP)
    (folder / "recovery.age").write_bytes(encrypt(b"hallo", [keys.recovery]))
    with pytest.raises(VaultError, match="no keys"):
        recover(folder, proved[1], OTHER, CHEAP)


def test_pyrage_reads_the_wrapped_keys_as_an_identity_file(founded, pyrage):
    keys, folder, recovery_key = founded
    text = pyrage.passphrase.decrypt((folder / "unit.age").read_bytes(), PASSPHRASE.decode())
    assert text.decode().splitlines()[-1] == keys.identity.text
    own = pyrage.x25519.Identity.from_str(recovery_key)
    assert pyrage.decrypt((folder / "recovery.age").read_bytes(), [own]) == text


def test_stock_age_opens_the_wrapped_keys_with_the_passphrase_and_with_them_a_blob(founded, vault, age, tmp_path):
    age("--version")
    if shutil.which("script") is None:
        pytest.skip("needs script, a terminal for age to ask in")
    stored = vault.put(io.BytesIO(b"text"))
    command = f"age -d -o {tmp_path}/id {founded[1]}/unit.age"
    subprocess.run(["script", "-qec", command, "/dev/null"], input=PASSPHRASE + b"\n", check=True, timeout=60)
    assert age("-d", "-i", tmp_path / "id", vault.blobs.path(stored.name)) == b"text"


def test_keyed_digests_differ_by_purpose_and_key(keys):
    other = type(keys)(keys.identity, keys.recovery, bytes(32))
    assert len({keys.keyed(b"one", b"x"), keys.keyed(b"two", b"x"), other.keyed(b"one", b"x")}) == 3
