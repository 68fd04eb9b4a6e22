"""Starting and stopping a scan from the page of an exhibit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.jobs.models import State

from ..conftest import grounds


@pytest.fixture
def today(people, folder):
    """An exhibit whose authority is in force today."""
    now = timezone.now()
    span = {"start": now - timezone.timedelta(days=1), "end": now + timezone.timedelta(days=1)}
    order = record_authority(people.alice, now, kind=Kind.WARRANT, reference="W 9", grounds=grounds("E-7", **span))
    return register_exhibit(people.alice, order, ExhibitDraft("E-7", folder, people.compartment), now)


def post(client, name, exhibit):
    return client.post(reverse(name, args=[exhibit.public_id]))


def state(exhibit):
    exhibit.refresh_from_db()
    return exhibit.scan and exhibit.scan.state


def test_a_scan_is_started_and_stopped(client, people, today):
    client.force_login(people.alice)
    assert '<button class="button">Start the scan' in client.get(reverse("exhibit", args=[today.public_id])).text
    assert post(client, "start-scan", today).status_code == 302
    assert state(today) == State.WAITING
    assert "Stop the scan" in client.get(reverse("exhibit", args=[today.public_id])).text
    assert post(client, "cancel-scan", today).status_code == 302
    assert state(today) == State.CANCELLED
    assert "Go on with the scan" in client.get(reverse("exhibit", args=[today.public_id])).text


def test_a_refusal_is_shown_on_the_page(client, people, today):
    client.force_login(people.alice)
    answer = post(client, "cancel-scan", today)
    assert (answer.status_code, "No scan of E-7 is under way." in answer.text) == (409, True)


def test_a_lapsed_authority_starts_nothing(client, people, exhibit):
    client.force_login(people.alice)
    answer = post(client, "start-scan", exhibit)
    assert (answer.status_code, "ended on" in answer.text, state(exhibit)) == (409, True, None)


def test_who_may_look_but_not_examine_has_no_button_and_is_refused(client, people, today):
    client.force_login(people.bob)
    assert '<button class="button">Start the scan' not in client.get(reverse("exhibit", args=[today.public_id])).text
    assert (post(client, "start-scan", today).status_code, state(today)) == (409, None)


@pytest.mark.parametrize("who", ["dora", "charlie"])
@pytest.mark.parametrize("name", ["start-scan", "cancel-scan"])
def test_whoever_may_not_see_it_learns_nothing(client, people, today, who, name):
    client.force_login(getattr(people, who))
    assert post(client, name, today).status_code == 404


def test_a_link_starts_nothing(client, people, today):
    client.force_login(people.alice)
    assert client.get(reverse("start-scan", args=[today.public_id])).status_code == 405
