"""Making all that is searched anew: resumed wherever it was, by whoever goes on with it."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.search import filling as filling_module
from kavalan.casework.search.filling import FillingWork, begun, fill_if_due, pieces
from kavalan.casework.search.models import Filling, SearchDocument
from kavalan.casework.search.rules import Kind
from kavalan.casework.search.services import FILL, ask_filling, fill, take_up
from kavalan.casework.verbs import step

from ..conftest import NOW


@pytest.fixture
def several(people, folder, monkeypatch):
    """Two exhibits beside the authority, and steps of one object each."""
    monkeypatch.setattr(filling_module, "AT_ONCE", 1)
    for reference in ("E-1", "E-2"):
        register_exhibit(people.alice, people.warrant, ExhibitDraft(reference, folder, people.compartment), NOW)


def worked():
    return run_next({FILL: FillingWork()}, "worker", lambda: NOW)


def test_documents_that_verbs_wrote_are_made_again_as_they_were(several, documents, forgotten):
    before = documents()
    forgotten()
    ask_filling(None, NOW)
    fill_if_due(NOW)
    job = worked()
    assert (job.state, job.progress, job.total) == (State.DONE, 3, 3)
    assert documents() == before
    assert len(before) == 3
    assert Filling.objects.get().done_at == NOW


def test_whoever_goes_on_begins_behind_what_is_done(several, documents, forgotten):
    before = documents()
    forgotten()
    filling = ask_filling(None, NOW)
    for piece in pieces(filling):
        fill(filling, piece, None, NOW)
        if piece.numbers:
            break
    filling.refresh_from_db()
    assert (filling.kind, SearchDocument.objects.count()) == (Kind.EXHIBIT, 1)
    assert sum(len(piece.numbers) for piece in pieces(filling)) == len(before) - 1
    fill_if_due(NOW)
    worked()
    assert documents() == before


def test_a_document_of_what_is_not_there_any_more_goes(several, documents):
    before = documents()
    spare = SearchDocument.objects.filter(kind=Kind.EXHIBIT).first()
    for number in (4711, 4712):
        spare.pk, spare.object_id = None, number
        spare.public_id = Filling().public_id
        step(SearchDocument)(spare.save)()
    filling = begun(NOW)
    for piece in pieces(filling):
        fill(filling, piece, None, NOW)
    assert documents() == before


def test_what_the_worker_is_at_is_left_to_it(people):
    filling = ask_filling(None, NOW)
    assert begun(NOW).pk == filling.pk
    take_up(None, NOW, filling=filling, total=1)
    with pytest.raises(RefusedError, match="worker"):
        begun(NOW)


def test_a_run_that_failed_is_gone_on_with_by_the_command(several, monkeypatch):
    take_up(None, NOW, filling=ask_filling(None, NOW), total=3)
    monkeypatch.setattr(filling_module, "fill", lambda *_: 1 / 0)
    while (job := worked()) and job.state == State.WAITING:
        pass
    assert Job.objects.get().state == State.FAILED
    assert begun(NOW).pk == Filling.objects.get().pk
