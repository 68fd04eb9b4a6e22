"""Going on with a purge that did not come to its end."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.retention import work as working
from kavalan.casework.retention.services import resume_purge

from .conftest import LONG, work
from .test_stop_purge import broken


def test_who_may_ask_goes_on_and_it_ends(people, decided, monkeypatch):
    with pytest.raises(RefusedError, match="nothing to go on with"):
        resume_purge(people.bob, LONG, purge=decided)
    with monkeypatch.context() as patched:
        patched.setattr(working, "destroyed_blob", broken)
        while work().active:
            pass  # it is tried again, until it is given up
    with pytest.raises(RefusedError, match="Your role"):
        resume_purge(people.dora, LONG, purge=decided)
    resume_purge(people.bob, LONG, purge=decided)
    assert work().state == "done"
    decided.refresh_from_db()
    assert (decided.ended_at, decided.blobs.filter(done_at=None).count()) == (LONG, 0)
    with pytest.raises(RefusedError, match="nothing to go on with"):
        resume_purge(people.bob, LONG, purge=decided)
