"""Asking what other units hold: named to who asks, told to who is asked, and bounded."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.intake.selectors import report_for
from kavalan.casework.routing.models import Held, Inquiry
from kavalan.casework.routing.rules import AskLimits
from kavalan.casework.routing.seen import Identifier, identifiers_in
from kavalan.casework.routing.services import ask_others

from ..conftest import NOW
from ..reports import lay_reports
from .conftest import name_in, tell_of

NUMBER, OTHER = Identifier("phone", "+447700900123"), Identifier("phone", "+447700900124")


def ask(officer, *identifiers, report=None, at=NOW):
    return ask_others(officer, at, identifiers=identifiers or [NUMBER], report=report, reason="the same caller")


def told(inquiry):
    """What an asking says: which unit's desk, which reference there."""
    rows = Held.objects.filter(asked__inquiry=inquiry).values_list(
        "asked__desk__unit__name", "reference", "sought__value"
    )
    return sorted(rows)


@pytest.fixture
def theirs(hill):
    """A report of Charlie's desk that names the number."""
    (made,) = lay_reports(hill, 1, tip={"form": "table"})
    name_in(made, NUMBER.value)
    return made


def test_the_unit_and_the_reference_are_named(people, report, theirs):
    name_in(report, NUMBER.value)
    assert told(ask(people.bob, report=report)) == [("Hill Unit", theirs.reference, NUMBER.value)]


def test_the_report_itself_stays_closed(people, report, theirs):
    name_in(report, NUMBER.value)
    ask(people.bob, report=report)
    assert report_for(people.bob, theirs.public_id, NOW) is None


def test_one_entry_tells_of_all_that_was_asked(people, report, theirs, entries, last_entry):
    for one in (NUMBER, OTHER):
        name_in(report, one.value)
    before = entries()
    made = ask(people.bob, NUMBER, OTHER, report=report)
    entry, said = last_entry()
    assert (entries() - before, entry.verb, entry.subject) == (1, "indicator.ask", made.public_id)
    assert said["told"] == [f"{theirs.desk.public_id} {theirs.public_id}"]


def test_what_one_sees_oneself_is_not_asked(people, report, coast):
    (own,) = lay_reports(coast, 1)
    for one in (report, own):
        name_in(one, NUMBER.value)
    assert told(ask(people.bob, report=report)) == []


def test_what_was_typed_is_asked_in_the_same_way(people, coast, theirs):
    sought = identifiers_in("call +44 7700 900123")
    assert told(ask(people.bob, *sought)) == [("Hill Unit", theirs.reference, NUMBER.value)]


@pytest.mark.usefixtures("coast")
def test_an_account_is_asked_by_its_service_and_id(people, hill):
    (made,) = lay_reports(hill, 1)
    name_in(made, "chirp 42", "account")
    assert told(ask(people.bob, *identifiers_in("42", "Chirp"))) == [("Hill Unit", made.reference, "chirp 42")]


def test_only_what_the_report_names_is_asked_at_it(people, report, theirs):
    name_in(report, OTHER.value)
    with pytest.raises(RefusedError, match="what the report names"):
        ask(people.bob, NUMBER, report=report)


@pytest.mark.parametrize("role", ["victim", "reporter"])
def test_who_names_a_child_or_reports_is_neither_told_nor_asked(people, report, hill, role):
    (made,) = lay_reports(hill, 1)
    for one in (report, made):
        name_in(one, NUMBER.value, person=tell_of(one, role))
    assert told(ask(people.bob)) == []
    with pytest.raises(RefusedError, match="names a child"):
        ask(people.bob, report=report)


def test_the_child_lane_is_neither_told_nor_asked(people, report, hill):
    (made,) = lay_reports(hill, 1)
    for one in (report, made):
        tell_of(one, may_be_minor=True)
        name_in(one, NUMBER.value)
    assert told(ask(people.bob)) == []
    with pytest.raises(RefusedError, match="names a child"):
        ask(people.bob, report=report)


def test_a_sealed_name_is_neither_told_nor_asked(people, report, hill, unlocked):
    (made,) = lay_reports(hill, 1)
    kinds = {"kind": Kind.REPORTER, "compartment": hill.compartment, "particulars": Particulars("Zelphine")}
    name_in(made, NUMBER.value, person=tell_of(made, "recipient", seal_identity(people.charlie, NOW, **kinds)))
    assert told(ask(people.bob)) == []


def test_who_works_at_no_desk_asks_nobody(people, report, theirs):
    with pytest.raises(RefusedError, match="Only who works at an intake desk"):
        ask(people.dora)
    with pytest.raises(RefusedError, match="Only who works on the report"):
        ask(people.dora, report=report)


@pytest.mark.parametrize(("reason", "identifiers", "why"), [(" ", [NUMBER], "reason"), ("why", [], "at least")])
def test_an_asking_has_a_reason_and_a_matter(people, coast, reason, identifiers, why):
    with pytest.raises(RefusedError, match=why):
        ask_others(people.bob, NOW, identifiers=identifiers, report=None, reason=reason)
    assert not Inquiry.objects.exists()


@pytest.fixture
def strict(monkeypatch):
    """Two askings of an officer in a day, three of a unit, one identifier at once."""
    limits = AskLimits(officer_a_day=2, unit_a_day=3, identifiers=1, reports=100)
    monkeypatch.setattr("kavalan.casework.routing.services.inquiries.ask_limits", lambda: limits)


def test_an_officer_asks_so_often_in_a_day_and_goes_on_the_next(people, coast, strict):
    # 18:29 UTC is 23:59 in India.
    late = NOW.replace(hour=18, minute=29)
    ask(people.bob, at=late)
    ask(people.bob, at=late)
    with pytest.raises(RefusedError, match="You have asked 2 times"):
        ask(people.bob, at=late)
    ask(people.bob, at=late + timedelta(minutes=1))


def test_a_unit_asks_so_often_in_a_day(people, coast, strict):
    for officer in (people.bob, people.bob, people.alice):
        ask(officer)
    with pytest.raises(RefusedError, match="Your unit has asked 3 times"):
        ask(people.alice)


def test_no_more_is_asked_at_once_than_the_limits_say(people, coast, strict):
    with pytest.raises(RefusedError, match="at most"):
        ask(people.bob, NUMBER, OTHER)


# A report: at which desk it lies, what it names as whose, whether it is in the child lane.
REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["coast", "hill"]),
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "reported", "victim", "reporter"])), max_size=3),
        st.booleans(),
    ),
    max_size=4,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=REPORTS, sought=st.sets(st.integers(0, 3), min_size=1))
def test_an_asking_tells_what_a_plain_reading_of_the_world_tells(people, coast, hill, world, sought):
    base = Held.objects.count() * 1000 + Inquiry.objects.count() * 10
    desks, expected = {"coast": coast, "hill": hill}, set()
    for where, names, child in world:
        (made,) = lay_reports(desks[where], 1)
        if child:
            tell_of(made, may_be_minor=True)
        for number, role in names:
            name_in(made, f"v{base + number}", person=tell_of(made, role) if role else None)
            if where == "hill" and not child and role in {"", "reported"} and number in sought:
                expected.add(("Hill Unit", made.reference, f"v{base + number}"))
    wanted = [Identifier("phone", f"v{base + number}") for number in sought]
    at = NOW + timedelta(days=Inquiry.objects.count())
    assert told(ask(people.bob, *wanted, at=at)) == sorted(expected)
