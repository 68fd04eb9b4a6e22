"""Giving an upload up."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.errors import RefusedError
from kavalan.casework.uploads.models import Standing
from kavalan.casework.uploads.services import UploadDraft, abandon_upload, begin_upload
from kavalan.casework.vault.store import vault

from .conftest import content


def test_another_officer_gives_nothing_up(people, upload):
    with pytest.raises(RefusedError):
        abandon_upload(people.bob, timezone.now(), upload=upload)


def test_reference_may_be_sent_again_afterwards(people, law, upload):
    abandon_upload(people.alice, timezone.now(), upload=upload)
    again = UploadDraft("U-1", people.compartment, b"other.zip", 10)
    assert begin_upload(people.alice, law, again, timezone.now()).standing == Standing.COMING


def test_page_gives_it_up_and_removes_what_came(sender):
    address = sender.begun(200_000)
    sender.send(address, 0, content(100_000))
    assert vault().parts.numbers() != set()
    answer = sender.client.post(f"{address}abandon/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("upload-exhibit"))
    assert vault().parts.numbers() == set()
    assert "given up" in sender.client.get(address).content.decode()
    assert sender.client.post(f"{address}abandon/").status_code == 409
