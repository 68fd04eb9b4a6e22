from io import BytesIO

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.selectors import kept_of
from kavalan.casework.safekeeping.services import ask_for_destruction, destroy_evidence
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.store import put, vault

from ..conftest import NOW
from ..vault.conftest import keep as keep_paper
from .conftest import SOON, destroyed, source_of


def test_two_people_destroy_a_copy_and_its_index(people, filled, keep, granted):
    keeping = keep(filled, Way.COPY)
    granted(filled)
    decided = destroyed(people, filled)
    assert decided.ended_at == SOON
    assert list(vault().names()) == []
    assert kept_of(filled) == []
    told = [(one.kept.name, bytes(one.sha256), one.remains) for one in decided.destroyed.order_by("pk")]
    assert told == [(one.name, bytes(one.sha256), False) for one in (keeping.content, keeping.index)]


def test_source_of_what_was_held_is_not_touched(people, image, keep, granted):
    keeping = keep(image, Way.HELD)
    granted(image)
    destroyed(people, image)
    assert source_of(image).read_bytes().startswith(b"an image")
    with pytest.raises(Exception, match="not in this vault"):
        vault().held(keeping.content.name)


def test_without_a_grant_nothing_is_destroyed(people, image, keep, custodian):
    keep(image, Way.COPY)
    ask_for_destruction(people.alice, NOW, image, "no longer needed")
    with pytest.raises(RefusedError, match="another officer's grant"):
        destroy_evidence(people.alice, SOON, exhibit=image)
    assert not Kept.objects.filter(doomed_at__isnull=False).exists()


def test_nobody_grants_what_they_asked_for_even_in_both_roles(people, image, keep):
    keep(image, Way.COPY)
    grant(people.alice, NOW, compartment=people.compartment, to=people.alice, role=Role.CUSTODIAN)
    asked = ask_for_destruction(people.alice, NOW, image, "no longer needed")
    with pytest.raises(RefusedError, match="Nobody grants"):
        answer_approval(people.alice, NOW, approval=asked, granted=True, reason="why not")


def test_custodian_asks_for_nothing_and_a_supervisor_alone_destroys(people, image, keep, custodian, granted):
    keep(image, Way.COPY)
    with pytest.raises(RefusedError, match="Your role"):
        ask_for_destruction(custodian, NOW, image, "no longer needed")
    granted(image)
    with pytest.raises(RefusedError, match="A supervisor"):
        destroy_evidence(custodian, SOON, exhibit=image)


def test_grant_is_for_exactly_what_was_kept_then(people, image, keep, granted):
    keep(image, Way.COPY)
    granted(image)
    with writing(frozenset({"vault_kept"})):
        Kept.objects.update(sha256=bytes(32))
    with pytest.raises(RefusedError, match="another officer's grant"):
        destroy_evidence(people.alice, SOON, exhibit=image)


def test_nothing_that_is_not_kept_is_asked_about(people, image, unlocked):
    with pytest.raises(RefusedError, match="Nothing is kept"):
        ask_for_destruction(people.alice, NOW, image, "no longer needed")


def test_content_that_is_kept_for_something_else_stays_and_it_is_said(people, image, keep, granted):
    keeping = keep(image, Way.COPY)
    stored = put(BytesIO(source_of(image).read_bytes()))
    other = keep_paper(people.alice, NOW, stored=stored, what=What.AUTHORITY_PAPER, unit=people.alice.unit)
    granted(image)
    decided = destroyed(people, image)
    assert decided.destroyed.get().remains
    assert list(vault().names()) == [other.name] == [keeping.content.name]


def test_blob_that_cannot_be_read_any_more_is_destroyed_and_it_is_said(people, image, keep, granted):
    keeping = keep(image, Way.COPY)
    granted(image)
    path = vault().blobs.path(keeping.content.name)
    path.chmod(0o600)
    path.write_bytes(b"age-encryption.org/v1\n")
    assert destroyed(people, image).destroyed.get().sha256 is None
    assert not path.exists()


def test_decision_is_recorded_with_what_it_is_about_and_on_which_grant(people, image, keep, granted, last_entry):
    keeping = keep(image, Way.COPY)
    approval = granted(image)
    destroy_evidence(people.alice, SOON, exhibit=image)
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("evidence.destroy", people.alice.public_id)
    assert (said["exhibit"], said["approval"]) == (str(image.public_id), str(approval.public_id))
    assert said["sha256"] == [keeping.content.sha256_hex]
