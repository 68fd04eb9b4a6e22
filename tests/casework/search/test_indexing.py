"""Documents are written with what they tell of, in the same transaction, and show nothing that is sealed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from kavalan.casework.access.models import Placement
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.intake.models import Report
from kavalan.casework.search.filling import refresh
from kavalan.casework.search.indexing import SOURCES, forget, write_all
from kavalan.casework.search.models import UNIT, SearchDocument
from kavalan.casework.search.rules import Kind
from kavalan.casework.verbs import Done, house_verb, step

from ..conftest import NOW


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind.value)
def test_every_source_names_what_is_there(source):
    module, _, name = source.drafts.partition(":")
    assert callable(getattr(import_module(module), name))
    assert reverse(source.route, args=["00000000-0000-4000-8000-000000000000"])
    assert apps.get_model(source.model)
    for label in (*source.placed, *source.through):
        assert label == UNIT or apps.get_model(label)


def test_every_kind_has_one_source_at_most():
    kinds = [source.kind for source in SOURCES]
    assert len(kinds) == len(set(kinds))


@house_verb("test.rename")
def rename(act, *, exhibit, reference, fails=False) -> Done[Exhibit]:
    exhibit.reference = reference
    exhibit.save(update_fields=["reference"])
    if fails:
        raise ZeroDivisionError
    return Done(exhibit)


def test_a_verb_writes_the_document_of_its_subject(people, exhibit):
    rename(people.alice, NOW, exhibit=exhibit, reference="E-77")
    assert SearchDocument.objects.get(kind=Kind.EXHIBIT).title == "E-77"


def test_a_verb_that_fails_writes_none(people, exhibit):
    with pytest.raises(ZeroDivisionError):
        rename(people.alice, NOW, exhibit=exhibit, reference="E-77", fails=True)
    assert SearchDocument.objects.get(kind=Kind.EXHIBIT).title == "E-1"


def test_the_document_stays_the_same_one(people, exhibit):
    before = SearchDocument.objects.get(kind=Kind.EXHIBIT)
    rename(people.alice, NOW, exhibit=exhibit, reference="E-77")
    after = SearchDocument.objects.get(kind=Kind.EXHIBIT)
    assert (after.pk, after.public_id) == (before.pk, before.public_id)


def held(word):
    """Which tables hold a word, in text or in bytes."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("search_"):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 the database's own name
                if word.encode() in b"".join(_bytes(value) for row in cursor.fetchall() for value in row):
                    found.add(table)
    return found


def _bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_words_of_a_document_that_went_lie_nowhere_any_more(people, folder):
    for reference in ("E-1", "E-2"):
        draft = ExhibitDraft(reference, folder, people.compartment, f"skerrivale{reference[-1]} lighthouse")
        register_exhibit(people.alice, people.warrant, draft, NOW)
    assert "search_searchdocument" in held("skerrivale1")
    step(SearchDocument)(forget)(Exhibit, [Exhibit.objects.get(reference="E-1").pk])
    refresh()
    assert held("skerrivale1") == set()
    assert "search_searchdocument" in held("skerrivale2")


def test_of_a_report_that_was_emptied_nothing_is_found(people):
    assert Placement.objects.filter(kind="intake.report").count() == 0
    step(SearchDocument)(write_all)([Report(pk=4711)])
    assert not SearchDocument.objects.filter(kind=Kind.REPORT).exists()
