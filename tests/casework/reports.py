"""Reports that lie at Alice's desk, without the work of taking them in."""

from __future__ import annotations

import hashlib

from django.apps import apps

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, place
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.intake.models import Delivery, Report
from kavalan.casework.intake.services import open_desk
from kavalan.casework.verbs import step

from .conftest import NOW


def open_intake(people):
    """Alice's unit's desk, where Bob takes reports in."""
    # Nobody gives a role to themselves.
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.alice, role=OfficerRole.SUPERVISOR, since=NOW)
    desk = open_desk(people.alice, NOW)
    grant(people.alice, NOW, compartment=desk.compartment, to=people.bob, role=Role.INTAKE)
    return desk


def lay_reports(desk, count, *, at=NOW, then=None, **facts):
    """So many reports in one delivery; `then` is called with them and the time in the same step."""
    return step(*apps.get_models())(_laid)(desk, count, at, then, facts)


def _laid(desk, count, at, then, facts):
    number = Report.objects.filter(desk=desk).count()
    facts = {"form": "table", "arrived_at": at, "entered_at": at, "tip": {"form": "table"}, **facts}
    delivery = Delivery.objects.create(
        desk=desk, form=facts["form"], via="upload", arrived_at=at, entered_at=at, reports=count
    )
    reports = []
    for position in range(1, count + 1):
        reference = f"R-{number + position}"
        report = Report.objects.create(
            desk=desk,
            delivery=delivery,
            position=position,
            reference=reference,
            digest=hashlib.sha256(reference.encode()).digest(),
            **facts,
        )
        place(report, desk.compartment)
        reports.append(report)
    if then:
        then(reports, at)
    return reports
