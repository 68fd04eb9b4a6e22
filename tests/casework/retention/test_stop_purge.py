"""A purge that could not be brought to its end."""

from kavalan.casework.retention import work as working
from kavalan.casework.retention.models import Tombstone

from .conftest import work


def broken(*_):
    raise OSError("the disk is gone")


def test_it_says_why_and_what_was_to_go_still_is(decided, monkeypatch, last_entry):
    monkeypatch.setattr(working, "destroyed_blob", broken)
    while (job := work()).active:
        pass  # it is tried again, until it is given up
    assert (job.state, "the disk is gone" in job.fault) == ("failed", True)
    entry, said = last_entry()
    assert (entry.verb, said["state"], said["blobs"]) == ("retention.purge_stopped", "failed", 0)
    assert (Tombstone.objects.get().done_at is not None, decided.blobs.filter(done_at=None).count()) == (True, 2)
