"""All that is searched was made anew."""

from kavalan.casework.search.models import SearchDocument
from kavalan.casework.search.services import ask_filling, finish_filling

from ..conftest import NOW


def test_it_says_how_many_documents_there_are(people, exhibit, last_entry):
    filling = finish_filling(None, NOW, filling=ask_filling(None, NOW), job=None)
    assert filling.done_at == NOW
    assert last_entry()[1] == {"documents": SearchDocument.objects.count()}
