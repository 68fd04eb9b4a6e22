"""The authority that a report carries itself."""

from datetime import timedelta

import pytest

from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Account, Activity, Kind
from kavalan.casework.authority.selectors import ask, grounds_of
from kavalan.casework.authority.services import record_authority, record_preliminary
from kavalan.casework.errors import RefusedError

from ..conftest import NOW, grounds

OWN = (Account("chirp", "42"), Account("telephone", "+99 00000 00001"))
DAYS = timedelta(days=14)


def carry(people, report="R 1/2026", accounts=OWN):
    return record_preliminary(people.alice, NOW, report=report, accounts=accounts)


def test_it_says_the_reports_own_identifiers_two_activities_and_fourteen_days(people, last_entry):
    made = Authority.objects.get(pk=carry(people).pk)
    said = grounds_of(made)
    assert (made.kind, made.giver, made.unit) == (Kind.PRELIMINARY, "R 1/2026", people.alice.unit)
    assert (said.accounts, said.exhibits) == (frozenset(OWN), frozenset())
    spans = {name: (span.start, span.end) for name, span in said.activities.items()}
    assert spans == dict.fromkeys((Activity.TRIAGE, Activity.PRESERVE), (NOW, NOW + DAYS))
    assert last_entry()[1]["accounts"] == ["chirp 42", "telephone +99 00000 00001"]


def test_activities_and_days_are_data():
    limit = limits().preliminary
    assert (limit.days, limit.activities, bool(limit.source)) == (14, ("triage", "preserve"), True)


@pytest.mark.parametrize("activity", [Activity.TRIAGE, Activity.PRESERVE])
def test_report_is_triaged_and_preserved_on_it_until_it_lapses(people, activity):
    made = carry(people)
    assert ask(made, people.alice, activity, "R 1/2026", NOW + DAYS - timedelta(seconds=1)) is None
    with pytest.raises(RefusedError, match="ended on 2026-03-15"):
        ask(made, people.alice, activity, "R 1/2026", NOW + DAYS)


@pytest.mark.parametrize("activity", sorted(set(Activity) - {Activity.TRIAGE, Activity.PRESERVE}))
def test_nothing_else_is_done_on_it(people, activity):
    with pytest.raises(RefusedError, match="does not permit to"):
        ask(carry(people), people.alice, activity, "R 1/2026", NOW)


@pytest.mark.parametrize("matter", ["R 2/2026", "E-1", "", "chirp 42"])
def test_it_reaches_no_other_report_and_no_exhibit(people, matter):
    with pytest.raises(RefusedError, match="does not name"):
        ask(carry(people), people.alice, Activity.TRIAGE, matter, NOW)


def test_paper_of_another_kind_reaches_no_report_by_who_gave_it(people):
    warrant = record_authority(
        people.alice, NOW, kind=Kind.WARRANT, reference="W 9/2026", grounds=grounds("E-7", activities=["triage"])
    )
    with pytest.raises(RefusedError, match="does not name"):
        ask(warrant, people.alice, Activity.TRIAGE, warrant.giver, NOW)


@pytest.mark.parametrize(
    ("report", "accounts", "why"),
    [(" ", OWN, "belongs to one report"), ("R 1/2026", (), "names"), ("R 1/2026", [Account("chirp", "*")], "everyth")],
)
def test_report_without_name_or_identifiers_carries_none(people, entries, report, accounts, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        carry(people, report, accounts)
    assert entries() == before


def test_report_carries_it_once(people):
    carry(people)
    with pytest.raises(RefusedError, match="recorded already"):
        carry(people)
