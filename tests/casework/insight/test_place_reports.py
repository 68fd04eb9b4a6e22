"""Keeping in which district reports lie."""

from kavalan.casework.insight.duty import place_if_due
from kavalan.casework.insight.models import ReportDistrict

from ..conftest import NOW


def kept():
    return list(ReportDistrict.objects.order_by("report").values_list("district", flat=True))


def test_the_one_district_that_a_report_names_is_kept_and_none_where_it_names_several(people, reports, last_entry):
    reports(1, "12 Shore Road, Trichur")
    reports(1, "Kannur", "Wayanad")
    reports(1, "somewhere in Kerala")
    place_if_due(NOW)
    assert kept() == ["in-32-594", "", ""]
    entry, said = last_entry()
    assert (entry.verb, said["reports"]) == ("insight.place_reports", 3)


def test_each_report_is_looked_at_once(people, reports, last_entry):
    reports(2, "Kollam")
    place_if_due(NOW)
    number = last_entry()[0].number
    place_if_due(NOW)
    assert last_entry()[0].number == number
    assert kept() == ["in-32-600"] * 2
