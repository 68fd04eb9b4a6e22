"""What can be found of a case: its own number and others', until they are withdrawn."""

from kavalan.casework.cases.rules import NumberKind
from kavalan.casework.cases.searched import case_drafts
from kavalan.casework.cases.services import add_number, withdraw_number

from ..conftest import NOW


def test_numbers_of_other_offices_are_sought_whole_as_written_and_folded(people, case):
    kept = add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="0012/2026", office="Harbour")
    gone = add_number(people.bob, NOW, case=case, kind=NumberKind.COURT, number="SC 3/2026")
    withdraw_number(people.bob, NOW, number=gone, reason="another case's")
    (draft,) = case_drafts([case.pk])
    assert set(draft.wholes) == {case.reference, kept.number, "12/2026"}
    assert [text for _, text in draft.lines] == [case.title, "0012/2026 Harbour"]
