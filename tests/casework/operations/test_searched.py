"""What can be found of operations."""

from kavalan.casework.operations.searched import operation_drafts
from kavalan.casework.search.models import SearchDocument

from .conftest import HOME


def test_operation_is_found_by_its_title_its_number_and_its_warrants(operation, sites):
    (draft,) = operation_drafts([operation.pk])
    assert (draft.title, draft.note, draft.placed) == (
        "COAST/OP/1/2026",
        "Harbour lights",
        ("operations.operation", operation.pk),
    )
    assert draft.wholes == ["COAST/OP/1/2026", "W 1/2026", "W 2/2026"]


def test_no_document_holds_an_address_or_a_place(operation, sites):
    kept = repr(list(SearchDocument.objects.values_list()))
    assert "W 2/2026" in kept
    assert HOME not in kept
    assert "ferry" not in kept.lower()
    assert "Ward 2" not in kept
