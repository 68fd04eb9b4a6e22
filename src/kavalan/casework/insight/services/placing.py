"""Keeping in which district reports lie."""

from __future__ import annotations

import hashlib
from typing import Final

from kavalan.casework.errors import RefusedError
from kavalan.casework.insight.models import ReportDistrict
from kavalan.casework.insight.placing import district_of
from kavalan.casework.intake.models import Desk, Report
from kavalan.casework.verbs import Done, HouseAct, house_verb

AT_ONCE: Final = 200
"""Reports of one entry."""


@house_verb("insight.place_reports", unattended=True)
def place_reports(act: HouseAct, *, desk: Desk) -> Done[Desk]:
    """Keep the district that reports of a desk name, of which nobody has looked yet; `AT_ONCE` at most.

    Raises:
        RefusedError: when there is none.
    """
    reports = list(Report.objects.filter(desk=desk, named_district__isnull=True).order_by("pk")[:AT_ONCE])
    if not reports:
        raise RefusedError("Every report of this desk was looked at.")
    made = [ReportDistrict(report=one, district=district_of(one, desk.unit_id), looked_at=act.at) for one in reports]
    ReportDistrict.objects.bulk_create(made)
    lines = "\n".join(f"{one.report.public_id} {one.district}" for one in made)
    return Done(desk, {"reports": len(made), "digest": hashlib.sha256(lines.encode()).hexdigest()})
