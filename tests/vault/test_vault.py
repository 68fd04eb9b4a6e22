import errno
import hashlib
import io
import os
import threading

import pytest
from tests.pictures import write_clip, write_photo
from tests.vault.conftest import CHEAP

from kavalan.vault import (
    AlteredError,
    Ceremony,
    NoKeyError,
    RefusedError,
    StorageError,
    UnknownBlobError,
    Vault,
    VaultError,
    create_vault,
)
from kavalan.vault.age import Identity, encrypt

DATA = os.urandom(200_000)


def put(vault, data=DATA, **how):
    return vault.put(io.BytesIO(data), **how)


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def overwrite(path, data):
    path.chmod(0o600)
    path.write_bytes(data)


def flip(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    overwrite(path, bytes(data))


@pytest.mark.parametrize("size", [0, 1, 4096, 65536, 65537, 200_000])
def test_what_is_put_is_read(vault, size):
    stored = put(vault, DATA[:size])
    assert (stored.size, stored.sha256, stored.new) == (size, hashlib.sha256(DATA[:size]).digest(), True)
    with vault.open(stored.name) as reader:
        assert reader.read() == DATA[:size]
    assert vault.verify(stored.name) == size
    assert list(vault.names()) == [stored.name]


def test_content_that_is_there_is_not_stored_twice(vault):
    one = put(vault)
    before = files(vault.blobs.path(one.name).parent)
    other = put(vault)
    assert (other.name, other.new) == (one.name, False)
    assert files(vault.blobs.path(one.name).parent) == before
    assert vault.find(hashlib.sha256(DATA).digest()) == one.name
    assert vault.find(bytes(32)) is None


@pytest.mark.parametrize("place", [30, 120, 5000, -1])
def test_copy_that_was_altered_is_replaced_when_its_content_comes_again(vault, place):
    stored = put(vault)
    flip(vault.blobs.path(stored.name), place)
    with pytest.raises(VaultError):
        vault.verify(stored.name)
    assert put(vault).new
    assert vault.verify(stored.name) == len(DATA)


def test_name_tells_nothing_without_the_digest_key(vault, tmp_path, clock):
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    other_keys = ceremony.found(tmp_path / "other-keys", b"another passphrase", CHEAP)
    create_vault(tmp_path / "other", other_keys)
    other = Vault(tmp_path / "other", other_keys, clock)
    names = {put(vault).name, put(other).name, hashlib.sha256(DATA).hexdigest()}
    assert len(names) == 3


def test_stock_age_opens_a_blob_with_the_unit_and_with_the_recovery_key(vault, founded, age, tmp_path):
    keys, _, recovery_key = founded
    stored = put(vault)
    for text in (keys.identity.text, recovery_key):
        (tmp_path / "id").write_text(text)
        assert age("-d", "-i", tmp_path / "id", vault.blobs.path(stored.name)) == DATA


def test_every_flipped_bit_of_a_blob_is_refused(vault):
    path = vault.blobs.path(put(vault, b"some bytes").name)
    sound = path.read_bytes()
    for place in range(len(sound)):
        overwrite(path, sound[:place] + bytes([sound[place] ^ 1 << place % 8]) + sound[place + 1 :])
        with pytest.raises(VaultError):
            vault.verify(path.stem)


def test_blob_under_the_name_of_another_is_refused_before_a_byte_is_read(vault):
    one, other = put(vault), put(vault, b"other")
    overwrite(vault.blobs.path(one.name), vault.blobs.path(other.name).read_bytes())
    with pytest.raises(AlteredError, match="under this name"):
        vault.open(one.name)


def test_blob_that_somebody_made_with_the_public_keys_is_refused(vault, keys):
    stored = put(vault)
    overwrite(vault.blobs.path(stored.name), encrypt(DATA, keys.recipients))
    with pytest.raises(AlteredError, match="not written by this vault"):
        vault.open(stored.name)


def test_blob_for_somebody_else_is_refused(vault):
    stored = put(vault)
    overwrite(vault.blobs.path(stored.name), encrypt(DATA, [Identity.generate().recipient]))
    with pytest.raises(NoKeyError):
        vault.open(stored.name)


@pytest.mark.parametrize("name", ["", "0" * 64, "../../etc/passwd", "A" * 64, "a" * 63])
def test_unknown_name_is_said_to_be_unknown(vault, name):
    for ask in (vault.open, vault.verify, vault.destroy, vault.rewrap, vault.held, vault.release):
        with pytest.raises(UnknownBlobError):
            ask(name)


def test_draft_that_is_not_kept_leaves_nothing(vault, workspace):
    before = files(workspace)
    with vault.draft() as draft:
        draft.write(DATA)
    assert files(workspace) == before


def test_full_disk_is_said_and_leaves_nothing(vault, workspace, monkeypatch):
    before = files(workspace)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StorageError, match="No space left"):
            put(vault)
    assert files(workspace) == before
    put(vault)


def test_disk_that_gives_back_other_bytes_is_found_before_the_acknowledgement(vault, workspace, monkeypatch):
    real = os.pread

    def wrong(handle, size, offset):
        data = real(handle, size, offset)
        return data[:-1] + bytes([data[-1] ^ 1]) if offset > 1000 else data

    with monkeypatch.context() as patch:
        patch.setattr(os, "pread", wrong)
        with pytest.raises(StorageError, match="other bytes"):
            put(vault)
    assert list(vault.names()) == []


