"""The daily slice of the low end: drawn by the clock, answered by an officer."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import Lane, Standing
from kavalan.casework.said import required
from kavalan.casework.triage.drawing import digest_of, drawn
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.models import Assessment, Draw, Drawn
from kavalan.casework.triage.working import held
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import date, datetime

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.triage.rules import SliceAnswer
    from kavalan.ledger import Payload


@house_verb("slice.draw", unattended=True)
def draw_slice(act: HouseAct, *, desk: Desk, day: date, seed: bytes) -> Done[Draw]:
    """Draw the day's reports from the low end of a desk.

    Args:
        act: nobody's: the clock's.
        desk: of which.
        day: in the unit's zone.
        seed: 32 bytes of chance, kept with the draw.

    Raises:
        RefusedError: when it was drawn that day, or there is nothing to draw from.
    """
    if Draw.objects.filter(desk=desk, day=day).exists():
        raise RefusedError("That day's slice was drawn.")
    low = low_end(desk, act.at)
    if not low:
        raise RefusedError("There is no low end to draw from.")
    among = sorted(low)
    draw = Draw.objects.create(desk=desk, day=day, seed=seed, among=among, digest=digest_of(among), drawn_at=act.at)
    chosen = drawn(seed, among, lane_rules().slice.a_day)
    looks = {
        one.report_id: one
        for one in Assessment.objects.filter(report__in=[low[one] for one in chosen]).order_by("number")
    }
    Drawn.objects.bulk_create(
        Drawn(draw=draw, report_id=low[one], assessment=looks[low[one]]) for one in chosen if low[one] in looks
    )
    said: Payload = {"day": day.isoformat(), "seed": seed.hex(), "among": len(among), "digest": draw.digest.hex()}
    return Done(draw, {**said, "drawn": chosen, "rules": lane_rules().version})


@house_verb("slice.answer")
def answer_slice(act: HouseAct, *, drawn: Drawn, answer: SliceAnswer, reason: str) -> Done[Drawn]:
    """Say of a drawn report whether it was rightly low, or missed; a miss is told to the unit.

    Raises:
        RefusedError: when the actor does not work where it lies, it was answered, or no reason is given.
    """
    held(act, drawn.report)
    drawn = Drawn.objects.get(pk=drawn.pk)
    if drawn.answered_at is not None:
        raise RefusedError("This was answered already.")
    drawn.answer, drawn.reason = answer, required(reason)
    drawn.answered_by, drawn.answered_at = act.officer, act.at
    drawn.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    return Done(drawn, {"report": str(drawn.report.public_id), "answer": answer.value, "reason": drawn.reason})


def low_end(desk: Desk, now: datetime) -> dict[str, int]:
    """The lowest part by risk of what came to the desk lately, that nobody works on and that was never drawn.

    Returns:
        The reports' numbers by their public ids.
    """
    rules = lane_rules().slice
    rows = Report.objects.filter(
        desk=desk,
        lane=Lane.ORDINARY,
        standing__in=(Standing.OPEN, Standing.SET_ASIDE),
        entered_at__gt=now - timedelta(days=rules.of_days),
        drawn__isnull=True,
        assessments__number=1,
    ).order_by("risk", "workability", "pk")
    found = list(rows.values_list("public_id", "pk"))
    size = max(rules.a_day, math.ceil(len(found) * rules.lowest_percent / 100))
    return {str(public): pk for public, pk in found[:size]}
