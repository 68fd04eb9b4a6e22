from datetime import UTC, datetime

import pytest

from kavalan.casework.jobs.pulse import now_and_then
from kavalan.casework.jobs.rules import HEARTBEAT

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_pulse_is_felt_once_a_heartbeat_has_gone_by_since_the_last_one():
    moments = [NOW + count * HEARTBEAT / 2 for count in range(6)]
    ticking, felt = iter(moments), []
    alive = now_and_then(lambda: next(ticking), felt.append)
    for _ in moments[1:]:
        alive()
    assert felt == [moments[2], moments[4]]


def test_pulse_that_is_refused_ends_the_work():
    ticking = iter([NOW, NOW + HEARTBEAT])

    def refuse(now):
        raise ValueError(now.isoformat())

    alive = now_and_then(lambda: next(ticking), refuse)
    with pytest.raises(ValueError, match="2026-11-22"):
        alive()
