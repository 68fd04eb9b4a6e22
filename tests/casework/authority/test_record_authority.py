"""Recording authorities."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.authority.papers import take
from kavalan.casework.authority.rules import Account, Activity, Basis, DataKind, Grounds, Kind, Span
from kavalan.casework.authority.selectors import grounds_of
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing

from ..conftest import LATER, NOW, grounds
from .conftest import PDF, a_paper


def record(actor, said, reference="FIR 12/2026"):
    return record_authority(actor, NOW, kind=Kind.FIR, reference=reference, grounds=said)


def test_authority_says_what_was_recorded(people, last_entry):
    said = grounds("E-8", "E-9", activities=["collect", "triage"])
    authority = record(people.charlie, said)
    assert grounds_of(authority) == said
    assert authority.unit == people.charlie.unit
    entry, told = last_entry()
    assert (entry.verb, entry.authority, entry.subject) == ("authority.record", None, authority.public_id)
    assert (told["reference"], told["exhibits"]) == ("FIR 12/2026", ["E-8", "E-9"])


@pytest.mark.parametrize(
    "said",
    [
        Grounds({Activity.COLLECT: Span(NOW, LATER)}, frozenset()),
        Grounds({Activity.COLLECT: Span(NOW, LATER)}, frozenset({"everything"})),
        Grounds({}, frozenset({"E-1"})),
    ],
)
def test_authority_for_everything_or_nothing_is_refused(people, entries, said):
    before = entries()
    with pytest.raises(RefusedError):
        record(people.alice, said)
    assert (entries(), Authority.objects.count()) == (before, 1)


def test_database_refuses_a_permission_with_an_open_end(people):
    with writing(frozenset({"authority_permit"})), pytest.raises(IntegrityError):
        Permit.objects.create(authority=people.warrant, activity="block", valid_from=NOW, valid_until=None)


def test_database_refuses_a_permission_that_ends_before_it_begins(people):
    with writing(frozenset({"authority_permit"})), pytest.raises(IntegrityError):
        Permit.objects.create(authority=people.warrant, activity="block", valid_from=LATER, valid_until=NOW)


def test_second_authority_of_the_same_reference_is_refused(people):
    with pytest.raises(RefusedError, match="recorded already"):
        record(people.alice, grounds("E-3"), reference="W 7/2026")


CONSENT = Basis(giver="P-17", paper="ab" * 32, kept_at="file 7, shelf 3")
REPORT = Grounds(
    {Activity.TRIAGE: Span(NOW, NOW + timedelta(days=14))},
    frozenset(),
    frozenset({Account("chirp", "42")}),
    report="R 1",
)


def test_consent_says_by_a_pseudonym_who_gave_it_and_where_the_paper_lies(people, last_entry):
    given = record_authority(
        people.alice, NOW, kind=Kind.CONSENT, reference="C 1", grounds=grounds("E-3"), basis=CONSENT
    )
    kept = Authority.objects.get(pk=given.pk)
    assert (kept.giver, kept.paper_hex, kept.kept_at) == ("P-17", "ab" * 32, "file 7, shelf 3")
    assert last_entry()[1]["giver"] == "P-17"


@pytest.mark.parametrize(
    ("kind", "said", "basis", "why"),
    [
        (Kind.CONSENT, grounds("E-3"), Basis(), "Who gave it"),
        (Kind.CONSENT, grounds("E-3"), Basis(giver="Meena Pillai"), "never by a name"),
        (Kind.STATUTORY_DUTY, grounds("E-3"), Basis(), "with its section"),
        (Kind.PARTNER_AGREEMENT, grounds("E-3"), Basis(giver=" "), "The partner"),
        (Kind.WARRANT, grounds("E-3"), Basis(paper="abc"), "64 hexadecimal digits"),
        (Kind.PRELIMINARY, REPORT, Basis(), "The report"),
        (Kind.PRELIMINARY, replace(REPORT, report=""), Basis("R 1"), "one report"),
        (Kind.PRELIMINARY, replace(REPORT, accounts=frozenset(), exhibits=frozenset({"E-3"})), Basis("R 1"), "own"),
        (Kind.PRELIMINARY, replace(REPORT, exhibits=frozenset({"E-3"})), Basis("R 1"), "no exhibit"),
        (Kind.PRELIMINARY, replace(REPORT, activities=grounds("E-3").activities), Basis("R 1"), "not to collect"),
        (
            Kind.PRELIMINARY,
            replace(REPORT, activities={Activity.TRIAGE: Span(NOW, NOW + timedelta(days=14, seconds=1))}),
            Basis("R 1"),
            "after 14 days",
        ),
        (Kind.WARRANT, REPORT, Basis(), "names its exhibits"),
    ],
)
def test_what_its_kind_needs_is_asked_for(people, entries, kind, said, basis, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        record_authority(people.alice, NOW, kind=kind, reference="A 1", grounds=said, basis=basis)
    assert entries() == before


def test_report_has_its_own_authority_over_its_own_identifiers(people):
    made = record_authority(
        people.alice, NOW, kind=Kind.PRELIMINARY, reference="R 1", grounds=REPORT, basis=Basis("R 1")
    )
    assert grounds_of(Authority.objects.get(pk=made.pk)) == REPORT


def test_what_it_reaches_is_read_back_as_it_was_said(people):
    said = replace(grounds("E-3"), accounts=REPORT.accounts, dates=Span(NOW, LATER), kinds=frozenset({DataKind.VIDEO}))
    assert grounds_of(Authority.objects.get(pk=record(people.alice, said).pk)) == said


@pytest.mark.parametrize("dates", [(NOW, None), (None, NOW), (LATER, NOW)])
def test_database_refuses_dates_with_an_open_end(people, dates):
    with writing(frozenset({"authority_authority"})), pytest.raises(IntegrityError):
        Authority.objects.update(dates_from=dates[0], dates_until=dates[1])


def test_its_file_is_kept_with_it_and_gives_the_sha256(people, unlocked):
    made = record_authority(
        people.alice, NOW, kind=Kind.FIR, reference="F 1", grounds=grounds("E-3"), paper=take(a_paper())
    )
    kept = made.papers.get().kept
    assert made.paper_hex == kept.sha256_hex == hashlib.sha256(PDF).hexdigest()
    assert (kept.unit, kept.media_type) == (people.alice.unit, "application/pdf")


def test_file_with_another_sha256_than_was_said_is_not_the_paper(people, unlocked, entries):
    said = {"kind": Kind.FIR, "reference": "F 1", "grounds": grounds("E-3"), "basis": Basis(paper="ab" * 32)}
    before = entries()
    with pytest.raises(RefusedError, match="its own is " + hashlib.sha256(PDF).hexdigest()):
        record_authority(people.alice, NOW, paper=take(a_paper()), **said)
    assert (entries(), Authority.objects.count()) == (before, 1)
