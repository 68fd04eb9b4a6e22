"""The page of an exhibit."""

import uuid

import pytest
from django.urls import reverse

from kavalan.casework.exhibits import selectors

from .batches import row, unread

ROWS = [
    row(b"sea\xff.jpg", b"1", "image/jpeg", pdq=b"\xab" * 32, pdq_quality=93),
    row(b"<b>clip</b>.mp4", b"2", "video/mp4"),
    unread("turn\u202eed".encode(), "permission denied"),
]


@pytest.fixture
def address(exhibit):
    return reverse("exhibit", args=[exhibit.public_id])


def test_it_shows_counts_and_each_item_with_its_fingerprint(client, people, address, load):
    load(ROWS)
    client.force_login(people.bob)
    page = client.get(address).text
    for text in (r"sea\xff.jpg", "image/jpeg", ROWS[0]["sha256"].hex(), "ab" * 32, "93", "permission denied"):
        assert text in page
    assert 'All <span class="number">3</span>' in page


def test_names_of_files_cannot_become_part_of_the_page(client, people, address, load):
    load(ROWS)
    client.force_login(people.bob)
    page = client.get(address).text
    assert "&lt;b&gt;clip&lt;/b&gt;.mp4" in page
    assert ("\u202e" in page, r"turn\u202eed" in page) == (False, True)


def test_it_shows_no_picture(client, people, address, load):
    load(ROWS)
    client.force_login(people.bob)
    page = client.get(address).text
    body = page[page.index("<main") :]
    assert [
        tag for tag in ("<img", "<video", "<picture", "<object", "<iframe", "<canvas", "data:") if tag in body
    ] == []


def test_it_says_why_one_sees_it(client, people, address):
    client.force_login(people.bob)
    page = client.get(address).text
    assert "investigator, Case of the lighthouse: given by a supervisor" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["sea", "clip", "turn"]),
        ("?family=picture", ["sea"]),
        ("?family=video", ["clip"]),
        ("?family=other", ["turn"]),
        ("?unread=1", ["turn"]),
        ("?unread=1&family=video", []),
        ("?after=2", ["turn"]),
    ],
)
def test_filters_are_addresses(client, people, address, load, query, shown):
    load(ROWS)
    client.force_login(people.alice)
    page = client.get(address + query).text
    assert [name for name in ("sea", "clip", "turn") if name in page] == shown


def test_next_page_keeps_the_filter(client, people, address, load, monkeypatch):
    monkeypatch.setattr(selectors, "ITEMS_A_PAGE", 1)
    load([row(b"%d.jpg" % number, b"%d" % number, "image/jpeg") for number in range(3)])
    client.force_login(people.alice)
    assert "?family=picture&amp;after=1" in client.get(f"{address}?family=picture").text
    assert "after=" not in client.get(f"{address}?family=picture&after=2").text


def test_empty_exhibit_says_what_to_do_next(client, people, address):
    client.force_login(people.alice)
    assert "Start the scan" in client.get(address).text


def test_forbidden_and_missing_answer_with_the_same_page(client, people, address, load):
    load(ROWS)
    client.force_login(people.charlie)
    forbidden, missing = client.get(address), client.get(reverse("exhibit", args=[uuid.uuid4()]))
    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert forbidden.content.replace(*csrf_of(forbidden)) == missing.content.replace(*csrf_of(missing))
    assert dict(forbidden.headers) == dict(missing.headers)


def csrf_of(answer):
    """The token of the sign-out form, which differs in every answer, and what to put in its place."""
    before, _, rest = answer.content.partition(b'name="csrfmiddlewaretoken" value="')
    assert before
    return rest.partition(b'"')[0], b"token"


def test_same_unit_is_no_reason_to_see_it(client, people, address):
    client.force_login(people.dora)
    assert client.get(address).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, address):
    assert client.get(address).url.startswith(reverse("sign-in"))


def test_only_reading_is_possible(client, people, address):
    client.force_login(people.alice)
    assert client.post(address).status_code == 405


def test_it_takes_few_queries_however_many_items(client, people, address, load, django_assert_max_num_queries):
    load([row(b"%d" % number, b"%d" % number) for number in range(100)])
    client.force_login(people.alice)
    with django_assert_max_num_queries(12):
        client.get(address)
