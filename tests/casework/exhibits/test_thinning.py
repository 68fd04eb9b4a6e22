"""Thinning by earlier exhibits, against looking through all items by hand; what lists know is never left out."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Novelty, Seal, Standing
from kavalan.casework.exhibits.services import thin_exhibit
from kavalan.casework.exhibits.tallies import KEPT
from kavalan.casework.exhibits.thinning import thinned_by
from kavalan.casework.exports.models import Form
from kavalan.casework.exports.services import make_export
from kavalan.casework.hits.loader import _stand
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.rules import Kind, Method
from kavalan.casework.verbs import step

from ..conftest import NOW
from .earlier import OTHER, SAME, fill, thin

ITEM = st.fixed_dictionaries(
    {
        "content": st.none() | st.integers(1, 4),
        "seal": st.sampled_from(Seal.values),
        "standing": st.sampled_from([Standing.UNKNOWN, Standing.UNKNOWN, Standing.KNOWN_GOOD, Standing.NEAR]),
        "error": st.sampled_from(["", "", "truncated"]),
    }
)


def left_out(exhibit):
    return sorted(exhibit.items.filter(novelty=Novelty.MET).values_list("number", flat=True))


def may_be_left_out(item):
    return item["content"] and not item["error"] and item["standing"] <= Standing.KNOWN_GOOD


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lots=st.tuples(*[st.lists(ITEM, max_size=6)] * 3), by=st.sets(st.integers(0, 1), min_size=1))
def test_what_is_left_out_is_what_looking_by_hand_says(people, three, lots, by):
    fill(three, lots)
    thin(people, three[2], *(three[one] for one in by))
    there = {item["content"] for one in by for item in lots[one] if may_be_left_out(item) and item["seal"] == Seal.OPEN}
    expected = [at for at, item in enumerate(lots[2], start=1) if may_be_left_out(item) and item["content"] in there]
    assert left_out(three[2]) == expected


def test_another_choice_takes_the_place_of_the_first(people, three, thinned):
    assert left_out(thinned) == [1]
    thin(people, thinned, three[1])
    assert left_out(thinned) == []


def test_database_refuses_to_leave_out_what_a_list_knows(thinned):
    for known in ({"standing": Standing.WITHDRAWN}, {"error": "truncated"}):
        with pytest.raises(IntegrityError):
            step(Item)(lambda known=known: thinned.items.filter(number=1).update(**known))()


def test_item_that_comes_on_a_list_later_is_shown_again(people, thinned):
    come_on_a_list(thinned)
    item = thinned.items.get(number=1)
    assert (item.standing, item.novelty) == (Standing.IDENTICAL, Novelty.NEW)


@step(Item, Hit, *KEPT)
def come_on_a_list(exhibit):
    facts = {"owner": "o", "version": "1", "confirmed": "1", "state": "gen-1+0", "kind": Kind.POSITIVE}
    Hit.objects.create(
        unit=exhibit.authority.unit,
        content_id=1,
        list_name="l",
        method=Method.SHA256,
        said=b"",
        found_at=NOW,
        **facts,
    )
    _stand(exhibit.authority.unit, [1])


def page(client, exhibit, ask="thinned=1"):
    return client.get(f"{reverse('exhibit', args=[exhibit.public_id])}?{ask}")


def test_list_says_how_many_are_left_out_and_shows_them_at_a_touch(client, people, thinned):
    client.force_login(people.alice)
    thin_page = page(client, thinned)
    assert [item.number for item in thin_page.context["page"].items] == [2]
    assert "1 item of this list is left out" in thin_page.text
    assert [item.number for item in page(client, thinned, "").context["page"].items] == [1, 2]


def test_whoever_may_not_see_the_earlier_exhibit_sees_every_item_and_no_word_of_it(client, people, three, thinned):
    fill(three, [[], [SAME], [SAME, OTHER]])
    thin(people, thinned, three[1])
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.INVESTIGATOR)
    client.force_login(people.dora)
    assert [item.number for item in page(client, thinned).context["page"].items] == [1, 2]
    assert thinned_by(people.dora, thinned, NOW) is None
    assert "E-2" not in client.get(reverse("thin", args=[thinned.public_id])).text
    with pytest.raises(RefusedError, match="not thinned"):
        make_export(people.dora, thinned.authority, thinned, NOW, form=Form.CSV, filters="thinned=1")


def test_while_items_are_compared_nothing_is_left_out(client, people, three, thinned):
    thin_exhibit(people.alice, NOW, exhibit=thinned, earlier=[three[1]])
    client.force_login(people.alice)
    assert [item.number for item in page(client, thinned).context["page"].items] == [1, 2]
    with pytest.raises(RefusedError, match="at this moment"):
        thin_exhibit(people.alice, NOW, exhibit=thinned, earlier=[three[0]])


def test_page_offers_earlier_exhibits_and_takes_the_choice(client, people, three, thinned):
    client.force_login(people.alice)
    address = reverse("thin", args=[thinned.public_id])
    assert "Of 2 open items 1 was met there" in client.get(address).text
    assert client.post(address, {"earlier": [str(three[1].public_id)]}).status_code == 302
    assert client.post(address, {"earlier": []}).status_code == 422
