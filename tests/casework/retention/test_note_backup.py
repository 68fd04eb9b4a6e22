"""Telling the desk of a backup."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.retention.selectors import backups_holding
from kavalan.casework.retention.services import note_backup

from ..conftest import NOW
from .conftest import LONG, work


def note(people, name, at):
    return note_backup(people.alice, LONG, name=name, made_at=at, whole=True)


def test_it_is_to_be_destroyed_after_ninety_days_and_is_noted_once(people, entries):
    backup = note(people, "a.json", NOW)
    assert backup.expires_at == NOW + timedelta(days=90)
    before = entries()
    with pytest.raises(RefusedError, match="knows this backup"):
        note(people, "a.json", NOW)
    assert entries() == before


def test_purge_names_the_backups_that_were_made_while_the_report_was_there(people, decided):
    work()
    decided.refresh_from_db()
    times = {"before": NOW - timedelta(days=1), "in": LONG - timedelta(days=5), "after": LONG + timedelta(days=1)}
    for name, at in times.items():
        note(people, name, at)
    assert [one.name for one in backups_holding(decided)] == ["in"]
