"""Making an exhibit of what has come."""

import pytest
from django.utils import timezone

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.jobs.models import State
from kavalan.casework.uploads.models import Standing
from kavalan.casework.uploads.services import finish_upload
from kavalan.casework.vault.store import vault

from .conftest import work


def test_exhibit_lies_where_it_was_to_lie_and_is_taken_in_by_a_job(people, law, upload, last_entry):
    made = finish_upload(people.alice, law, upload, timezone.now())
    exhibit = Exhibit.objects.get(reference="U-1")
    assert (made.standing, made.exhibit) == (Standing.TAKEN, exhibit)
    assert exhibit.compartment_ids() == [people.compartment.pk]
    entry, said = last_entry()
    assert (entry.verb, said["job"]) == ("upload.finish", str(exhibit.safekeepings.get().job.public_id))


def test_who_did_not_send_it_finishes_nothing(people, law, upload):
    upload.officer = people.bob
    with pytest.raises(RefusedError):
        finish_upload(people.bob, law, upload, timezone.now())


def test_reference_that_was_registered_meanwhile_is_refused(people, law, upload, folder):
    draft = ExhibitDraft("U-1", folder, people.compartment)
    register_exhibit(people.alice, law, draft, timezone.now())
    with pytest.raises(RefusedError, match="registered already"):
        finish_upload(people.alice, law, upload, timezone.now())


def test_what_is_gone_from_the_vault_ends_the_job_with_the_reason(people, law, upload):
    finish_upload(people.alice, law, upload, timezone.now())
    vault().parts.remove(upload.number)
    job = work()
    assert (job.state, "not there any more" in job.fault) == (State.REFUSED, True)
