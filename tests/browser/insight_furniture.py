"""Of the browser tests' workspace enough reports and cases that a map has something to show."""

from tests.browser.routing_furniture import desk_of
from tests.casework.reports import lay_reports

from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.services import open_case
from kavalan.casework.insight.duty import place_if_due

NAMED = {"Wayanad": (24, 0, "in-32-590"), "Thrissur": (21, 6, "in-32-594"), "Kollam": (8, 9, "in-32-600")}
"""By district: reports that name it, cases, its id in the routing tables."""


def lay_insight(officer, supervisor, now):
    """Reports and cases of three districts; in one of them many reports and few cases."""
    head = Officer.objects.select_related("unit").get(badge=supervisor)
    desk = desk_of(officer, head, now)
    for name, (reports, cases, district) in NAMED.items():
        tip = {"form": "table", "persons": [{"addresses": [f"12 Shore Road, {name}"]}]}
        lay_reports(desk, reports, at=now, tip=tip, standing="set_aside")
        for _ in range(cases):
            open_case(head, now, title="Accounts that are looked into", district=district)
    place_if_due(now)
