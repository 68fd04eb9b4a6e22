"""Withdrawing a number that others give a case."""

import pytest

from kavalan.casework.cases.models import ExternalNumber
from kavalan.casework.cases.rules import NumberKind
from kavalan.casework.cases.services import add_number, withdraw_number
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_withdrawn_number_stays_with_the_reason_and_may_be_entered_again(people, case):
    made = add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="12/2026")
    withdraw_number(people.bob, NOW, number=made, reason="another station's")
    kept = ExternalNumber.objects.get()
    assert (kept.withdrawn_by, kept.withdrawn_why) == (people.bob, "another station's")
    with pytest.raises(RefusedError, match="already"):
        withdraw_number(people.bob, NOW, number=made, reason="again")
    add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="12/2026")
