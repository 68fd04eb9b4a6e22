"""Entering the numbers that others give a case."""

import pytest

from kavalan.casework.cases.rules import NumberKind
from kavalan.casework.cases.services import add_number, open_case
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_number_stands_as_it_was_written_and_is_found_folded(people, case, last_entry):
    made = add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number=" 0012 / 2026 ", office="Harbour")
    entry, said = last_entry()
    assert (made.number, made.folded, made.office) == ("0012 / 2026", "12/2026", "Harbour")
    assert (entry.verb, said["number"]) == ("case.add_number", "0012 / 2026")


def test_same_number_stands_once_of_a_kind_and_an_office(people, case):
    add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="12/2026", office="Harbour")
    with pytest.raises(RefusedError, match="already"):
        add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="012/2026", office="Harbour")
    add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number="12/2026", office="Hill")
    add_number(people.bob, NOW, case=case, kind=NumberKind.COURT, number="12/2026")
    other = open_case(people.bob, NOW, title="a hill")
    add_number(people.bob, NOW, case=other, kind=NumberKind.FIR, number="12/2026", office="Harbour")


def test_what_is_no_number_is_refused(people, case):
    with pytest.raises(RefusedError, match="digit or a letter"):
        add_number(people.bob, NOW, case=case, kind=NumberKind.FIR, number=" / ")


def test_who_only_reads_the_case_enters_none(people, case, let_in):
    let_in(people.dora)
    with pytest.raises(RefusedError, match="Your role in this case"):
        add_number(people.dora, NOW, case=case, kind=NumberKind.FIR, number="12/2026")
