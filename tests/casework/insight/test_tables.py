"""Tables of figures."""

from kavalan.casework.insight.definitions import definitions
from kavalan.casework.insight.tables import Published, published, standing_out
from kavalan.casework.insight.withholding import TOTAL

from .test_sources import YEAR

PLACES = ["in-32-594", "in-32-596"]


def figure(shown):
    return Published(definitions().figure[0], {("u", place): count for place, count in shown.items()})


def test_a_small_figure_is_withheld_and_so_is_what_would_tell_it(people, cases):
    units = [people.alice.unit_id, people.charlie.unit_id]
    table = {one.figure.id: one for one in published(YEAR, units, PLACES)}["cases"]
    unit = str(people.alice.unit_id)
    assert table.at(unit, "in-32-596") is None
    # It is the only unit with cases: its figures and those of all are the same.
    assert (table.at(TOTAL, "in-32-596"), table.at(unit, TOTAL), table.at(TOTAL, TOTAL)) in {
        (None, 9, 9),
        (None, None, None),
    }
    assert table.at(str(people.charlie.unit_id), "in-32-596") == 0


def test_a_district_with_many_reports_and_few_cases_stands_out():
    reports, cases = figure({"a": 40, "b": 40, "c": 19}), figure({"a": 20, "b": 5, "c": 0})
    assert standing_out(reports, cases, "u", ["a", "b", "c"]) == {"b"}


def test_a_district_whose_figures_are_withheld_does_not_stand_out():
    assert standing_out(figure({"a": 40, "b": 400}), figure({"a": 20}), "u", ["a", "b"]) == frozenset()
