"""Beginning an upload."""

import pytest
from django.utils import timezone

from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.uploads.services import UploadDraft, begin_upload

DRAFT = {"name": b"phone.zip", "size": 10, "description": "a telephone"}


def test_it_says_in_the_ledger_what_will_come(people, law, unlocked, last_entry):
    draft = UploadDraft("U-1", people.compartment, **DRAFT)
    upload = begin_upload(people.alice, law, draft, timezone.now())
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("upload.begin", upload.public_id)
    assert said == {
        "reference": "U-1",
        "description": "a telephone",
        "name": b"phone.zip".hex(),
        "size": 10,
        "compartment": str(people.compartment.public_id),
    }


def test_nothing_comes_without_keys(people, law):
    with pytest.raises(RefusedError):
        begin_upload(people.alice, law, UploadDraft("U-1", people.compartment, **DRAFT), timezone.now())


def test_nothing_comes_on_an_authority_that_was_withdrawn(people, law, unlocked):
    withdraw_authority(people.alice, timezone.now(), authority=law, reason="by the court")
    with pytest.raises(RefusedError, match="withdrawn"):
        begin_upload(people.alice, law, UploadDraft("U-1", people.compartment, **DRAFT), timezone.now())
