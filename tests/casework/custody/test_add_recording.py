"""Saying which recording was made of a search."""

import pytest

from kavalan.casework.clocks.models import Clock
from kavalan.casework.custody.services import add_recording
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import RECORDING, SEARCH


def test_recording_begins_the_duty_to_forward_it_once(people, seized):
    seizure = seized[0].seizure
    add_recording(people.alice, NOW, seizure=seizure, sha256=RECORDING.upper())
    add_recording(people.alice, NOW, seizure=seizure, sha256="cd" * 32)
    assert [clock.started_at for clock in Clock.objects.filter(name="bnss-105")] == [SEARCH]


@pytest.mark.parametrize("more", [{"sha256": "x"}, {"sha256": RECORDING, "forwarded_to": "JMFC"}])
def test_digest_and_forwarding_are_whole(people, seized, more):
    with pytest.raises(RefusedError):
        add_recording(people.alice, NOW, seizure=seized[0].seizure, **more)
