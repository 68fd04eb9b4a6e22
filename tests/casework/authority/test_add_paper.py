"""Adding the file of a paper to an authority that is recorded."""

import hashlib

import pytest

from kavalan.casework.authority.models import AuthorityPaper
from kavalan.casework.authority.papers import take
from kavalan.casework.authority.selectors import grounds_of
from kavalan.casework.authority.services import add_paper
from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.models import Kept, What

from ..conftest import NOW
from .conftest import PDF, a_paper


@pytest.fixture
def extension(unlocked):
    return take(a_paper(), "order of 3 March, until 3 June")


def test_it_is_kept_for_the_unit_and_permits_nothing_more(people, extension, last_entry):
    before = grounds_of(people.warrant)
    add_paper(people.dora, NOW, authority=people.warrant, paper=extension)
    kept = AuthorityPaper.objects.select_related("kept").get().kept
    assert (kept.what, kept.unit, kept.kept_by) == (What.AUTHORITY_PAPER, people.alice.unit, people.dora)
    assert grounds_of(people.warrant) == before
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("authority.add_paper", people.warrant.public_id)
    assert said["paper"] == hashlib.sha256(PDF).hexdigest()


def test_other_unit_adds_nothing(people, extension, entries):
    before = entries()
    with pytest.raises(RefusedError, match="another unit"):
        add_paper(people.charlie, NOW, authority=people.warrant, paper=extension)
    assert (entries(), Kept.objects.count()) == (before, 0)


def test_same_file_is_kept_once_with_an_authority(people, extension):
    add_paper(people.alice, NOW, authority=people.warrant, paper=extension)
    with pytest.raises(RefusedError, match="already"):
        add_paper(people.alice, NOW, authority=people.warrant, paper=extension)
