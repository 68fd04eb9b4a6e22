"""The page that registers an exhibit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.models import Exhibit

from ..conftest import grounds

ADDRESS = "/exhibits/register/"


@pytest.fixture
def order(people):
    """An authority that is in force today, for E-7 and E-8."""
    now = timezone.now()
    span = {"start": now - timezone.timedelta(days=1), "end": now + timezone.timedelta(days=1)}
    return record_authority(
        people.alice, now, kind=Kind.WARRANT, reference="W 9/2026", grounds=grounds("E-7", "E-8", **span)
    )


@pytest.fixture
def asked(people, order, folder):
    (folder / "telephone.zip").write_bytes(b"PK\5\6" + bytes(18))
    return {
        "covered": f"{order.public_id} E-7",
        "source": bytes(folder).hex(),
        "compartment": str(people.compartment.public_id),
        "description": "a telephone",
    }


def test_it_registers_what_was_chosen_and_shows_it(client, people, asked, folder):
    client.force_login(people.alice)
    answer = client.post(ADDRESS, asked)
    exhibit = Exhibit.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("exhibit", args=[exhibit.public_id]))
    assert (exhibit.reference, exhibit.description, bytes(exhibit.source)) == ("E-7", "a telephone", bytes(folder))


def test_it_offers_what_lies_where_evidence_lies_and_what_authorities_name(client, people, asked, folder):
    client.force_login(people.alice)
    page = client.get(ADDRESS).text
    for text in (str(folder), "E-7: warrant W 9/2026", "E-8: warrant W 9/2026", "Case of the lighthouse"):
        assert text in page
    assert "E-1:" not in page  # its warrant has lapsed


def test_registered_exhibits_are_not_offered_again(client, people, asked):
    client.force_login(people.alice)
    client.post(ADDRESS, asked)
    page = client.get(ADDRESS).text
    assert ("E-7:" in page, "E-8:" in page) == (False, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("covered", "nonsense"), ("source", b"/etc/passwd".hex()), ("compartment", "1"), ("source", "")],
)
def test_what_is_not_on_offer_is_refused_and_nothing_is_written(client, people, asked, field, value):
    client.force_login(people.alice)
    answer = client.post(ADDRESS, asked | {field: value})
    assert (answer.status_code, Exhibit.objects.exists()) == (422, False)
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_who_examines_nowhere_is_told_what_is_missing(client, people, asked, who):
    client.force_login(getattr(people, who))
    page = client.get(ADDRESS).text
    assert ("Nothing can be registered yet" in page, "no compartment in which you examine" in page) == (True, True)
    assert client.post(ADDRESS, asked).status_code == 422
    assert not Exhibit.objects.exists()


def test_a_disk_that_is_not_there_is_named(client, people, asked, folder, settings):
    settings.KAVALAN_EVIDENCE = (folder.parent, folder / "stick")
    client.force_login(people.alice)
    assert f"{folder / 'stick'}: No such file or directory" in client.get(ADDRESS).text


def test_nobody_registers_without_signing_in(client, people, asked):
    assert client.post(ADDRESS, asked).status_code == 302
    assert not Exhibit.objects.exists()
