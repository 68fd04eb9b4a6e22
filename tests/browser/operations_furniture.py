"""Of the browser tests' workspace an operation over several districts: 60 sites, of which some were searched."""

import csv
import io
from datetime import timedelta

from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.models import Case
from kavalan.casework.custody.models import Seizure
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.services import (
    add_case,
    close_operation,
    correct_state,
    enter_state,
    link_seizure,
    open_operation,
    take_sites,
)

DISTRICTS = ("Kasaragod", "Kannur", "Wayanad", "Kozhikode", "Malappuram", "Palakkad")
DISTRICTS += ("Thrissur", "Ernakulam", "Idukki", "Kottayam", "Alappuzha", "Pathanamthitta", "Kollam", "601")
PLACES = ("Ward 4, by the mill", "Ferry Lane", "Hostel road", "Old market, first floor")


def table_of(lead, other):
    """Sixty invented sites in fourteen districts; the first one is a home."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("site", "district", "place", "address", "home", "team", "lead", "members", "warrant", "court"))
    for number in range(60):
        address = "Kingfisher House, Ferry Lane 4" if number == 0 else ""
        team = number % 6 + 1
        badges = (lead, "KP-9001 KP-9002") if team == 1 else (f"KP-90{team}0", other if team == 2 else "")
        warrant = ("", "") if number % 9 == 8 else (f"W {200 + number}/2026", "JFCM I, invented")
        home = "yes" if number == 0 else ("", "no")[number % 2]
        place = PLACES[number % len(PLACES)]
        district = DISTRICTS[number % len(DISTRICTS)]
        writer.writerow((f"MLD-{number + 1:02}", district, place, address, home, f"Team {team}", *badges, *warrant))
    return text.getvalue()


def lay_operation(officer, supervisor, now):
    """An operation on its search day, with a closing report and what was told after it; the addresses of its pages."""
    leader = Officer.objects.select_related("unit").get(badge=supervisor)
    made = open_operation(leader, now, title="Harbour lights, invented", day=timezone.localdate(now))
    grant(leader, now, compartment=made.compartment, to=officer, role=Role.SUPERVISOR)
    case = Case.objects.filter(merged_into__isnull=True, compartment__grants__officer=officer).order_by("pk").first()
    if case is not None:
        add_case(officer, now, operation=made, case=case)
    take_sites(officer, now - timedelta(hours=5), operation=made, text=table_of(officer.badge, leader.badge))
    sites = list(made.sites.select_related("operation", "warrant").order_by("pk"))
    _tell(officer, sites, now)
    link_seizure(officer, now, site=sites[0], seizure=Seizure.objects.earliest("pk"))
    close_operation(officer, now, operation=made, remark="MLD-60 is a school: after the holidays")
    enter_state(officer, now, site=sites[59], what=State.NOTHING, moment=now)
    # Another, which is not closed and has no site yet.
    empty = open_operation(leader, now, title="The day after, invented")
    grant(leader, now, compartment=empty.compartment, to=officer, role=Role.SUPERVISOR)
    here, site = f"/operations/{made.public_id}/", sites[0]
    entry = site.entries.order_by("pk").last()
    return {
        "operation": here,
        "grant": f"/grants/{made.compartment.grants.earliest('pk').public_id}/end/",
        "site": f"/sites/{site.public_id}/",
        "entry": f"/sites/entries/{entry.public_id}/",
        "site_warrant": f"/operations/warrants/{site.warrant.public_id}/",
        "empty_operation": f"/operations/{empty.public_id}/",
    }


def _tell(officer, sites, now):
    """Half are searched: most with nothing, some with things, two with arrests, one of which is corrected."""
    for number, site in enumerate(sites[:30]):
        what = State.SEIZED if number % 3 == 0 else State.NOTHING
        enter_state(officer, now, site=site, what=what, moment=now - timedelta(minutes=200 - number))
    told = {"what": State.ARRESTED, "moment": now - timedelta(minutes=20)}
    wrong = enter_state(officer, now, site=sites[0], persons=2, **told)
    enter_state(officer, now, site=sites[3], persons=1, **told)
    correct_state(officer, now, entry=wrong, persons=1, reason="the other was a witness", **told)
