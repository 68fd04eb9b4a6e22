"""The first look: every line kept, what is urgent raised, a fixed number of queries."""

import tomllib
from datetime import timedelta
from importlib.resources import files

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.intake.models import Report, ReportFile
from kavalan.casework.intake.rules import Lane
from kavalan.casework.triage.looking import WRITES, first_look
from kavalan.casework.triage.models import Assessment, RuleSet, Urgent
from kavalan.casework.triage.rules import FACT_WORDS
from kavalan.casework.verbs import step
from kavalan.tips import Capture, File, Moment, Person
from kavalan.tips.triage import FACTS

from ..conftest import NOW
from .conftest import changed, lay, reported, tip

ENTICED = "Online Enticement of Children for Sexual Acts"


def weight(scale, fact):
    """From the file itself."""
    data = tomllib.loads((files("kavalan.tips.triage") / "data" / "rules.toml").read_text("utf-8"))
    return next(line["weight"] for line in data["line"] if (line["scale"], line["fact"]) == (scale, fact))


def test_every_line_is_kept_with_its_weight_its_answer_and_its_place(desk):
    (made,) = lay(desk, tip(1, reported("u-1"), Person("victim", name="K-4821/2026"), incident=ENTICED))
    assessment = made.assessments.get()
    lines = {line.line.fact: line for line in assessment.lines.risk.lines}
    assert (lines["enticement"].line.weight, lines["enticement"].fact.because) == (
        weight("risk", "enticement"),
        ("incident",),
    )
    assert lines["victim_named"].fact.because == ("persons[1].name",)
    assert lines["solicitation"].fact.answer is None
    assert made.risk == assessment.risk == weight("risk", "enticement") + weight("risk", "victim_named")
    assert (assessment.number, assessment.rules.version, assessment.by) == (1, "1", None)


def test_points_are_never_added_up_and_unknown_lines_are_counted(desk):
    (made,) = lay(desk, tip(1, reported("u-1")))
    lines = [*made.assessments.get().lines.risk.lines, *made.assessments.get().lines.workability.lines]
    assert made.unknown == sum(line.fact.answer is None for line in lines)
    assert (made.risk, made.workability) == (0, weight("workability", "account_named"))


def test_rules_that_come_with_kavalan_are_kept_once_as_they_were(desk):
    lay(desk, tip(1))
    lay(desk, tip(2))
    packaged = RuleSet.objects.get()
    assert packaged.unit is None
    assert packaged.text.encode() == (files("kavalan.tips.triage") / "data" / "rules.toml").read_bytes()


@pytest.mark.parametrize(
    "said",
    [
        {"escalation": "soon"},
        {"priority": "E Urgent"},
        {"annotations": ("sextortion",)},
        {"files": (File(tags=("liveStreaming",)),)},
    ],
)
def test_floor_raises_a_report_that_somebody_must_acknowledge(desk, said):
    (made,) = lay(desk, tip(1, **said))
    urgent = Urgent.objects.get(report=made)
    assert made.lane == Report.objects.get(pk=made.pk).lane == Lane.URGENT
    assert (urgent.acknowledged_at, urgent.due_at, urgent.level) == (None, NOW + timedelta(minutes=30), 0)
    assert len(urgent.floors) == 1


@pytest.mark.parametrize("fact", ["danger_now", "self_harm_threat", "access_to_child", "child_reports"])
def test_what_a_caller_said_raises_as_well(desk, fact):
    (made,) = lay(desk, tip(1), form="phone", answers={fact: True})
    assert Urgent.objects.get(report=made).floors == [fact]
    (calm,) = lay(desk, tip(2), form="phone", answers={fact: False})
    assert calm.lane == Lane.ORDINARY


@pytest.mark.parametrize(
    ("known", "answer"), [((True, True), True), ((True, False), False), ((True, None), None), ((), None)]
)
def test_files_are_known_where_each_of_them_is_and_lower_viewing_alone(desk, known, answer):
    (made,) = lay(
        desk, tip(1, reported("u"), files=tuple(File(name=str(one)) for one in range(len(known)))), look=False
    )
    for number, value in enumerate(known):
        step(ReportFile)(ReportFile.objects.filter(report=made, number=number).update)(known=value)
    step(*WRITES)(first_look)([made], NOW)
    lines = {line.line.fact: line for line in made.assessments.get().lines.viewing.lines}
    assert lines["files_known"].fact.answer is answer
    assert made.viewing == (weight("viewing", "files_known") if answer else 0)
    assert made.workability >= weight("workability", "account_named")


def test_proxy_and_compromised_account_stand_in_workability_as_evidence_against(desk):
    at = Moment("then", NOW)
    capture = Capture("IP Address", "203.0.113.5", "443", at, possible_proxy=True)
    (made,) = lay(desk, tip(1, reported("u", captures=(capture,)), annotations=("compromisedAccount",)))
    lines = {line.line.fact: line for line in made.assessments.get().lines.workability.lines}
    for fact in ("a_proxy", "only_proxies", "account_compromised"):
        assert lines[fact].points < 0
        assert lines[fact].line.words.startswith("against: ")


def test_queries_are_as_many_for_two_hundred_reports_as_for_two(desk):
    asked = []
    for count in (2, 40):
        made = lay(desk, *(tip(n, reported(f"u{n}"), escalation="x") for n in range(count)), look=False)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            step(*WRITES)(first_look)(made, NOW)
        asked.append(len(queries))
    assert asked[0] + 1 >= asked[1]
    assert asked[1] < 20


def test_each_fact_of_the_engine_has_words_of_its_own():

    assert set(FACT_WORDS) == set(FACTS)


def test_look_is_never_changed_by_a_later_one(desk, report):
    before = Assessment.objects.values().get(report=report)
    changed(ReportFile, known=True)
    step(*WRITES)(first_look)([report], NOW + timedelta(days=1))
    assert Assessment.objects.values().get(pk=before["id"]) == before
    assert [one.number for one in report.assessments.order_by("pk")] == [1, 2]
