"""The pages of a case's tasks, notes, timeline and of the cases beside it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.cases.models import Case, Note, Rearrangement, Task
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import add_task, join, open_case, write_note

from ..conftest import NOW
from .rearranged import merge


@pytest.fixture
def bob(client, people, case):
    """Bob, who works on the case, at a browser."""
    client.force_login(people.bob)
    return client


def read(answer):
    return answer.content.decode()


def test_a_task_is_added_planned_ended_and_told_with_how_it_stood(bob, people, case):
    page = reverse("case-tasks", args=[case.public_id])
    assert "Nothing is to be done" in read(bob.get(page))
    said = {"title": "Ask the provider", "assignee": people.bob.public_id, "due": "2026-03-05"}
    assert bob.post(page, said).status_code == 302
    assert bob.post(page, {"template": "seized-things"}).status_code == 302
    shown = read(bob.get(page))
    assert "Ask the provider" in shown
    assert "Keep telephones from networks" in shown
    task = Task.objects.get(title="Ask the provider")
    assert timezone.localtime(task.due_at).isoformat() == "2026-03-06T00:00:00+05:30"
    own = reverse("task", args=[task.public_id])
    assert bob.post(own, {"what": "end", "state": "dropped", "reason": ""}).status_code == 422
    assert bob.post(own, {"what": "end", "state": "dropped", "reason": "no provider"}).status_code == 302
    assert "no provider" in read(bob.get(own))
    assert "no provider" in read(bob.get(page))
    assert bob.post(own, {"what": "reopen", "reason": "found one"}).status_code == 302
    assert bob.post(own, {"what": "change", "assignee": "", "due": ""}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.assignee, task.due_at) == ("open", None, None)


def test_a_note_is_written_and_corrected_and_both_stay(bob, case):
    page = reverse("case-notes", args=[case.public_id])
    assert bob.post(page, {"text": "Rang at nine", "marking": "green"}).status_code == 302
    note = Note.objects.get()
    said = {"text": "Rang at ten", "marking": "green", "happened_at": "2026-03-01T10:00"}
    assert bob.post(reverse("correct-note", args=[note.public_id]), said).status_code == 302
    shown = read(bob.get(page))
    assert shown.index("Rang at ten") < shown.index("Rang at nine")
    assert "It was corrected by a later note." in shown


def test_the_timeline_leads_on_and_takes_no_nonsense(bob, people, case, report):
    join(people.bob, NOW, case=case, joined=report)
    for number in range(55):
        add_task(people.bob, NOW, case=case, title=f"Task {number}")
    page = reverse("case-timeline", args=[case.public_id])
    first = bob.get(page)
    assert "Earlier events" in read(first)
    second = read(bob.get(page, {"after": first.context["after"]}))
    assert "Case opened" in second
    assert "Earlier events" not in second
    for after in ("", "x", "1-2", "9" * 19 + "-1-1", "1-2-" + "9" * 19, "-1-2-3", "٣-1-1"):
        assert bob.get(page, {"after": after}).status_code == 200
    assert "Task 3" not in read(bob.get(page, {"only": "things"}))


def test_a_merge_says_first_who_would_see_what_and_does_what_was_said(client, people, case, let_in):
    let_in(people.dora)
    other = open_case(people.alice, NOW, title="Nets")
    client.force_login(people.alice)
    page = reverse("merge-cases", args=[case.public_id])
    shown = client.get(page, {"case": other.public_id})
    assert "Dora Nair" in read(shown)
    assert "Bob Varghese" in read(shown)
    said = {"case": other.public_id, "reason": "one matter", "seen": shown.context["seen"]}
    assert client.post(page, said | {"seen": []}).status_code == 422
    assert client.post(page, said).status_code == 302
    assert Case.objects.get(pk=other.pk).merged_into == case
    made = Rearrangement.objects.get()
    undo = reverse("undo-rearrangement", args=[made.public_id])
    assert client.post(undo, {"reason": "two matters"}).status_code == 302
    assert Case.objects.get(pk=other.pk).merged_into is None
    assert "It was undone." in read(client.get(undo))


def test_parts_are_split_off_and_cases_related(bob, people, case, report):
    join(people.bob, NOW, case=case, joined=report)
    page = reverse("split-case", args=[case.public_id])
    assert "report R-1" in read(bob.get(page))
    said = {"parts": [case.parts.get().public_id], "title": "Nets", "reason": "another matter"}
    assert bob.post(page, said).status_code == 302
    new = Case.objects.exclude(pk=case.pk).get()
    beside = reverse("case-relations", args=[case.public_id])
    assert bob.post(beside, {"other": new.public_id, "reason": "the same boats"}).status_code == 302
    shown = read(bob.get(beside))
    assert "it was split off from this one" in shown
    assert "the same boats" in shown


def test_the_case_page_tells_what_is_next_what_was_noted_and_what_happened(bob, people, case, report):
    other = open_case(people.bob, NOW, title="Nets")
    add_task(people.bob, NOW, case=case, title="Ask the provider", due_at=NOW - timedelta(days=1))
    write_note(people.bob, NOW, case=other, text="For named persons", marking=Marking.RED)
    write_note(people.bob, NOW, case=other, text="They rang back", marking=Marking.AMBER)
    merge(people.bob, case, other)
    shown = read(bob.get(reverse("case", args=[case.public_id])))
    for words in ("Ask the provider", "late", "They rang back", "For named persons", "COAST/2/2026"):
        assert words in shown


def test_who_reads_a_case_is_offered_nothing_to_change(client, people, case, let_in):
    let_in(people.dora, Role.CUSTODIAN)
    add_task(people.bob, NOW, case=case, title="Ask the provider")
    client.force_login(people.dora)
    for name in ("case-tasks", "case-notes", "case-relations"):
        shown = read(client.get(reverse(name, args=[case.public_id])))
        assert 'method="post" class="card' not in shown
