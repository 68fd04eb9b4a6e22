"""What hangs on a report, against a walk through every model there is."""

from django.apps import apps

from kavalan.casework.intake.models import Indicator, Naming, Person, Report, ReportFile
from kavalan.casework.retention.reach import Reach, with_indicators

SEEN = {
    "intake.person": "goes",
    "intake.reportfile": "goes",
    "intake.naming": "goes",
    "intake.report": "stays, emptied",
    "clocks.clock": "stays, without its notes",
    "retention.hold": "goes",
    "retention.challenge": "goes",
    "retention.tombstone": "stays",
    "subjects.told": "goes",
    "insight.reportdistrict": "stays: a district alone",
    "subjects.accountlink": "holds: a person rested a hypothesis on it",
    "subjects.evidence": "holds",
}


def test_whatever_names_a_report_is_reached_or_holds_it():
    """Rooms of reports are reached by themselves; any other room's table that names a report is a decision."""
    naming = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in {Report, Person, ReportFile}
    }
    of_rooms = {label for label in naming if label.partition(".")[0] in {"intake", "triage", "routing"}}
    assert naming - of_rooms - SEEN.keys() == set()


def test_indicator_that_another_report_names_stays(laid):
    first, second = laid()
    reach = Reach()
    reach.follow(Report, {first.pk})
    with_indicators(reach)
    assert {model: len(numbers) for model, numbers in reach.goes.items() if numbers} == {
        Person: 2,
        ReportFile: 1,
        Naming: 3,
    }
    both = Reach()
    both.follow(Report, {first.pk, second.pk})
    assert len(with_indicators(both).goes[Indicator]) == 3


def test_nothing_goes_before_what_names_it(laid):
    reach = Reach()
    reach.follow(Report, {report.pk for report in laid()})
    order = [model for model, _ in with_indicators(reach).in_order()]
    for place, model in enumerate(order):
        later = set(order[place + 1 :])
        named_by_later = {
            field.related_model for one in later for field in one._meta.concrete_fields if field.is_relation
        }
        assert model not in named_by_later
