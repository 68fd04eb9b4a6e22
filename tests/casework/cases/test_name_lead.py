"""Naming who leads a case: by the rank of the day, where an act of the law asks for one."""

from datetime import date, timedelta

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.accounts.models import RankHeld, Unit
from kavalan.casework.cases.models import LeadHeld
from kavalan.casework.cases.services import add_charge, end_charge, name_lead
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import step

from ..conftest import NOW


@pytest.fixture
def rank():
    """Records an officer's rank from a day on."""
    return lambda officer, name, since: step(RankHeld)(RankHeld.objects.create)(officer=officer, rank=name, since=since)


def test_lead_is_named_with_the_rank_of_the_day(people, case, rank):
    rank(people.bob, "si", date(2020, 1, 1))
    rank(people.bob, "inspector", date(2026, 1, 1))
    rank(people.bob, "dysp", date(2027, 1, 1))
    made = name_lead(people.alice, NOW, case=case, lead=people.bob)
    case.refresh_from_db()
    assert (made.rank, case.lead) == ("inspector", people.bob)


def test_only_who_works_on_the_case_leads_it_and_only_its_supervisor_names_them(people, case, let_in):
    let_in(people.dora)
    for other in (people.dora, people.charlie):
        with pytest.raises(RefusedError, match="works on it"):
            name_lead(people.alice, NOW, case=case, lead=other)
    with pytest.raises(RefusedError, match="Your role in this case"):
        name_lead(people.bob, NOW, case=case, lead=people.bob)
    name_lead(people.alice, NOW, case=case, lead=people.bob)
    with pytest.raises(RefusedError, match="already"):
        name_lead(people.alice, NOW, case=case, lead=people.bob)


def test_lead_below_inspector_is_refused_where_the_it_act_stands(people, case, rank):
    rank(people.bob, "si", date(2020, 1, 1))
    charge = add_charge(people.bob, NOW, case=case, charged="it-act", section="67B")
    with pytest.raises(RefusedError, match=r"IT Act, 2000, s. 78.*Bob Varghese is Sub-Inspector.*Name a lead of that"):
        name_lead(people.alice, NOW, case=case, lead=people.bob)
    assert not LeadHeld.objects.exists()
    end_charge(people.bob, NOW, charge=charge, reason="nothing was sent")
    name_lead(people.alice, NOW, case=case, lead=people.bob)


def test_rank_is_asked_on_the_day_and_an_unrecorded_one_refused(people, case, rank):
    add_charge(people.bob, NOW, case=case, charged="it-act", section="67B")
    with pytest.raises(RefusedError, match="no rank of Bob Varghese is recorded"):
        name_lead(people.alice, NOW, case=case, lead=people.bob)
    rank(people.bob, "inspector", NOW.date() + timedelta(days=1))
    with pytest.raises(RefusedError, match="no rank"):
        name_lead(people.alice, NOW, case=case, lead=people.bob)
    assert name_lead(people.alice, NOW + timedelta(days=1), case=case, lead=people.bob).rank == "inspector"


def test_section_that_asks_for_more_than_the_lead_is_refused_until_another_leads(people, case, rank, let_in):
    rank(people.bob, "si", date(2020, 1, 1))
    rank(people.dora, "dysp", date(2020, 1, 1))
    let_in(people.dora, Role.INVESTIGATOR)
    name_lead(people.alice, NOW, case=case, lead=people.bob)
    with pytest.raises(RefusedError, match="Inspector of Police or above"):
        add_charge(people.bob, NOW, case=case, charged="it-act", section="67B")
    add_charge(people.bob, NOW, case=case, charged="pocso", section="15(2)")
    name_lead(people.alice, NOW, case=case, lead=people.dora)
    assert add_charge(people.bob, NOW, case=case, charged="it-act", section="67B").section == "67B"


def test_rule_of_the_police_does_not_bind_an_association(people, case):
    step(Unit)(Unit.objects.filter(pk=case.unit_id).update)(kind="ngo")
    add_charge(people.bob, NOW, case=case, charged="it-act", section="67B")
    assert name_lead(people.alice, NOW, case=case, lead=people.bob).rank == ""
