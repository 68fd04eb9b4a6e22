"""The closing report as a paper."""

from datetime import timedelta

from django.urls import reverse

from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import mark_case
from kavalan.casework.operations.closing_paper import closing_paper
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.selectors.operations import marking_of
from kavalan.casework.operations.services import add_case, close_operation, enter_state
from tests.papers.required import fonts_built

from ..conftest import NOW


def test_it_shows_the_figures_that_were_kept_and_not_those_of_today(people, operation, sites):
    closing = close_operation(people.alice, NOW, operation=operation, remark="a storm")
    enter_state(people.alice, NOW, site=operation.sites.first(), what=State.SEARCHED, moment=NOW)
    paper = closing_paper(closing)
    totals = {one.label: one.total for one in paper.figures}
    assert (totals["Planned"], totals["Searched"], paper.remark, paper.number) == (3, 0, "a storm", 1)
    assert [(one.name, one.counts[0]) for one in paper.districts] == [("Kollam", 1), ("Thrissur", 2)]


def test_it_carries_the_narrowest_mark_of_its_cases_and_none_wider_than_its_units(people, operation, case):
    add_case(people.alice, NOW, operation=operation, case=case)
    for marking, shown in ((Marking.CLEAR, Marking.AMBER_STRICT), (Marking.RED, Marking.RED)):
        mark_case(people.alice, NOW + timedelta(hours=1), case=case, marking=marking, reason="so")
        assert marking_of(operation) == shown


@fonts_built
def test_it_is_made_anew_the_same_each_time(client, people, operation, sites):
    closing = close_operation(people.alice, NOW, operation=operation)
    client.force_login(people.charlie)
    first, second = (client.get(reverse("closing-paper", args=[closing.public_id])) for _ in range(2))
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-1.")
    assert first["Content-Disposition"] == 'attachment; filename="COAST-OP-1-2026-1.pdf"'
