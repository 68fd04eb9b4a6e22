"""Striking a section of law out of a case."""

import pytest

from kavalan.casework.cases.models import Charge
from kavalan.casework.cases.services import add_charge, end_charge
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_section_stands_once_and_is_struck_out_with_a_reason(people, case):
    made = add_charge(people.bob, NOW, case=case, charged="pocso", section="14")
    with pytest.raises(RefusedError, match="already"):
        add_charge(people.bob, NOW, case=case, charged="pocso", section="14")
    end_charge(people.bob, NOW, charge=made, reason="of age")
    assert Charge.objects.get().ended_why == "of age"
    with pytest.raises(RefusedError, match="already"):
        end_charge(people.bob, NOW, charge=made, reason="of age")
    add_charge(people.bob, NOW, case=case, charged="pocso", section="14")
