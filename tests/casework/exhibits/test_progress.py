"""How far a scan is: the fragment that its page asks for."""

import uuid

import pytest
from django.urls import reverse

from kavalan.casework.exhibits.services import finish_scan
from kavalan.casework.jobs.services import beat

from ..conftest import NOW


@pytest.fixture
def address(exhibit):
    return reverse("exhibit-progress", args=[exhibit.public_id])


def test_running_scan_tells_its_items_and_asks_to_be_asked_again(client, people, job, address):
    beat(job, 1234, NOW)
    client.force_login(people.bob)
    fragment = client.get(address).text
    assert "1,234 items read" in fragment
    assert (f'hx-get="{address}"' in fragment, "<html" in fragment) == (True, False)


def test_ended_scan_is_not_asked_again(client, people, exhibit, job, address):
    finish_scan(people.alice, people.warrant, exhibit, NOW, job=job)
    client.force_login(people.bob)
    fragment = client.get(address).text
    assert ("done" in fragment, "hx-get" in fragment) == (True, False)


def test_forbidden_and_missing_are_not_found(client, people, job, address):
    client.force_login(people.charlie)
    assert client.get(address).status_code == 404
    assert client.get(reverse("exhibit-progress", args=[uuid.uuid4()])).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, address):
    assert client.get(address).url.startswith(reverse("sign-in"))


def test_only_reading_is_possible(client, people, address):
    client.force_login(people.alice)
    assert client.post(address).status_code == 405
