"""Purging what falls due: decided by two people for exactly what was looked through."""

from datetime import timedelta

import pytest
from django.db import connection

from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.authority.models import Authority
from kavalan.casework.clocks.models import Clock
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.identities.models import SealedVersion
from kavalan.casework.intake.models import Delivery, Indicator, Naming, Person, Report, ReportFile
from kavalan.casework.ledger.selectors import altered_payloads, verify_ledger
from kavalan.casework.retention import work as working
from kavalan.casework.retention.models import Purge, Tombstone
from kavalan.casework.retention.services import hold_report, purge_reports
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault

from ..conftest import NOW
from .conftest import CANARIES, LONG, MAIL, WORD, work


def granted(people, asked):
    answer_approval(people.alice, LONG, approval=asked, granted=True, reason="looked through")
    return asked


def held_in_tables():
    """Which canaries the database holds, table by table, in text or bytes."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 the database's own name
            told = " ".join(text for row in cursor.fetchall() for value in row for text in texts(value))
            found |= {(table, canary) for canary in CANARIES if canary in told}
    return found


def texts(value):
    """As text; bytes both as what they spell and in hexadecimal."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex(), bytes(value).decode(errors="replace")
    return (str(value),)


def test_whole_delivery_leaves_tombstones_and_nothing_that_it_said(
    people, laid, settled, purged, workspace, last_entry
):
    reports = settled(laid())
    assert {canary for _, canary in held_in_tables()} == set(CANARIES)
    names = set(Kept.objects.values_list("name", flat=True))
    purge = purged(reports)
    assert (last_entry()[0].verb, last_entry()[1]["rows"], last_entry()[1]["blobs"]) == ("retention.purged", 15, 3)
    assert held_in_tables() == set()
    assert [model.objects.count() for model in (Person, ReportFile, Naming, Indicator, SealedVersion)] == [0] * 5
    assert all(not vault().blobs.path(name).exists() for name in names)
    assert {one.report.reference: bool(one.done_at) for one in purge.tombstones.all()} == {"R-1": True, "R-2": True}
    assert purge.ended_at is not None
    # The bytes of the file itself: what was deleted is overwritten.
    files = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    assert {(path, word) for path, data in files.items() for word in CANARIES if word.encode() in data} == set()
    assert list(verify_ledger().faults) == []
    assert list(altered_payloads()) == []


def test_what_stays_is_reference_times_and_that_the_duty_was_met(people, laid, settled, purged):
    (report,) = settled(laid(1))
    purged([report])
    stone = Report.objects.get(pk=report.pk)
    assert (stone.reference, stone.arrived_at, stone.tip, stone.sender) == ("R-1", NOW, {"form": "table"}, "")
    assert (bytes(stone.digest), stone.sender_number, stone.answers) == (b"", "", {})
    clocks = Clock.objects.filter(report=report)
    assert {(one.met_at, one.met_note) for one in clocks} == {(NOW, "")}
    assert not Authority.objects.filter(report=report).exclude(accounts=[]).exists()


def test_original_stays_while_another_report_of_the_delivery_does(people, laid, settled, purged):
    first, second = settled(laid())
    purged([first])
    delivery = Delivery.objects.get()
    assert (delivery.kept.doomed_at, bytes(delivery.name)) == (None, WORD.encode())
    assert vault().blobs.path(delivery.kept.name).exists()
    assert Indicator.objects.filter(value=MAIL).exists()
    assert Report.objects.get(pk=second.pk).tip["persons"]
    purged([second])
    assert (Delivery.objects.get().kept, held_in_tables()) == (None, set())


def test_blob_that_another_report_has_too_is_not_destroyed(people, laid, settled, purged):
    first, second = settled(laid())
    name = first.files.get().kept.name
    purge = purged([first])
    assert [one.remains for one in purge.blobs.all()] == [True]
    assert vault().blobs.path(name).exists()
    purged([second])
    assert not vault().blobs.path(name).exists()


