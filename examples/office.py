"""The demo's intake: two more officers, a desk, and a month of made reports that are taken in and read."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tips import COLUMNS, TIPS, make_month

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Desk

SUPERVISOR, INTAKE = "KP-1002", "KP-1003"
REPORTS = 150
"""Made reports, besides the malformed ones: what a unit gets in a week or two."""


def staff(officer: Officer) -> tuple[Officer, str]:
    """A supervisor, who opens the unit's intake desk, and an officer who works there with the first one.

    Returns:
        The supervisor and the supervisor's password.
    """
    from django.utils import timezone

    from kavalan.casework.access.models import Role
    from kavalan.casework.access.services import grant
    from kavalan.casework.accounts.roles import OfficerRole
    from kavalan.casework.accounts.services import enrol_officer, give_role
    from kavalan.casework.intake.services import open_desk

    now, password = timezone.now(), secrets.token_urlsafe(9)
    head = enrol_officer(
        officer, now, badge=SUPERVISOR, name="Deputy Superintendent Leela Menon", unit=officer.unit, password=password
    )
    clerk = enrol_officer(
        officer,
        now,
        badge=INTAKE,
        name="Sub-Inspector Joy Mathew",
        unit=officer.unit,
        password=secrets.token_urlsafe(9),
    )
    give_role(officer, now, officer=head, role=OfficerRole.SUPERVISOR)
    give_role(officer, now, officer=clerk, role=OfficerRole.INTAKE)
    desk = open_desk(head, now)
    for one, role in ((officer, Role.SUPERVISOR), (clerk, Role.INTAKE)):
        grant(head, now, compartment=desk.compartment, to=one, role=role)
    return head, password


def take_in(officer: Officer, folder: Path) -> tuple[int, int]:
    """Make a month of reports below a folder and take every file of it in; workers then read them.

    Returns:
        How many files were taken in, and how many of them are malformed.
    """
    from django.utils import timezone

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.intake.rules import form_of
    from kavalan.casework.intake.services import Parcel, begin_delivery, save_columns
    from kavalan.casework.vault.store import put
    from kavalan.tips import read_columns

    record = make_month(folder, tips=REPORTS)
    desk: Desk = Desk.objects.select_related("unit", "compartment").get(unit=officer.unit_id)
    columns = save_columns(
        officer, timezone.now(), desk=desk, name="A partner, invented", columns=read_columns(folder / COLUMNS)
    )
    files = sorted(path for path in (folder / TIPS).rglob("*") if path.is_file())
    for path in files:
        form = form_of(path.suffix)
        if form is None:
            continue
        with path.open("rb") as file:
            stored = put(file)
        now = timezone.now()
        parcel = Parcel(
            stored,
            form,
            path.name.encode(),
            now - timedelta(hours=2),
            columns=columns if path.suffix == ".csv" else None,
        )
        begin_delivery(officer, now, desk=desk, parcel=parcel)
    return len(files), len(record["malformed"])
