"""Whatever was merged, split and joined, undoing it brings back what was, and leaves what came since."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from kavalan.casework.access.models import Grant, Placement, Role
from kavalan.casework.access.services import grant
from kavalan.casework.cases.models import Case, Part, Rearrangement, Shift
from kavalan.casework.cases.services import join, open_case, split_case
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW
from ..reports import lay_reports
from .rearranged import merge, undo

PICK = st.integers(0, 9)
MERGE = st.tuples(st.just("merge"), PICK, st.lists(PICK, min_size=1, max_size=2), st.booleans())
SPLIT = st.tuples(st.just("split"), PICK, st.lists(PICK, min_size=1, max_size=3))
JOIN = st.tuples(st.just("join"), PICK, PICK)
UNDO = st.tuples(st.just("undo"), PICK)
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Table:
    """Three cases with reports of which some are alike, and what a person joined to each, in plain sets."""

    def __init__(self, people, reports):
        self.people, self.reports = people, reports
        self.cases = [open_case(people.bob, NOW, title=f"Harbour {number}") for number in range(3)]
        grant(people.alice, NOW, compartment=self.cases[0].compartment, to=people.dora, role=Role.EXAMINER)
        self.joined = {case.pk: set() for case in self.cases}
        for case, report in ((0, 0), (0, 1), (1, 1), (1, 2), (2, 3)):
            self.join(case, report)

    def case(self, number):
        return Case.objects.get(pk=self.cases[number % len(self.cases)].pk)

    def join(self, case, report):
        case, report = self.case(case), self.reports[report % len(self.reports)]
        join(self.people.alice, NOW, case=case, joined=report)
        self.joined[case.pk].add(report.pk)

    def merge(self, into, merged, let_in):
        into, merged = self.case(into), {self.case(number) for number in merged}
        doras = Grant.objects.filter(compartment__case__in=merged, officer=self.people.dora, until__isnull=True)
        merge(self.people.alice, into, *merged, let_in=[one.public_id for one in doras] if let_in else ())

    def split(self, case, parts):
        there = list(Part.objects.filter(case=self.case(case), ended_at__isnull=True).order_by("pk")) or [Part(pk=0)]
        some = {there[number % len(there)] for number in parts}
        new = split_case(self.people.alice, NOW, case=self.case(case), parts=some, title="Apart", reason="another one")
        self.cases.append(new)
        self.joined[new.pk] = set()

    def undo(self, number):
        standing = list(Rearrangement.objects.filter(undone_at__isnull=True, case__in=self.cases).order_by("pk"))
        if standing:
            undo(self.people.alice, standing[number % len(standing)])

    def standing(self):
        return Rearrangement.objects.filter(undone_at__isnull=True, case__in=self.cases)


def look(cases):
    """What lies where and who is let in, told by the tables alone."""
    told = {}
    for case in Case.objects.filter(pk__in=[one.pk for one in cases]):
        room = case.compartment_id
        told[case.pk] = (
            case.merged_into_id,
            sorted(Part.objects.filter(case=case, ended_at__isnull=True).values_list("kind", "object_id")),
            sorted(Placement.objects.filter(compartment=room).values_list("kind", "object_id")),
            sorted(Grant.objects.filter(compartment=room, until__isnull=True).values_list("officer", "role")),
        )
    return told


@pytest.fixture
def lay(people, series, desk):
    """A table of new cases and reports."""
    return lambda: Table(people, lay_reports(desk, 4))


@given(steps=st.lists(st.one_of(MERGE, SPLIT), min_size=1, max_size=5))
@QUICK
def test_each_state_comes_back_when_the_last_is_undone(lay, steps):
    table, before = lay(), []
    rows = count_of_rows()
    for name, *facts in steps:
        state, made = look(table.cases), set(table.standing().values_list("pk", flat=True))
        try:
            getattr(table, name)(*facts)
        except RefusedError:
            assert look(table.cases) == state
            continue
        new = [one for one in table.standing() if one.pk not in made]
        before.append((state, new))
    for state, new in reversed(before):
        for one in reversed(new):
            undo(table.people.alice, one)
        assert look([case for case in table.cases if case.pk in state]) == state
    assert all(now >= then for now, then in zip(count_of_rows(), rows, strict=True))


@given(steps=st.lists(st.one_of(MERGE, SPLIT, JOIN, UNDO), min_size=1, max_size=8), order=st.lists(PICK, max_size=8))
@QUICK
def test_in_whatever_order_all_is_undone_every_case_holds_what_was_joined_in_it(lay, steps, order):
    table = lay()
    for name, *facts in steps:
        try:
            getattr(table, name)(*facts)
        except RefusedError:
            continue
    turn = iter(order)
    while left := table.standing().count():
        try:
            table.undo(next(turn, left - 1))
        except RefusedError:
            # The latest waits for nothing that is not undone yet.
            undone_one(table)
    report = Report._meta.label_lower
    for case, (merged_into, parts, placed, _) in look(table.cases).items():
        wanted = sorted((report, number) for number in table.joined[case])
        assert (merged_into, parts, placed) == (None, wanted, sorted([*wanted, ("cases.case", case)]))
    # Dora was let in at the first case, and at what was split off where she was; what merges gave her has ended.
    letting = {one.compartment.case.pk for one in Grant.objects.filter(officer=table.people.dora, until__isnull=True)}
    assert not letting & {table.cases[1].pk, table.cases[2].pk}
    seen = {one.pk for one in visible_reports(table.people.dora, NOW)} & {one.pk for one in table.reports}
    assert seen == set().union(*(table.joined[case.pk] for case in table.cases if case.pk in letting))


def undone_one(table):
    """Undo one of those that stand: there is always one that can be."""
    for one in table.standing().order_by("-pk"):
        try:
            return undo(table.people.alice, one)
        except RefusedError:
            continue
    raise AssertionError("none of them can be undone")


def count_of_rows():
    return [model.objects.count() for model in (Case, Part, Rearrangement, Shift, Grant)]
