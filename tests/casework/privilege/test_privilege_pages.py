"""The pages of what is privileged: counts for everybody, paths for the filter officer, opening by two people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.models import Approval
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits import selectors
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.privilege.models import PrivilegedIdentifier

from ..conftest import NOW, grounds
from ..exhibits.batches import row
from ..exhibits.conftest import job, load

__all__ = ["job", "load"]

ROWS = [row(b"adv-office/1.txt", b"1"), row(b"adv-office/<2>.txt", b"2"), row(b"sea.jpg", b"3", "image/jpeg")]


@pytest.fixture
def loaded(filtering, exhibit, load):
    """E-1 with three items, on a warrant that holds by the clock that pages read."""
    load(ROWS)
    now = timezone.now()
    spans = grounds(
        "E-1", activities=("collect", "examine"), start=now - timedelta(days=1), end=now + timedelta(days=9)
    )
    warrant = record_authority(filtering.alice, now, kind=Kind.WARRANT, reference="W 8/2026", grounds=spans)
    with writing(frozenset({"exhibits_exhibit"})):
        Exhibit.objects.filter(pk=exhibit.pk).update(authority=warrant)
    return exhibit


@pytest.fixture
def visit(client, filtering, loaded):
    """Asks a page of privilege as somebody: a GET, or a POST with what is said."""

    def ask(who, name="privilege", said=None, **query):
        client.force_login(getattr(filtering, who))
        address = reverse(name, args=[loaded.public_id])
        return client.get(address, query) if said is None else client.post(address, said)

    return ask


@pytest.fixture
def sealed(visit):
    """The first two items are sealed."""
    visit("alice", said={"identifiers": "adv-office", "do": "seal"})


def verbs():
    return list(LedgerEntry.objects.order_by("-number").values_list("verb", flat=True)[:2])


def test_preview_says_how_many_and_seals_nothing(visit, loaded, entries):
    before = entries()
    answer = visit("alice", said={"identifiers": "adv-office\nnobody-here", "do": "preview"})
    assert "2 items that are open now would be sealed." in answer.text
    assert (entries(), PrivilegedIdentifier.objects.count()) == (before, 0)


def test_preview_tells_nothing_of_what_is_sealed_already(visit, sealed):
    answer = visit("alice", said={"identifiers": "office/1.txt", "do": "preview"})
    assert "0 items that are open now would be sealed." in answer.text


def test_identifiers_seal_and_only_counts_are_shown(visit, sealed, loaded):
    page = visit("bob").text
    assert ("<strong>2</strong><span>items sealed" in page, "adv-office" in page) == (True, False)
    assert [item.number for item in selectors.item_page(loaded).items] == [3]


@pytest.mark.parametrize("said", ["", "+1-2", "\n".join(f"+99 00000 {n:05}" for n in range(501))])
def test_nothing_too_short_or_too_much_is_named_on_the_page(visit, said):
    assert visit("alice", said={"identifiers": said, "do": "seal"}).status_code == 422
    assert not PrivilegedIdentifier.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_what_is_sealed_is_not_there_for_who_investigates(visit, sealed, who):
    assert visit(who, "sealed-items").status_code == 404
    assert visit(who, "ask-opening", {"items": ["1"], "reason": "mine"}).status_code == 404
    assert visit(who, "open-privileged", {"items": ["1"]}).status_code == 404


def test_filter_officer_sees_paths_and_that_is_recorded_before(visit, sealed, last_entry):
    page = visit("dora", "sealed-items").text
    assert ("adv-office/1.txt" in page, "&lt;2&gt;.txt" in page, "sea.jpg" in page) == (True, True, False)
    entry, said = last_entry()
    assert (entry.verb, said) == ("privilege.look", {"after": 0, "items": 2, "last": 2})
    assert "adv-office/1.txt" not in visit("dora", "sealed-items", after="1").text


def test_no_path_is_shown_once_the_authority_has_lapsed(visit, sealed, filtering, loaded, exhibit):
    with writing(frozenset({"exhibits_exhibit"})):
        Exhibit.objects.filter(pk=loaded.pk).update(authority=filtering.warrant)
    answer = visit("dora", "sealed-items")
    assert (answer.status_code, "adv-office" in answer.text, "ended on" in answer.text) == (409, False, True)


def test_asked_granted_opened_once(visit, client, sealed, loaded):
    assert visit("dora", "ask-opening", {"items": ["1"], "reason": "a bill"}).status_code == 302
    assert "Not answered yet" in visit("dora").text
    client.force_login(Approval.objects.get().asked_by)
    answer = reverse("answer-approval", args=[Approval.objects.get().public_id])
    assert client.post(answer, {"answer": "grant", "reason": "mine"}).status_code == 404
    visit("bob")
    assert client.post(answer, {"answer": "grant", "reason": "agreed"}).status_code == 302
    visit("dora")
    assert reverse("privilege", args=[loaded.public_id]) in client.get("/approvals/").text
    assert 'name="items" value="1"' in visit("dora").text
    assert visit("dora", "open-privileged", {"items": ["1", "2"]}).status_code == 409
    assert visit("dora", "open-privileged", {"items": ["1"]}).status_code == 302
    assert [item.number for item in selectors.item_page(loaded).items] == [1, 3]
    assert visit("dora", "open-privileged", {"items": ["1"]}).status_code == 409
    assert verbs()[0] == "privilege.open"


@pytest.mark.parametrize("said", [{"items": ["3"], "reason": "r"}, {"items": ["1"], "reason": " "}, {"reason": "r"}])
def test_unsealed_items_no_items_or_no_reason_are_not_asked_for(visit, sealed, said):
    answer = visit("dora", "ask-opening", said)
    assert (answer.status_code, Approval.objects.count()) == (409, 0)
    assert "adv-office/1.txt" in answer.text


def test_filter_officer_who_investigates_elsewhere_there_sees_no_path(visit, filtering, sealed):
    grant(filtering.alice, NOW, compartment=filtering.compartment, to=filtering.dora, role=Role.EXAMINER)
    assert visit("dora", "sealed-items").status_code == 404
