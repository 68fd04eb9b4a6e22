"""Saying to whom a recording was forwarded."""

from datetime import timedelta

import pytest

from kavalan.casework.custody.services import add_recording, forward_recording
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import RECORDING, SEARCH


def test_forwarding_keeps_when_it_was_and_when_it_was_entered(people, seized):
    recording = add_recording(people.alice, NOW, seizure=seized[0].seizure, sha256=RECORDING)
    moment = NOW - timedelta(hours=1)
    done = forward_recording(people.alice, NOW, recording=recording, to="JMFC, Harbour", moment=moment)
    assert (done.forwarded_to, done.forwarded_at, done.forwarded_entered_at) == ("JMFC, Harbour", moment, NOW)
    with pytest.raises(RefusedError, match="already"):
        forward_recording(people.alice, NOW, recording=recording, to="another", moment=moment)


@pytest.mark.parametrize("moment", [SEARCH - timedelta(seconds=1), NOW + timedelta(seconds=1)])
def test_it_is_forwarded_between_the_search_and_now(people, seized, moment):
    recording = add_recording(people.alice, NOW, seizure=seized[0].seizure, sha256=RECORDING)
    with pytest.raises(RefusedError, match="between the search and now"):
        forward_recording(people.alice, NOW, recording=recording, to="JMFC", moment=moment)
