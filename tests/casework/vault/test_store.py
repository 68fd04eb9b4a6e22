from io import BytesIO

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from kavalan.casework import keys
from kavalan.casework.errors import RefusedError
from kavalan.casework.keys import LockedError
from kavalan.casework.vault.store import put, put_printed, vault
from kavalan.casework.workspace import vault_of
from kavalan.vault import create_vault

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def media_free(test_keys, workspace):
    _, opened = test_keys
    create_vault(vault_of(workspace), opened.vault, media_free=True)
    keys.hold(opened)
    yield
    keys.hold(None)


def test_what_is_put_is_read_again(unlocked):
    stored = put(BytesIO(b"as the court gave it"))
    with vault().open(stored.name) as reader:
        assert reader.read() == b"as the court gave it"


def test_vault_is_opened_once_for_the_same_keys(unlocked):
    assert vault() is vault()


def test_nothing_is_put_while_the_keys_are_locked(workspace):
    with pytest.raises(LockedError, match="kavalan serve"):
        put(BytesIO(b"a paper"))


def test_workspace_without_a_vault_is_said_to_have_none(test_keys, workspace):
    keys.hold(test_keys[1])
    try:
        with pytest.raises(RefusedError, match="is not a vault"):
            put(BytesIO(b"a paper"))
    finally:
        keys.hold(None)


def test_nothing_is_put_within_a_transaction(people, unlocked):
    with transaction.atomic(), pytest.raises(TransactionManagementError):
        put(BytesIO(b"a paper"))


def test_media_free_workspace_takes_plain_text(media_free):
    assert put(BytesIO("ഒരു രേഖ\n".encode())).new


@pytest.mark.parametrize("data", [PDF, b"PK\x03\x04docx", b"text first\n" * 9000 + b"\xff\xd8\xff\xe0", b"a\x00b"])
def test_media_free_workspace_refuses_what_could_hold_a_picture(media_free, data):
    with pytest.raises(RefusedError, match="plain text alone"):
        put(BytesIO(data))
    assert list(vault().names()) == []


def test_media_free_workspace_keeps_what_the_desk_printed(media_free):
    assert put_printed(BytesIO(PDF)).new


def test_media_free_workspace_keeps_no_printed_picture(media_free):
    with pytest.raises(RefusedError, match="may not hold pictures"):
        put_printed(BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"))
