"""The law that comes with Kavalan, as the founders' tables have it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kavalan.law import Days, Hours, Months, NotInForceError, UnknownError, WithoutDelay, due, packaged_law
from kavalan.law.model import Said

LAW = packaged_law()
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [("substantive", "ipc", "bns"), ("procedure", "crpc", "bnss"), ("evidence", "iea", "bsa")],
)
def test_the_codes_change_on_1_july_2024(code, before, after):
    assert LAW.code(code, date(2024, 6, 30)).id == before
    assert LAW.code(code, date(2024, 7, 1)).id == after


@pytest.mark.parametrize("code", ["substantive", "procedure", "evidence"])
def test_which_day_decides_is_marked_as_to_be_confirmed(code):
    assert LAW.codes[code].decided_by.certainty == "M"


@pytest.mark.parametrize(
    ("clock", "length"),
    [
        ("pocso-19-5", Hours(24, "counted")),
        ("pocso-19-6", Hours(24, "counted")),
        ("bnss-105", WithoutDelay()),
        ("bnss-185-5", Hours(48, "counted")),
        ("us-report-act-preservation", Months(12)),
        ("it-rules-preservation", Days(180, "first-left-out")),
    ],
)
def test_lengths_are_those_of_the_tables(clock, length):
    assert LAW.clock(clock, TODAY).length == length


def test_information_starts_the_two_clocks_of_pocso_19():
    assert [clock.id for clock in LAW.clocks_on("information.received", TODAY)] == ["pocso-19-5", "pocso-19-6"]
    assert LAW.clocks_on("information.received", date(2012, 11, 13)) == ()


@pytest.mark.parametrize("clock", ["pocso-19-5", "pocso-19-6", "bnss-105", "bnss-185-5"])
def test_duties_of_the_police_bind_the_police_alone(clock):
    assert (LAW.clock(clock, TODAY).nature, LAW.clock(clock, TODAY).runs_for) == ("duty", ("police",))


@pytest.mark.parametrize("clock", ["us-report-act-preservation", "it-rules-preservation"])
def test_end_of_another_ones_duty_to_keep_concerns_every_unit_and_is_no_duty(clock):
    limit = LAW.clock(clock, TODAY)
    assert (limit.nature, set(limit.runs_for)) == ("horizon", {"police", "ngo", "hotline", "platform"})
    assert "V" not in {limit.length_stated.certainty, limit.trigger.stated.certainty, limit.demands.certainty}


def test_a_report_of_friday_night_is_due_on_saturday_night():
    received = datetime(2026, 11, 20, 23, 50, tzinfo=ZoneInfo("Asia/Kolkata"))
    state = due(LAW.clock("pocso-19-6", TODAY), received, received + timedelta(hours=20), ZoneInfo("Asia/Kolkata"))
    assert state.at == datetime(2026, 11, 21, 18, 20, tzinfo=UTC)
    assert state.remaining == timedelta(hours=4)


@pytest.mark.parametrize("section", [("pocso", "19"), ("bnss", "105"), ("bnss", "185")])
def test_the_sections_say_what_they_demand(section):
    assert LAW.section(*section, TODAY).demands.certainty == "V"


def test_a_section_before_its_act_was_not_in_force():
    with pytest.raises(NotInForceError, match="bnss 105 was not in force on 2024-06-30"):
        LAW.section("bnss", "105", date(2024, 6, 30))


def test_an_act_before_its_day_was_not_in_force():
    assert LAW.act("pocso", date(2012, 11, 14)).title == "POCSO Act, 2012"
    with pytest.raises(NotInForceError):
        LAW.act("pocso", date(2012, 11, 13))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: LAW.act("nothing", TODAY),
        lambda: LAW.code("nothing", TODAY),
        lambda: LAW.section("pocso", "999", TODAY),
        lambda: LAW.clock("nothing", TODAY),
        lambda: LAW.ladder("nothing", TODAY),
    ],
)
def test_what_is_not_in_the_data_is_said_to_be_unknown(ask):
    with pytest.raises(UnknownError, match="knows no"):
        ask()


def test_an_inspector_stands_above_a_sub_inspector():
    ladder = [rank.id for rank in LAW.ladder("kerala-police", TODAY)]
    assert ladder.index("inspector") > ladder.index("si") > ladder.index("cpo")


def statements(value):
    """Every statement below a value."""
    if isinstance(value, Said):
        yield value
    elif hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from statements(getattr(value, field))
    elif isinstance(value, dict):
        yield from statements(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from statements(part)


def test_no_statement_claims_a_review_that_nobody_has_made():
    found = list(statements(LAW))
    assert len(found) > 30
    assert {statement.reviewed for statement in found} == {False}
    assert {statement.certainty for statement in found} == {"V", "S", "M"}


def test_no_consequence_is_given_where_the_tables_give_none():
    assert {clock.id for versions in LAW.clocks.values() for clock in versions if clock.consequence} == set()


@pytest.mark.parametrize(
    ("on", "least", "certainty"),
    [(date(2009, 10, 26), "dysp", "M"), (date(2009, 10, 27), "inspector", "V"), (TODAY, "inspector", "V")],
)
def test_who_investigates_under_the_it_act_is_dated_and_marked(on, least, certainty):
    rule = LAW.investigator("it-act", on)
    assert (rule.provision, rule.least, rule.demands.certainty) == ("IT Act, 2000, s. 78", least, certainty)
    assert rule.binds == ("police",)


def test_of_other_acts_no_such_rule_is_known():
    assert LAW.investigator("pocso", TODAY) is None
    assert LAW.investigator("it-act", date(1999, 1, 1)) is None


def test_acts_under_which_somebody_is_charged_are_told_from_those_of_procedure():
    assert {act.id for act in LAW.acts.values() if act.charged} == {"bns", "ipc", "it-act", "jj", "pocso"}
