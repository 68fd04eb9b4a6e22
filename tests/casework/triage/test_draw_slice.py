"""Drawing the day's slice so that it can be drawn again."""

import hashlib
from datetime import date, timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.duty import draw_if_due
from kavalan.casework.triage.models import Draw, Drawn
from kavalan.casework.triage.services import draw_slice, set_aside_report

from ..conftest import NOW
from .conftest import lay, reported, tip

DAY, SEED = date(2026, 3, 1), bytes(range(32))
ENTICED = "Online Enticement of Children for Sexual Acts"


@pytest.fixture
def low(desk):
    """Forty reports with nothing in them, and ten that speak for haste."""
    lay(desk, *(tip(number) for number in range(40)))
    lay(desk, *(tip(100 + number, reported("u"), incident=ENTICED) for number in range(8)))
    lay(desk, *(tip(200 + number, escalation="soon") for number in range(2)))


def test_whoever_has_the_seed_draws_the_same_ones(desk, low, last_entry):
    draw = draw_slice(None, NOW, desk=desk, day=DAY, seed=SEED)
    ids = [str(one.public_id) for one in Report.objects.filter(risk=0, lane="ordinary").order_by("pk")]
    among = sorted(ids[:10])
    assert draw.among == among
    by_hand = sorted(among, key=lambda one: hashlib.sha256(SEED + one.encode()).hexdigest())[:5]
    assert [str(one.report.public_id) for one in draw.drawn.order_by("pk")] == by_hand
    entry, said = last_entry()
    assert (entry.verb, entry.actor, said["seed"], said["drawn"]) == ("slice.draw", None, SEED.hex(), by_hand)
    assert said["digest"] == hashlib.sha256("\n".join(among).encode()).hexdigest()


def test_what_is_urgent_high_worked_on_old_or_drawn_before_is_not_drawn(people, desk, low):
    aside = Report.objects.filter(risk=0, lane="ordinary").first()
    set_aside_report(people.bob, NOW, report=aside, reason="x")
    first = draw_slice(None, NOW, desk=desk, day=DAY, seed=SEED)
    second = draw_slice(None, NOW, desk=desk, day=DAY + timedelta(days=1), seed=SEED)
    assert str(aside.public_id) in first.among
    drawn = {str(one.report.public_id) for one in first.drawn.all()}
    assert not drawn & set(second.among)
    assert {one.report.risk for one in Drawn.objects.select_related("report")} == {0}
    with pytest.raises(RefusedError, match="no low end"):
        draw_slice(None, NOW + timedelta(days=31), desk=desk, day=DAY + timedelta(days=31), seed=SEED)


def test_clock_draws_once_a_day_of_the_units_zone(desk, low):
    # 20:00 UTC is the next day in Kolkata.
    evening = NOW.replace(hour=20)
    assert draw_if_due(NOW) == "the day's slice was drawn at 1 desks"
    assert draw_if_due(NOW + timedelta(hours=1)) is None
    assert draw_if_due(evening) is not None
    assert [one.day for one in Draw.objects.order_by("day")] == [DAY, DAY + timedelta(days=1)]
    assert Draw.objects.earliest("pk").seed != Draw.objects.latest("pk").seed


def test_desk_without_reports_waits_for_some(desk, entries):
    before = entries()
    assert draw_if_due(NOW) is None
    assert entries() == before


def test_a_day_is_drawn_once(desk, low):
    draw_slice(None, NOW, desk=desk, day=DAY, seed=SEED)
    with pytest.raises(RefusedError, match="was drawn"):
        draw_slice(None, NOW, desk=desk, day=DAY, seed=SEED)
