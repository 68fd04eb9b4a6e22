"""Making a file: what is said of it, what is left out, what stops it."""

import pytest

from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.services import MAKE, make_export
from kavalan.casework.exports.work import Exporting
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.vault.store import vault

from ..conftest import NOW


def test_file_says_what_it_is_of_and_how_many_are_not_in_it(make, members):
    export = make(filters="family=picture")
    text = members(export)["about.txt"].decode()
    for words in ("E-1", "W 7/2026", "pictures", "1  privileged", "2026-03-01T09:00:00+00:00", "Bob Varghese"):
        assert words in text
    assert (export.items, export.left_out) == (3, {"privileged": 1})


def test_worker_that_dies_leaves_nothing_and_the_next_one_makes_it(people, filled, monkeypatch):
    made = make_export(people.bob, people.warrant, filled, NOW, form=Form.CSV, filters="")
    blobs = sorted(vault().names())
    with monkeypatch.context() as broken:
        broken.setattr("kavalan.casework.exports.work.about", lambda *_: 1 // 0)
        assert run_next({MAKE: Exporting()}, "worker", lambda: NOW).state == State.WAITING
    assert sorted(vault().names()) == blobs
    assert run_next({MAKE: Exporting()}, "worker", lambda: NOW).state == State.DONE
    assert Export.objects.get(pk=made.pk).items == 5


@pytest.mark.parametrize("form", Form)
def test_file_holds_the_list_and_what_is_to_be_known_of_it(make, members, form):
    assert set(members(make(form))) == {{"csv": "items.csv", "vics": "hits.vics.json"}[form], "about.txt"}
