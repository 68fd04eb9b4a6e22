"""What can be found of a case and of its work: what stands now, for those who may read it."""

from kavalan.casework.cases.planning import task_plans
from kavalan.casework.cases.rules import Marking, NumberKind
from kavalan.casework.cases.searched import case_drafts
from kavalan.casework.cases.services import add_number, correct_note, plan_tasks, withdraw_number, write_note
from kavalan.casework.search.models import SearchDocument

from ..conftest import NOW


def test_numbers_of_other_offices_are_sought_whole_as_written_and_folded(people, case):
    kept = add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="0012/2026", office="Harbour")
    gone = add_number(people.bob, NOW, case=case, kind=NumberKind.COURT, number="SC 3/2026")
    withdraw_number(people.bob, NOW, number=gone, reason="another case's")
    (draft,) = case_drafts([case.pk])
    assert set(draft.wholes) == {case.reference, kept.number, "12/2026"}
    assert [text for _, text in draft.lines] == [case.title, "0012/2026 Harbour"]


def titles(kind):
    return sorted(line[1] for one in SearchDocument.objects.filter(kind=kind) for line in one.lines)


def test_a_note_is_found_as_it_stands_and_one_for_named_persons_is_not(people, case):
    first = write_note(people.bob, NOW, case=case, text="At nine", marking=Marking.AMBER)
    assert titles("note") == ["At nine"]
    correct_note(people.bob, NOW, note=first, text="At ten", marking=Marking.AMBER)
    write_note(people.bob, NOW, case=case, text="Named persons", marking=Marking.RED)
    assert titles("note") == ["At ten"]


def test_tasks_that_are_planned_together_are_all_found(people, case):
    template = next(iter(task_plans()))
    plan_tasks(people.bob, NOW, case=case, template=template)
    found = SearchDocument.objects.filter(kind="task")
    assert sorted(one.title for one in found) == sorted(step.words for step in task_plans()[template].step)
