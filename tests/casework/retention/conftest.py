"""Reports of long ago at Alice's desk: a delivery of two, with persons, files, identifiers, a blob, a sealed name."""

import hashlib
import io
from datetime import timedelta

import pytest

from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.services import meet_together
from kavalan.casework.clocks.starting import start_for
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.intake.models import Delivery, Indicator, Naming, Person, Report, ReportFile
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.retention.services import PURGE, ask_for_purge, purge_reports
from kavalan.casework.retention.work import Purging
from kavalan.casework.search.indexing import write_all
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.vault.store import vault

from ..conftest import NOW
from ..reports import lay_reports, open_intake

LONG = NOW + timedelta(days=1000)
WORD, NUMBER, MAIL = "Quillanthe", "+91 00000 73519", "heronwade@example.invalid"
DIGEST = hashlib.sha256(b"a drawn shape").digest()
CANARIES = (WORD, NUMBER, MAIL, DIGEST.hex())


def tip(number):
    """What a report says: made up, and told apart by its number."""
    return {
        "form": "table",
        "number": f"{WORD}-{number}",
        "persons": [
            {"role": "reporter", "name": WORD, "phones": [NUMBER]},
            {"role": "reported", "name": f"{WORD} the second", "emails": [MAIL]},
        ],
        "files": [{"name": "shape.png", "sha256": DIGEST.hex(), "said": [["Original hash", DIGEST.hex()]]}],
        "passages": [{"heading": "told", "text": f"a walk by the lake, said {WORD}"}],
        "places": [{"of": "persons[0]", "address": NUMBER, "where": "column 3"}],
    }


@pytest.fixture
def desk(people):
    return open_intake(people)


@pytest.fixture
def rooms(people, desk):
    return [desk.compartment]


@pytest.fixture
def laid(people, desk, unlocked):
    """Lays so many reports of one delivery, set aside by a person, with all that hangs on them."""

    def lay(count=2, **facts):
        stored = vault().put(io.BytesIO(f"original of {WORD}".encode() * 9))
        shape = vault().put(io.BytesIO(b"a drawn shape"))
        sealed = [
            seal_identity(
                people.alice, NOW, kind=Kind.REPORTER, compartment=desk.compartment, particulars=Particulars(WORD)
            )
            for _ in range(count)
        ]

        def fill(reports, at):
            original = enter(stored, what=What.EXHIBIT_COPY, media_type="text/plain", by=people.bob, at=at)
            Delivery.objects.update(kept=original, name=WORD.encode(), sender=WORD, sha256=stored.sha256)
            for report, identity in zip(reports, sealed, strict=True):
                hang(
                    report, identity, enter(shape, what=What.EXHIBIT_COPY, media_type="image/png", by=people.bob, at=at)
                )
            start_for(reports, at)
            write_all(reports)

        reports = lay_reports(desk, count, then=fill, **{"standing": "set_aside", "sender": WORD, **facts})
        return [Report.objects.get(pk=report.pk) for report in reports]

    return lay


def hang(report, identity, kept):
    report.tip, report.sender_number = tip(report.position), f"{WORD}-{report.position}"
    report.save()
    one = Person.objects.create(
        report=report, number=0, role="reporter", told={"role": "reporter", "name": WORD}, identity=identity
    )
    Person.objects.create(report=report, number=1, role="reported", told={"emails": [MAIL]})
    ReportFile.objects.create(
        report=report,
        number=0,
        told={"sha256": DIGEST.hex(), "md5": "", "said": []},
        sha256=DIGEST,
        kept=kept,
        known=False,
    )
    for kind, value, person in (("phone", NUMBER, one), ("email", MAIL, None), ("sha256", DIGEST.hex(), None)):
        indicator, _ = Indicator.objects.get_or_create(kind=kind, value=value)
        Naming.objects.create(indicator=indicator, report=report, person=person, where="column 3", strong=True)


@pytest.fixture
def settled(people):
    """Says of these reports that what the law wanted was done."""

    def do(reports):
        for name in ("pocso-19-5", "pocso-19-6"):
            running = Clock.objects.filter(report__in=reports, name=name, met_at=None)
            ids = list(running.values_list("public_id", flat=True))
            meet_together(people.bob, NOW, clocks=ids, met_at=NOW, note="list 7")
        return reports

    return do


@pytest.fixture
def ask(people, desk):
    """Bob asks for a purge."""

    def do(reports, schedule="report-set-aside", reason="by the schedule", now=LONG, who=None):
        ids = [report.public_id for report in reports]
        return ask_for_purge(who or people.bob, now, desk=desk, schedule=schedule, reports=ids, reason=reason)

    return do


@pytest.fixture
def decided(people, laid, settled, ask):
    """A purge of one report that two people decided on, and that waits for the worker."""
    asked = ask(settled(laid(1)))
    answer_approval(people.alice, LONG, approval=asked, granted=True, reason="looked through")
    return purge_reports(people.bob, LONG, question=asked)


@pytest.fixture
def purged(people, ask):
    """Asks, has it granted by Alice, decides, and does it."""

    def do(reports, schedule="report-set-aside"):
        asked = ask(reports, schedule)
        answer_approval(people.alice, LONG, approval=asked, granted=True, reason="looked through")
        purge = purge_reports(people.bob, LONG, question=asked)
        work()
        purge.refresh_from_db()
        return purge

    return do


def work(now=LONG):
    """Do the next job."""
    return run_next({PURGE: Purging()}, "worker", lambda: now)
