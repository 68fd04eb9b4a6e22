"""The review of what is kept of a case that is over: where it stands, and for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.cases.rules import Outcome, Stage
from kavalan.casework.cases.services import Reached, reach_stage
from kavalan.casework.mydesk.sort import Shelf

from ..conftest import NOW
from ..waiting import waiting

LATE = NOW + timedelta(days=31)


@pytest.fixture
def closed(people, case):
    """The case, closed without a charge by Bob; Alice supervises it."""
    reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.CLOSED, NOW, Outcome.UNTRACED, "nobody was traced"))
    return case


def test_review_is_due_on_the_first_page_of_who_supervises_the_case(people, closed):
    address = reverse("case-review", args=[closed.reviews.get().public_id])
    told = {officer: waiting(officer, LATE, shelf=Shelf.DUE) for officer in (people.alice, people.bob)}
    ways = {officer: [way.address for wait in waits for way in wait.ways] for officer, waits in told.items()}
    assert (address in ways[people.alice], address in ways[people.bob]) == (True, False)


def test_review_stands_where_retention_is_shown(client, people, closed):
    client.force_login(people.alice)
    page = client.get(reverse("retention")).content.decode()
    assert reverse("case-review", args=[closed.reviews.get().public_id]) in page
    client.force_login(people.bob)
    assert "No review waits for you" in client.get(reverse("retention")).content.decode()


def test_what_others_opened_and_entered_is_new_to_who_sees_the_case(people, closed):
    told = {wait.what for wait in waiting(people.alice, LATE, NOW - timedelta(days=1), Shelf.NEW)}
    assert {"Cases", "Where cases came to stand"} <= {str(words) for words in told}
