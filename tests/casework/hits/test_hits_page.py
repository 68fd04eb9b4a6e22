"""The page of an exhibit's hits."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.hits import selectors
from kavalan.lists import Entry, Flag, Kind

from ..conftest import NOW
from ..exhibits.batches import row
from .conftest import B, away, entry, hashed, picture


@pytest.fixture
def address(exhibit):
    return reverse("hits", args=[exhibit.public_id])


@pytest.fixture
def page(client, people, address):
    """The page's text as Bob sees it, tags and runs of white space left out."""

    def read(query=""):
        client.force_login(people.bob)
        answer = client.get(address + query)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))

    return read


def test_it_says_how_on_which_list_and_with_what_category(page, make_list, take_in):
    make_list("known", Entry(position=3, key="SX-3", pdq=away(hashed(1006), 12), pdq_quality=81, categories=(B,)))
    take_in([picture(b"DCIM/a.jpg", 1)])
    text = page()
    for words in (
        "DCIM/a.jpg",
        "near, 12 bits away once mirrored along a diagonal",
        "quality 90, on the list 81",
        "a person compares the two pictures and confirms or rejects it",
        "Example Exchange, 2026-02 , entry SX-3",
        "demo/1 B",
    ):
        assert words.replace(" ,", ",") in text.replace(" ,", ",")


def test_identical_md5_only_and_near_are_three_figures(client, people, address, make_list, take_in):
    make_list("known", entry(1, b"one"), entry(2, b"two", ("md5",)), Entry(position=3, pdq=away(hashed(3000), 3)))
    take_in([row(b"a", b"one"), row(b"b", b"two"), picture(b"c.jpg", 3)])
    client.force_login(people.bob)
    for text in (client.get(address).text, client.get(reverse("exhibits")).text):
        counts = re.findall(
            r'standing=(\w+)"[^>]*>(?:<strong class="number">(\d)|[^<]*<span class="number">(\d))', text
        )
        assert [(name, one or two) for name, one, two in counts] == [
            ("identical", "1"),
            ("md5_only", "1"),
            ("near", "1"),
        ]


def test_doubts_are_words_beside_the_hit(page, make_list, take_in):
    make_list("known", entry(1, b"one", ("md5",), sha1=b"\x01" * 20), entry(2, b"two"))
    make_list("cleared", entry(1, b"two", categories=()), kind=Kind.NEGATIVE)
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    text = page()
    assert "contradicted: another digest or the size is not the same" in text
    assert "suppressed by the negative list cleared" in text
    assert "cleared : decided not to be known material" in text.replace("cleared:", "cleared :")


def test_withdrawn_hit_is_struck_with_its_date(client, people, address, page, make_list, catalogue, take_in, rematch):
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one")])
    with catalogue.edit("known") as editor:
        editor.withdraw([entry(1, b"one")])
    rematch(NOW + timedelta(minutes=1))
    assert "withdrawn by the list , 1 Mar 2026, 14:31" in page().replace("list,", "list ,")
    assert "<s>identical by SHA-256</s>" in client.get(address).text


def test_list_that_was_not_asked_is_named_with_the_reason(page, make_list, agreed, take_in):
    make_list("partner", entry(1, b"one"), agreement=agreed(until=NOW))
    take_in([row(b"a", b"one")])
    text = page()
    assert "Not matched: partner. The agreement MoU 3/2025 ended on 2026-03-01 09:00 UTC" in text.replace(". ", ". ")
    assert "No list could be asked" in text


def test_without_lists_it_says_how_one_comes_here(page, take_in):
    take_in([row(b"a", b"one")])
    assert "kavalan lists add" in page()


def test_before_anything_is_matched_it_says_so(page):
    assert "Not matched yet" in page()


def test_nothing_found_is_no_clean_bill(page, make_list, take_in):
    make_list("known", entry(1, b"two"))
    take_in([row(b"a", b"one")])
    assert "That says only that no list named above holds it." in page()


def test_what_owners_and_offenders_wrote_cannot_become_part_of_the_page(client, people, address, make_list, take_in):
    make_list("known", entry(1, b"one", key="<i>\u202e"), owner="<b>Owner</b>", version="<script>")
    take_in([row(b"<u>.jpg", b"one")])
    client.force_login(people.bob)
    text = client.get(address).text
    assert [tag for tag in ("<i>", "<b>", "<u>", "<script>", "\u202e") if tag in text] == []
    assert "&lt;b&gt;Owner&lt;/b&gt;" in text


def test_it_shows_no_picture(client, people, address, make_list, take_in):
    make_list("known", entry(1, b"one", flags=Flag.VICTIM_IDENTIFIED))
    take_in([row(b"a.jpg", b"one", "image/jpeg")])
    client.force_login(people.bob)
    text = client.get(address).text
    body = text[text.index("<main") :]
    assert "victim identified" in body
    assert [
        tag for tag in ("<img", "<video", "<picture", "<object", "<iframe", "<canvas", "data:") if tag in body
    ] == []


def test_next_page_keeps_the_filter(client, people, address, make_list, take_in, monkeypatch):
    monkeypatch.setattr(selectors, "ITEMS_A_PAGE", 1)
    make_list("known", *(entry(number, b"%d" % number) for number in range(3)))
    take_in([row(b"%d" % number, b"%d" % number) for number in range(3)])
    client.force_login(people.alice)
    assert "?standing=identical&amp;after=1" in client.get(f"{address}?standing=identical").text
    assert "after=" not in client.get(f"{address}?standing=identical&after=2").text


def test_it_takes_few_queries(client, people, address, make_list, take_in, django_assert_max_num_queries):
    make_list("known", *(entry(number, b"%d" % number) for number in range(60)))
    take_in([row(b"%d" % number, b"%d" % number) for number in range(60)])
    client.force_login(people.bob)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_forbidden_and_missing_are_not_found(client, people, address, make_list, take_in):
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one")])
    for officer in (people.charlie, people.dora):
        client.force_login(officer)
        assert client.get(address).status_code == 404
        assert client.get(reverse("hits", args=[uuid.uuid4()])).status_code == 404


def test_only_reading_is_possible(client, people, address):
    client.force_login(people.alice)
    assert client.post(address).status_code == 405


def test_exhibits_page_names_how_each_item_is_known(client, people, exhibit, make_list, take_in):
    make_list("known", entry(1, b"one"))
    make_list("system", entry(1, b"two"), kind=Kind.KNOWN_GOOD)
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    client.force_login(people.bob)
    text = client.get(reverse("exhibit", args=[exhibit.public_id])).text
    assert f'<a href="{reverse("hits", args=[exhibit.public_id])}?after=0">identical</a>' in text
    assert "part of an operating system or program" in text
    assert 'On a list <span class="number">1</span>' in text
