import hashlib
import io
import os

import pytest

from kavalan.vault import UnknownBlobError, Vault, VaultError

DATA = b"to be destroyed " * 10_000


@pytest.fixture
def stored(vault):
    return vault.put(io.BytesIO(DATA))


def test_destroyed_blob_is_gone_and_its_certificate_stays(vault, stored, workspace, keys, clock):
    path = vault.blobs.path(stored.name)
    size = path.stat().st_size
    certificate = vault.destroy(stored.name)
    assert not path.exists()
    with pytest.raises(UnknownBlobError):
        vault.open(stored.name)
    assert certificate.sha256 == hashlib.sha256(DATA).digest()
    assert (certificate.name, certificate.size, certificate.file_size) == (stored.name, len(DATA), size)
    assert certificate.stored < certificate.destroyed
    assert Vault(workspace / "vault", keys, clock).certificates(stored.name) == [certificate]


def test_file_key_is_overwritten_before_the_file_is_removed(vault, stored, workspace):
    path = vault.blobs.path(stored.name)
    os.link(path, workspace / "seen")
    vault.destroy(stored.name)
    assert (workspace / "seen").read_bytes()[:4096] == bytes(4096)


def test_blob_that_cannot_be_read_is_destroyed_too_and_the_certificate_says_so(vault, stored):
    path = vault.blobs.path(stored.name)
    path.chmod(0o600)
    path.write_bytes(b"damaged")
    certificate = vault.destroy(stored.name)
    assert (certificate.sha256, certificate.size, certificate.file_size) == (None, None, 7)
    assert not path.exists()


def test_content_may_come_again_and_be_destroyed_again(vault, stored):
    first = vault.destroy(stored.name)
    assert vault.put(io.BytesIO(DATA)).new
    assert vault.verify(stored.name) == len(DATA)
    second = vault.destroy(stored.name)
    assert vault.certificates(stored.name) == [first, second]


def test_destruction_that_was_begun_is_ended_when_the_vault_is_opened(
    vault, stored, workspace, keys, clock, monkeypatch
):
    def crash(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kavalan.vault.destruction.Destroyed.remove", staticmethod(crash))
        with pytest.raises(KeyboardInterrupt):
            vault.destroy(stored.name)
    assert vault.blobs.path(stored.name).exists()
    again = Vault(workspace / "vault", keys, clock)
    assert not again.blobs.path(stored.name).exists()
    assert len(again.certificates(stored.name)) == 1
    assert again.register.standing().things == 0


def test_what_a_certificate_tells_lies_encrypted(vault, stored, workspace):
    certificate = vault.destroy(stored.name)
    for path in (workspace / "vault" / "destroyed").iterdir():
        assert certificate.sha256 not in path.read_bytes()


def test_certificate_that_is_cut_at_any_byte_is_told_and_the_others_are_given(vault, stored, workspace):
    vault.destroy(stored.name)
    other = vault.put(io.BytesIO(b"another content"))
    kept = vault.destroy(other.name)
    (path,) = (workspace / "vault" / "destroyed").glob(f"{stored.name}-*")
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        with pytest.raises(VaultError):
            vault.certificates(stored.name)
        assert vault.certificates(other.name) == [kept]


def test_no_certificate_of_what_was_never_there(vault):
    assert vault.certificates("0" * 64) == []
    with pytest.raises(UnknownBlobError):
        vault.certificates("../*")
