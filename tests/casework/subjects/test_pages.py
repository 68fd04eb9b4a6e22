"""The pages of subjects and watches, as officers see and fill them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework import worker
from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.models import Permit
from kavalan.casework.cases.services import join
from kavalan.casework.serving import due
from kavalan.casework.subjects.models import AccountLink, Subject, Told, Watch
from kavalan.casework.subjects.rules import Closed, Side
from kavalan.casework.subjects.services import add_evidence, begin_watch, close_subject, merge_subjects
from kavalan.casework.subjects.services.watches import Terms
from kavalan.casework.subjects.telling import tell
from kavalan.casework.verbs import step

from ..conftest import NOW, DeskClient
from .conftest import HYPOTHESIS, PHONE, opened

SAID = {
    "hypothesis": "One person.",
    "innocent_because": "A shared telephone.",
    "certainty": "likely",
    "because": "seen",
}


@pytest.fixture
def alice(people):
    client = DeskClient()
    client.force_login(people.alice)
    return client


@pytest.fixture
def bob(people):
    client = DeskClient()
    client.force_login(people.bob)
    return client


def page(client, name, record=None, **data):
    address = reverse(name, args=[record.public_id] if record else [])
    answer = client.post(address, data) if data else client.get(address)
    return answer.status_code, answer.content.decode()


def test_subject_is_opened_from_its_case_with_an_account_that_is_offered(alice, case, report):
    (key,) = re.findall(rf'value="({report.public_id}:[^"]+)"', page(alice, "open-subject", case)[1])
    assert page(alice, "open-subject", case, account=key, **SAID)[0] == 302
    assert Subject.objects.get().accounts.get().report == report


def test_page_says_in_words_why_an_account_becomes_no_subjects(alice, case, report, told):
    told(role="victim")
    (key,) = re.findall(rf'value="({report.public_id}:[^"]+)"', page(alice, "open-subject", case)[1])
    status, text = page(alice, "open-subject", case, account=key, **SAID)
    assert status == 409
    assert "This account becomes no subject" in text
    assert not Subject.objects.exists()


def test_typed_account_rests_on_what_is_chosen(people, alice, case, exhibit):
    join(people.alice, NOW, case=case, joined=exhibit)
    typed = {"typed": "+44 7700 900456", "rests_on": f"exhibit:{exhibit.public_id}"}
    assert page(alice, "open-subject", case, **SAID, typed="+44 7700 900456")[0] == 422
    assert page(alice, "open-subject", case, **SAID, **typed)[0] == 302
    assert str(Subject.objects.get().accounts.get().indicator) == "phone +447700900456"


def test_subject_reads_from_top_to_bottom(people, alice, subject):
    for side, text in ((Side.FOR, "The same hours."), (Side.AGAINST, "Another language.")):
        add_evidence(people.alice, NOW, subject=subject, side=side, text=text)
    text = page(alice, "subject", subject)[1]
    told = [
        HYPOTHESIS.text,
        HYPOTHESIS.innocent_because,
        "The same hours.",
        "Another language.",
        PHONE.value,
        "COAST/1",
    ]
    places = [text.index(one) for one in told]
    assert places == sorted(places)
    assert "Zelphine" not in text


def test_account_that_turns_out_to_be_a_childs_is_said_at_the_top(alice, subject, told):
    told(may_be_minor=True)
    text = page(alice, "subject", subject)[1]
    assert text.index("may be a child") < text.index("The hypothesis")


def test_who_only_reads_is_offered_no_way_to_change(people, subject, case):
    grant(people.alice, NOW, compartment=case.compartment, to=people.dora, role=Role.EXAMINER)
    client = DeskClient()
    client.force_login(people.dora)
    text = page(client, "subject", subject)[1]
    assert reverse("add-evidence", args=[subject.public_id]) not in text
    assert page(client, "add-evidence", subject, side="for", text="x")[0] == 409


def test_case_page_has_its_subjects(alice, case, subject):
    text = page(alice, "case", case)[1]
    assert subject.reference in text
    assert reverse("open-subject", args=[case.public_id]) in text


def test_everything_about_a_subject_is_done_from_its_pages(people, alice, subject, link, case, told):
    again = told(at=NOW + timedelta(days=120))
    assert (
        page(alice, "restate-subject", subject, hypothesis="Two.", innocent_because="Nobody knows.", reason="new")[0]
        == 302
    )
    assert page(alice, "add-evidence", subject, side="against", text="Another voice.")[0] == 302
    assert page(alice, "withdraw-evidence", subject.evidence.get(), reason="wrong")[0] == 302
    text = page(alice, "subject-account", link)[1]
    assert again.reference in text
    assert "120 days" in text
    gap = re.search(r'name="gap" value="([^"]+)"', text)[1]
    assert page(alice, "split-account", link, gap=gap, keeps="later", reason="another voice")[0] == 302
    after = AccountLink.objects.get(follows=link)
    assert page(alice, "correct-account", after, certainty="possible", because="a guess", since="2026-06-01")[0] == 302
    assert page(alice, "end-account", AccountLink.objects.get(follows=after), reason="a mistake")[0] == 302
    assert page(alice, "close-subject", subject, outcome="refuted", reason="no")[0] == 302
    assert page(alice, "reopen-subject", subject, reason="yes")[0] == 302
    text = page(alice, "subject", subject)[1]
    assert "What was said before" in text
    assert "taken up again" in text


def test_two_are_merged_and_parted(people, alice, subject, case, report):
    second = opened(people.alice, case, report)
    assert page(alice, "merge-subjects", subject, other=second.public_id, reason="one voice")[0] == 302
    assert "goes on in S/1/2026" in page(alice, "subject", second)[1]
    assert page(alice, "undo-merge", subject.mergings.get(), reason="two voices")[0] == 302
    assert Subject.objects.get(pk=second.pk).merged_into is None


def test_list_shows_those_that_are_followed(people, alice, subject, case, report):
    closed, merged = (opened(people.bob, case, report) for _ in range(2))
    close_subject(people.alice, NOW, subject=closed, outcome=Closed.REFUTED, reason="no")
    merge_subjects(people.alice, NOW, kept=subject, gone=merged, reason="one voice")

    def listed(query):
        text = alice.get(reverse("subjects") + query).content.decode()
        return [one for one in ("S/1/2026", "S/2/2026", "S/3/2026") if f">{one}<" in text]

    assert listed("") == ["S/1/2026"]
    assert listed("?standing=closed") == ["S/2/2026"]
    assert listed("?standing=all&mine=1") == ["S/1/2026"]
    assert len(listed("?standing=all")) == 3


@pytest.fixture
def today(warrant):
    """The authority to watch is in force today."""
    now = timezone.now()
    step(Permit)(Permit.objects.filter(authority=warrant).update)(valid_until=now + timedelta(days=30))
    return now


def test_watch_is_begun_told_noted_renewed_and_ended(people, alice, bob, link, today, told, warrant):
    last = (timezone.localdate(today) + timedelta(days=10)).isoformat()
    terms = {"authority": warrant.public_id, "purpose": "whether it goes on", "last": last}
    terms["officers"] = [people.alice.public_id]
    assert page(alice, "begin-watch", link, **terms)[0] == 302
    watch = Watch.objects.get()
    step(Told)(tell)([told(at=today)], timezone.now())
    assert "You were told" in page(alice, "watches")[1]
    assert "You were told" not in page(bob, "watches")[1]
    assert "A watch tells you" in alice.get(reverse("home")).content.decode()
    assert page(bob, "acknowledge-watch", Told.objects.get(), note="1")[0] == 404
    assert page(alice, "acknowledge-watch", Told.objects.get(), note="1")[0] == 302
    assert "You were told" not in page(alice, "watches")[1]
    found = {"outcome": "useful", "words": "a report more"}
    assert page(alice, "renew-watch", watch, **terms, **found)[0] == 409
    assert page(bob, "renew-watch", watch, **terms, **found)[0] == 302
    after = Watch.objects.get(renews=watch)
    assert page(alice, "end-watch", after, **found)[0] == 302
    assert "ended on" in page(alice, "watch", after)[1]


def test_officer_who_may_not_see_the_report_is_told_where_it_lies(people, link, today, told, warrant, case):
    grant(people.alice, NOW, compartment=case.compartment, to=people.dora, role=Role.EXAMINER)
    begin_watch(people.alice, warrant, link, today, terms=Terms("it", [people.dora], today + timedelta(days=2)))
    report = told(at=today)
    step(Told)(tell)([report], timezone.now())
    client = DeskClient()
    client.force_login(people.dora)
    text = page(client, "watches")[1]
    assert "intake desk of Coastal Unit" in text
    assert report.reference not in text


def test_without_an_authority_the_page_says_what_is_needed(alice, link):
    assert "No authority lets you watch this account" in page(alice, "begin-watch", link)[1]


def test_nothing_of_watches_runs_by_itself():
    """No job, no clock and no command of the desk knows them."""
    for module in (due, worker):
        assert "subjects" not in Path(module.__file__).read_text()
