"""Papers of a case, kept in the vault."""

import pytest

from kavalan.casework.authority.papers import take
from kavalan.casework.cases.models import CasePaper
from kavalan.casework.cases.services import add_paper
from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.selectors import paper_for

from ..authority.conftest import a_paper
from ..conftest import NOW


def test_paper_is_kept_and_given_to_who_sees_the_case(people, case, unlocked):
    made = add_paper(people.bob, NOW, case=case, paper=take(a_paper(), "the FIR"))
    assert made.title == "the FIR"
    assert paper_for(people.alice, made.kept.public_id, NOW) == made.kept
    assert paper_for(people.dora, made.kept.public_id, NOW) is None


def test_title_is_needed_and_a_file_is_kept_once(people, case, unlocked):
    with pytest.raises(RefusedError, match="needs a title"):
        add_paper(people.bob, NOW, case=case, paper=take(a_paper()))
    add_paper(people.bob, NOW, case=case, paper=take(a_paper(), "the FIR"))
    with pytest.raises(RefusedError, match="already"):
        add_paper(people.bob, NOW, case=case, paper=take(a_paper(), "the FIR again"))
    assert CasePaper.objects.count() == 1
