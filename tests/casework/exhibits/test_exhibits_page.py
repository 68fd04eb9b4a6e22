"""The list of exhibits."""

from django.urls import reverse

from kavalan.casework.exhibits.services import start_scan

from ..conftest import NOW
from .batches import row

EXHIBITS = reverse("exhibits")


def test_it_lists_exhibits_with_items_and_scan(client, people, exhibit, load):
    load([row(b"a"), row(b"b", b"b")])
    client.force_login(people.bob)
    page = client.get(EXHIBITS)
    assert page.status_code == 200
    for text in ("E-1", "a memory card", "warrant W 7/2026", "running", "2 items read"):
        assert text in page.text
    assert reverse("exhibit", args=[exhibit.public_id]) in page.text


def test_times_are_shown_in_the_desks_zone(client, people, exhibit):
    client.force_login(people.alice)
    assert "1 Mar 2026, 14:30" in client.get(EXHIBITS).text


def test_who_was_not_let_in_sees_nothing_and_is_told_what_to_do(client, people, exhibit):
    for officer in (people.dora, people.charlie):
        client.force_login(officer)
        page = client.get(EXHIBITS).text
        assert "E-1" not in page
        assert "No exhibit is open to you yet" in page


def test_exhibit_never_scanned_says_so(client, people, exhibit):
    client.force_login(people.alice)
    assert "not scanned" in client.get(EXHIBITS).text


def test_only_active_scans_are_asked_for_again(client, people, exhibit):
    client.force_login(people.alice)
    assert "hx-get" not in client.get(EXHIBITS).text
    start_scan(people.alice, people.warrant, exhibit, NOW)
    assert f'hx-get="{reverse("exhibit-progress", args=[exhibit.public_id])}"' in client.get(EXHIBITS).text


def test_anonymous_is_sent_to_sign_in(client, people):
    assert client.get(EXHIBITS).url == f"{reverse('sign-in')}?next=/exhibits/"


def test_only_reading_is_possible(client, people):
    client.force_login(people.alice)
    assert client.post(EXHIBITS).status_code == 405


def test_it_takes_few_queries(client, people, exhibit, django_assert_max_num_queries):
    client.force_login(people.alice)
    with django_assert_max_num_queries(12):
        client.get(EXHIBITS)
