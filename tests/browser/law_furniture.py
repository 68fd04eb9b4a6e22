"""Of the browser tests' workspace what the law asks: papers, time limits, and what is privileged."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.services import enrol_officer
from kavalan.casework.authority.papers import take
from kavalan.casework.authority.rules import Activity, Grounds, Span
from kavalan.casework.authority.rules import Kind as Paper
from kavalan.casework.authority.services import add_paper, record_authority
from kavalan.casework.clocks.services import meet_clock, start_clock
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.papers.issuing import issue
from kavalan.casework.privilege.services import supply_identifiers

FILTER = "KP-7040"
LETTERS = ("adv-menon/letter to the client, of 3 March.txt", "adv-menon/bill.txt", "shopping list.txt")


def lay_papers(officer, exhibit, now):
    """A file of the warrant, and three time limits about the exhibit: too late, without delay, met; one's address."""
    order = SimpleUploadedFile("order.pdf", b"%PDF-1.7 an order, invented\n" * 40, "application/pdf")
    add_paper(officer, now, authority=exhibit.authority, paper=take(order, "order of 3 March, until 3 June"))
    late, met = (now - timedelta(hours=hours) for hours in (70, 20))
    limit = start_clock(officer, now, name="bnss-185-5", matter=exhibit, started_at=late)
    start_clock(officer, now, name="bnss-105", matter=exhibit, started_at=late)
    done = start_clock(officer, now, name="pocso-19-6", matter=exhibit, started_at=met)
    meet_clock(officer, now, clock=done, met_at=met + timedelta(hours=2), note="by hand, receipt 4/2026")
    return f"/clocks/{limit.public_id}/"


def issue_paper(officer, exhibit, now):
    """The sequence of custody, once."""
    issue(officer, exhibit, now)


def lay_letters(administrator, investigator, folder, password, now):
    """An exhibit with an advocate's letters, in a room of its own with a filter officer; to be scanned yet."""
    lead = Officer.objects.select_related("unit").get(badge=investigator)
    name = "Inspector Leela Thomas"
    filtering = enrol_officer(administrator, now, badge=FILTER, name=name, unit=lead.unit, password=password)
    room = open_compartment(lead, now, name="Seizure of 9 April")
    grant(lead, now, compartment=room, to=filtering, role=Role.FILTER_OFFICER)
    span = Span(now - timedelta(days=1), now + timedelta(days=30))
    spans = dict.fromkeys((Activity.COLLECT, Activity.EXAMINE), span)
    said = Grounds(spans, frozenset({"MO-5/2026"}))
    warrant = record_authority(lead, now, kind=Paper.WARRANT, reference="W 131/2026, Malanad", grounds=said)
    source = folder / "evidence" / "card-5"
    for letter in LETTERS:
        (source / letter).parent.mkdir(parents=True, exist_ok=True)
        (source / letter).write_text(letter)
    exhibit = register_exhibit(lead, warrant, ExhibitDraft("MO-5/2026", source, room, "A folder of letters"), now)
    supply_identifiers(lead, now, exhibit=exhibit, identifiers=["adv-menon"])
    start_scan(lead, warrant, exhibit, now)
    return filtering, f"/exhibits/{exhibit.public_id}/"
