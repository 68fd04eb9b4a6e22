"""Putting sections of law on a case."""

import pytest

from kavalan.casework.cases.services import add_charge
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


@pytest.mark.parametrize("section", ["67B", "15(2)", "67A", "111(2)(b)", "4"])
def test_section_is_entered_as_it_is_cited(people, case, section):
    made = add_charge(people.bob, NOW, case=case, charged="bns", section=f" {section} ")
    assert (made.act, made.section) == ("bns", section)


@pytest.mark.parametrize("section", ["", "s. 67B", "67B/15", "B67", "67BCD", "1(2)(3)(4)(5)"])
def test_what_cites_no_section_is_refused(people, case, section):
    with pytest.raises(RefusedError, match="cited like"):
        add_charge(people.bob, NOW, case=case, charged="it-act", section=section)


@pytest.mark.parametrize("act", ["bnss", "none"])
def test_act_under_which_nobody_is_charged_is_refused(people, case, act):
    with pytest.raises(RefusedError, match="Nobody is charged"):
        add_charge(people.bob, NOW, case=case, charged=act, section="1")