def test_source_that_fails_leaves_nothing(vault, workspace):
    class Failing(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError(errno.EIO, "Input/output error")
            return super().read(1000)

    before = files(workspace)
    with pytest.raises(OSError, match="Input"):
        vault.put(Failing(DATA))
    assert files(workspace) == before


def test_rewrapped_blob_opens_with_the_new_recovery_key(vault, founded, keys, tmp_path, clock, age):
    stored = put(vault)
    offline = Identity.generate()
    changed = type(keys)(keys.identity, offline.recipient, keys.digest_key)
    again = Vault(tmp_path / "workspace" / "vault", changed, clock)
    payload = again.blobs.path(stored.name).read_bytes()[-len(DATA) :]
    again.rewrap(stored.name)
    assert again.verify(stored.name) == len(DATA)
    assert again.blobs.path(stored.name).read_bytes()[-len(DATA) :] == payload
    (tmp_path / "id").write_text(offline.text)
    assert age("-d", "-i", tmp_path / "id", again.blobs.path(stored.name)) == DATA


def test_rewrap_of_an_altered_header_is_refused_and_changes_nothing(vault):
    path = vault.blobs.path(put(vault).name)
    flip(path, 60)
    before = path.read_bytes()
    with pytest.raises(VaultError):
        vault.rewrap(path.stem)
    assert path.read_bytes() == before
    assert files(path.parents[2] / "drafts") == []


def test_keys_of_another_vault_do_not_open_it(vault, workspace, keys, clock):
    with pytest.raises(NoKeyError):
        Vault(workspace / "vault", type(keys)(keys.identity, keys.recovery, bytes(32)), clock)


def test_folder_that_is_no_vault_is_refused(tmp_path, keys, clock):
    with pytest.raises(VaultError, match="not a vault"):
        Vault(tmp_path, keys, clock)
    (tmp_path / "vault.json").write_text('{"format": "kavalan-vault-2", "media_free": false, "seal": ""}')
    with pytest.raises(VaultError, match="does not know"):
        Vault(tmp_path, keys, clock)
    with pytest.raises(VaultError, match="not empty"):
        create_vault(tmp_path, keys)


def test_threads_put_the_same_and_other_contents_at_once(vault):
    contents = [bytes([number]) * 100_000 for number in range(4)]
    found = []

    def work():
        found.extend(put(vault, data).name for data in contents)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert sorted(set(found)) == sorted(vault.names())
    assert [vault.verify(name) for name in vault.names()] == [100_000] * 4


def is_media(head):
    from kavalan.fingerprint.kinds import is_picture, is_video, kind_of

    kind = kind_of(head)
    return is_picture(kind) or is_video(kind)


@pytest.fixture
def media_free(tmp_path, keys, clock):
    create_vault(tmp_path / "clean", keys, media_free=True)
    return Vault(tmp_path / "clean", keys, clock, is_media=is_media)


@pytest.fixture
def media(tmp_path):
    write_photo(tmp_path / "photo.jpg")
    write_clip(tmp_path / "clip.mp4")
    return [tmp_path / "photo.jpg", tmp_path / "clip.mp4"]


def put_in_pieces(vault, data, size):
    with vault.draft() as draft:
        for at in range(0, len(data), size):
            draft.write(data[at : at + size])
        vault.keep(draft)


def test_media_free_vault_takes_text_and_no_picture_and_no_video(media_free, media):
    before = files(media_free.blobs.path("0" * 64).parents[2])
    for path in media:
        for piece in (1, 1000, 4096, 1 << 20):
            with pytest.raises(RefusedError, match="pictures or videos"):
                put_in_pieces(media_free, path.read_bytes(), piece)
        with pytest.raises(RefusedError):
            media_free.hold(os.fsencode(path))
    assert files(media_free.blobs.path("0" * 64).parents[2]) == before
    for text in (b"", b"a report", b"a report\n" * 10_000):
        assert media_free.verify(put(media_free, text).name) == len(text)


def test_no_byte_of_a_refused_picture_reaches_the_disk(media_free, media, monkeypatch):
    written = []
    real = os.write

    def watched(handle, data):
        written.append(len(data))
        return real(handle, data)

    monkeypatch.setattr(os, "write", watched)
    with pytest.raises(RefusedError), media[0].open("rb") as file:
        media_free.put(file)
    assert sum(written) < 1000


def test_media_free_vault_does_not_open_without_what_tells_media(tmp_path, keys, clock, media_free):
    with pytest.raises(RefusedError, match="media-free"):
        Vault(tmp_path / "clean", keys, clock)
    assert media_free.media_free


def test_vault_cannot_be_made_to_forget_that_it_is_media_free(tmp_path, keys, clock, media_free):
    path = tmp_path / "clean" / "vault.json"
    path.write_text(path.read_text().replace("true", "false"))
    with pytest.raises(NoKeyError, match="altered"):
        Vault(tmp_path / "clean", keys, clock)
