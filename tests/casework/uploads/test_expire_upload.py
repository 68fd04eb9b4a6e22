"""What nobody goes on with, and what is of no more use in the vault."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kavalan.casework.errors import RefusedError
from kavalan.casework.uploads.models import Standing, Upload
from kavalan.casework.uploads.services import expire_upload
from kavalan.casework.uploads.sweeping import sweep_uploads
from kavalan.casework.vault.store import vault

from .conftest import content, work

STRAY = "f" * 32


def test_upload_is_given_up_after_its_days_and_removed(sender, last_entry):
    address = sender.begun(200_000)
    sender.send(address, 0, content(100_000))
    now = timezone.now()
    assert sweep_uploads(now + timedelta(days=6)) is None
    assert sender.offset(address) == 100_000
    sweep_uploads(now + timedelta(days=8))
    assert (sender.ask("HEAD", address).status_code, last_entry()[0].verb) == (410, "upload.expire")
    assert vault().parts.numbers() == set()


def test_upload_with_which_somebody_went_on_since_is_not_given_up(upload):
    now = timezone.now()
    with pytest.raises(RefusedError):
        expire_upload(None, now, upload=upload, before=now - timedelta(days=7))
    assert Upload.objects.get().standing == Standing.COMING


def test_what_came_stays_until_the_vault_has_it_in_its_place(sender):
    sender.send(sender.begun(3), 0, b"abc")
    sweep_uploads(timezone.now())
    assert len(vault().parts.numbers()) == 1
    work()
    sweep_uploads(timezone.now())
    assert vault().parts.numbers() == set()


def test_what_belongs_to_no_upload_is_removed(unlocked, people):
    with vault().parts.open(STRAY) as part:
        part.save()
    sweep_uploads(timezone.now())
    assert vault().parts.numbers() == set()


def test_without_keys_nothing_is_swept_and_it_says_so(people):
    assert "not swept" in sweep_uploads(timezone.now())