@pytest.mark.parametrize(
    ("schedule", "gone", "stays"),
    [
        ("reporter-data", {"persons[0]", "SealedVersion", "phone"}, {"email", "sha256", "file"}),
        ("unmatched-hashes", {"sha256", "file"}, {"persons[0]", "SealedVersion", "phone", "email"}),
    ],
)
def test_schedule_takes_out_its_own_and_no_more(people, laid, settled, purged, schedule, gone, stays):
    (report,) = settled(laid(1))
    purged([report], schedule)
    report = Report.objects.get(pk=report.pk)
    there = {
        "persons[0]": "name" in report.tip["persons"][0] and report.persons.filter(number=0).exists(),
        "SealedVersion": SealedVersion.objects.exists(),
        "file": report.files.get().sha256 is not None and report.tip["files"][0]["sha256"] != "",
    } | {kind: Indicator.objects.filter(kind=kind).exists() for kind in ("phone", "email", "sha256")}
    assert {name for name, is_there in there.items() if not is_there} == gone
    assert {name for name, is_there in there.items() if is_there} == stays
    assert report.tip["persons"][1]["name"] == f"{WORD} the second"
    assert report.files.get().kept.doomed_at is None


def test_something_that_changed_since_it_was_granted_stops_it(people, laid, settled, ask):
    (report,) = settled(laid(1))
    asked = granted(people, ask([report]))
    hold_report(people.bob, LONG, report=report, reason="the court asks for it")
    with pytest.raises(RefusedError, match="Something holds R-1"):
        purge_reports(people.bob, LONG, question=asked)
    assert (Purge.objects.count(), Tombstone.objects.count()) == (0, 0)


def test_grant_is_for_exactly_these_rows(people, laid, settled, ask):
    (report,) = settled(laid(1))
    asked = granted(people, ask([report]))
    with writing(frozenset({"intake_person"})):
        Person.objects.create(report=report, number=2, role="victim", told={})
    with pytest.raises(RefusedError, match="exactly this"):
        purge_reports(people.bob, LONG, question=asked)


def test_nobody_purges_alone_or_without_a_role(people, laid, settled, ask, entries):
    (report,) = settled(laid(1))
    asked = ask([report])
    with pytest.raises(RefusedError, match="Nobody grants"):
        answer_approval(people.bob, LONG, approval=asked, granted=True, reason="mine")
    before = entries()
    for who, why in (("bob", "exactly this"), ("dora", "Your role"), ("charlie", "Your role")):
        with pytest.raises(RefusedError, match=why):
            purge_reports(getattr(people, who), LONG, question=asked)
    assert entries() == before
    granted(people, asked)
    purge_reports(people.bob, LONG, question=asked)
    with pytest.raises(RefusedError, match="Something holds"):
        purge_reports(people.bob, LONG + timedelta(hours=1), question=asked)


def test_worker_that_died_is_followed_by_one_that_goes_on(people, laid, settled, ask, monkeypatch):
    reports = settled(laid())
    purge_reports(people.bob, LONG, question=granted(people, ask(reports)))

    def dies(job, tombstone, now, whole=working.empty_report):
        whole(job, tombstone, now)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(working, "empty_report", dies)
        with pytest.raises(KeyboardInterrupt):
            work()
    assert Tombstone.objects.filter(done_at=None).count() == 1
    job = work()
    assert (job.state, job.fault) == ("done", "")
    assert held_in_tables() == set()


def test_what_does_not_fall_due_yet_is_not_asked_for(people, laid, settled, ask):
    reports = settled(laid(1))
    with pytest.raises(RefusedError, match="Something holds R-1"):
        ask(reports, now=NOW + timedelta(days=729))
    ask(reports, now=NOW + timedelta(days=730))
    with pytest.raises(RefusedError, match="nothing is purged"):
        ask(reports, "evidence")
