"""The page "waiting for you"."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import ask_approval
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED

from .conftest import PAYLOAD

PAGE = "/approvals/"


@pytest.fixture
def today(filtering, exhibit):
    """What Dora asks now, by the clock that pages read."""
    return ask_approval(
        filtering.dora, timezone.now(), kind=OPEN_PRIVILEGED, matter=exhibit, payload=PAYLOAD, reason="no <letter>"
    )


def test_who_may_grant_sees_it_and_nobody_else(client, filtering, today):
    for who, seen in (("bob", True), ("alice", True), ("dora", False), ("charlie", False)):
        client.force_login(getattr(filtering, who))
        page = client.get(PAGE).text
        assert (reverse("answer-approval", args=[today.public_id]) in page) == seen
    assert "<letter>" not in page


def test_who_asked_sees_that_it_is_not_answered_yet_and_then_how(client, filtering, today):
    client.force_login(filtering.dora)
    page = client.get(PAGE).text
    assert ("Nothing waits for your answer" in page, "not answered yet" in page) == (True, True)
    client.force_login(filtering.bob)
    answer = reverse("answer-approval", args=[today.public_id])
    assert client.post(answer, {"answer": "refuse", "reason": "it is one"}).status_code == 302
    client.force_login(filtering.dora)
    assert "refused: it is one" in client.get(PAGE).text


def test_who_grants_reads_what_exactly_would_be_done_and_its_digest(client, filtering, today):
    client.force_login(filtering.bob)
    page = client.get(PAGE).text
    assert "Open 2 items of exhibit E-1 for those who investigate: numbers 3, 7." in page
    assert hashlib.sha256(b'{"items":["3","7"]}').hexdigest() in page


def test_what_one_answered_stays_listed(client, filtering, today):
    client.force_login(filtering.bob)
    client.post(reverse("answer-approval", args=[today.public_id]), {"answer": "refuse", "reason": "it is one"})
    page = client.get(PAGE).text
    assert ("What you answered" in page, "refused: it is one" in page) == (True, True)


def test_grant_without_a_reason_is_refused_on_the_page(client, filtering, today):
    client.force_login(filtering.bob)
    answer = client.post(reverse("answer-approval", args=[today.public_id]), {"answer": "grant"})
    assert (answer.status_code, Approval.objects.get().granted) == (409, None)
    assert "A reason is needed" in answer.text
