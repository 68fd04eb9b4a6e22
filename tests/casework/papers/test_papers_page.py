"""The page of an exhibit's papers."""

import hashlib

import pytest
from django.urls import reverse

from kavalan.casework.papers.models import IssuedPaper
from kavalan.papers import render
from tests.papers.required import fonts_built


@pytest.fixture
def address(exhibit):
    return reverse("papers", args=[exhibit.public_id])


def test_it_teaches_while_there_is_none(client, people, address):
    client.force_login(people.bob)
    assert "No paper was issued about this exhibit" in client.get(address).text


@fonts_built
def test_issued_paper_is_listed_and_comes_back_byte_for_byte(client, people, exhibit, address, unlocked, monkeypatch):
    data = []
    monkeypatch.setattr(
        "kavalan.casework.papers.issuing.render_apart", lambda paper: data.append(paper) or render(paper)
    )
    client.force_login(people.bob)
    assert client.post(address).status_code == 302
    issued = IssuedPaper.objects.select_related("kept").get()
    page = client.get(address).text
    assert ("Sequence of custody no. 1" in page, data[0].digest in page) == (True, True)
    assert "Sequence of custody no. 1" in client.get(reverse("exhibit", args=[exhibit.public_id])).text
    give = reverse("give-kept", args=[issued.kept.public_id])
    first, second = (b"".join(client.post(give).streaming_content) for _ in range(2))
    assert first == second == render(data[0])
    assert hashlib.sha256(first).digest() == bytes(issued.kept.sha256)


def test_locked_keys_are_told_and_nothing_is_issued(client, people, address):
    client.force_login(people.bob)
    answer = client.post(address)
    assert (answer.status_code, IssuedPaper.objects.count()) == (409, 0)
