"""What can be found of subjects: words and accounts, never a name, and nothing that was sealed or taken away."""

from kavalan.casework.search.models import SearchDocument
from kavalan.casework.subjects.rules import Side
from kavalan.casework.subjects.services import add_evidence, end_account

from .conftest import PHONE, SOON


def found(subject):
    document = SearchDocument.objects.get(kind="subject", object_id=subject.pk)
    return str(document.lines) + document.words


def test_subject_is_found_by_its_words_and_accounts(people, subject, link):
    add_evidence(people.alice, SOON, subject=subject, side=Side.FOR, text="the same quiet hours")
    assert "quiet hours" in found(subject)
    assert PHONE.value in found(subject)
    assert "zelphine" not in found(subject).casefold()
    end_account(people.alice, SOON, link=link, reason="a mistake")
    assert PHONE.value not in found(subject)
