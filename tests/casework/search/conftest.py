"""A desk that holds something of several kinds."""

import pytest

from kavalan.casework.search.models import SearchDocument
from kavalan.casework.verbs import step


@pytest.fixture
def forgotten():
    """Removes all documents, as if there had been no search when what there is came."""
    return step(SearchDocument)(lambda: SearchDocument.objects.all().delete())


@pytest.fixture
def documents():
    """What is found, without the numbers that the database gives."""

    def read():
        fields = ("kind", "object_id", "address", "placed_kind", "placed_id", "title", "note", "words")
        return set(SearchDocument.objects.values_list(*fields))

    return read
