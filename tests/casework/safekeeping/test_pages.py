"""The pages of what is kept, as the officers use them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework import keys
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.guard import writing
from kavalan.casework.safekeeping.models import Destruction, Safekeeping, Way
from kavalan.casework.vault.models import VaultFault

from ..conftest import NOW
from .conftest import source_of, work


@pytest.fixture
def now(people, monkeypatch):
    """The browsers' time is that of the tests' warrant."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def alice(client, people, now):
    client.force_login(people.alice)
    return client


def at(name, one):
    return reverse(name, args=[one.public_id])


def test_exhibit_is_kept_and_its_page_says_that_it_is_whole(alice, image, unlocked):
    assert "nobody notices if it changes" in alice.get(at("exhibit", image)).text
    alice.post(at("safekeeping", image), {"way": Way.COPY})
    assert "MiB read" in alice.get(at("keeping-progress", image)).text
    work()
    assert "Read and found whole:" in alice.get(at("exhibit", image)).text


def test_exhibit_that_changed_is_marked_on_its_page_and_on_the_vaults(alice, image, keep):
    keeping = keep(image, Way.HELD)
    with writing(frozenset({"vault_vaultfault"})):
        VaultFault.objects.create(name=keeping.content.name, what="was altered between byte 0 and 9", found_at=NOW)
    for page in (at("exhibit", image), reverse("vault")):
        text = alice.get(page).text
        assert "Not as it was taken in" in text or "At fault" in text
        assert "was altered between byte 0 and 9" in text


def test_who_may_not_see_an_exhibit_is_told_of_its_faults_by_number_alone(client, people, now, image, keep):
    keeping = keep(image, Way.HELD)
    with writing(frozenset({"vault_vaultfault"})):
        VaultFault.objects.create(name=keeping.content.name, what="was altered", found_at=NOW)
    client.force_login(people.dora)
    text = client.get(reverse("vault")).text
    assert (keeping.content.name in text, "1 more" in text) == (False, True)


def test_keeping_is_stopped_on_the_page(alice, image, unlocked):
    alice.post(at("safekeeping", image), {"way": Way.COPY})
    alice.post(at("cancel-keeping", image))
    assert work() is None
    assert Safekeeping.objects.get().job.state == "cancelled"


@pytest.mark.parametrize(("way", "status"), [("", 422), (Way.HELD, 409)])
def test_way_that_a_folder_cannot_be_kept_in_is_refused_on_the_page(alice, filled, unlocked, way, status):
    assert alice.post(at("safekeeping", filled), {"way": way}).status_code == status


def test_locked_desk_refuses_to_keep_and_says_who_unlocks(alice, image):
    keys.hold(None)
    answer = alice.post(at("safekeeping", image), {"way": Way.COPY})
    assert (answer.status_code, "kavalan serve" in answer.text) == (409, True)


def test_destruction_is_asked_for_granted_and_done_and_its_certificate_stays(alice, people, image, keep, custodian):
    keep(image, Way.COPY)
    alice.post(at("ask-destruction", image), {"reason": "the court's order"})
    assert "Not answered yet" in alice.get(at("safekeeping", image)).text
    assert alice.post(at("destroy-evidence", image)).status_code == 409
    answer_approval(custodian, NOW, approval=Approval.objects.get(), granted=True, reason="order seen")
    assert "Destroy it now" in alice.get(at("safekeeping", image)).text
    alice.post(at("destroy-evidence", image))
    certificate = at("destruction", Destruction.objects.get())
    assert "Under way" in alice.get(certificate).text
    work()
    text = alice.get(certificate).text
    assert "read just before, with the same digest" in text
    assert "Dora Nair" in text
    assert source_of(image).exists()


def test_certificate_is_there_for_those_alone_who_see_the_exhibit(alice, client, people, image, keep, granted):
    keep(image, Way.COPY)
    granted(image)
    alice.post(at("destroy-evidence", image))
    client.force_login(people.charlie)
    assert client.get(at("destruction", Destruction.objects.get())).status_code == 404


@pytest.mark.parametrize(("way", "made", "status"), [(Way.COPY, 1, 302), ("", 0, 302), (Way.HELD, 0, 422)])
def test_exhibit_is_kept_as_it_is_registered(alice, people, folder, unlocked, way, made, status):
    asked = {"covered": f"{people.warrant.public_id} E-1", "source": bytes(folder).hex(), "way": way}
    asked["compartment"] = str(people.compartment.public_id)
    assert alice.post(reverse("register-exhibit"), asked).status_code == status
    assert Safekeeping.objects.count() == made
    assert Exhibit.objects.count() == (status == 302)
