"""What is the same report and what is about the same account; nothing of any report is hidden by it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.clocks.models import Clock
from kavalan.casework.intake.models import Person, Report, ReportFile
from kavalan.casework.intake.selectors import visible_reports
from kavalan.casework.triage.likeness import WRITES, countable, relate
from kavalan.casework.triage.models import Bundle, Bundled, Duplicate
from kavalan.casework.triage.selectors.alike import alike
from kavalan.casework.triage.services import undo_duplicate
from kavalan.casework.verbs import step
from kavalan.tips import File
from kavalan.tips import Person as Told

from ..conftest import NOW
from .conftest import lay, reported, tip


def firsts():
    return dict(Report.objects.order_by("pk").values_list("reference", "duplicate_of__reference"))


def test_same_number_of_the_clearing_house_is_the_same_report_whichever_service_reported(desk):
    lay(desk, tip(5, sender="Chirp"), tip(5, sender=""), tip(6, sender="Chirp"))
    assert firsts() == {"R-1": None, "R-2": "R-1", "R-3": None}


def test_same_number_of_two_partners_is_not(desk):
    lay(desk, tip(5, sender="Chirp"), tip(5, sender="Twine"), tip(5, sender=""), tip(5, sender=""), form="table")
    assert set(firsts().values()) == {None}


@pytest.mark.parametrize("number", ["", "  "])
def test_no_number_is_no_number(desk, number):
    lay(desk, tip(number, sender="Chirp"), tip(number, sender="Chirp"))
    assert set(firsts().values()) == {None}


def test_same_bytes_are_the_same_report(desk):
    lay(desk, tip(1), digest=b"x" * 32)
    lay(desk, tip(2), digest=b"x" * 32)
    assert Duplicate.objects.get().because == "bytes"
    assert firsts()["R-2"] == "R-1"


def test_duplicate_of_a_duplicate_hangs_on_the_first_one(desk):
    lay(desk, tip(1))
    lay(desk, tip(1), digest=b"x" * 32)
    lay(desk, tip(2), digest=b"x" * 32)
    assert firsts() == {"R-1": None, "R-2": "R-1", "R-3": "R-1"}


def test_what_was_undone_stays_so_when_the_report_is_related_again_and_when_others_come(people, desk):
    lay(desk, tip(1), tip(1))
    undo_duplicate(people.bob, NOW, duplicate=Duplicate.objects.get(), reason="another child")
    lay(desk, tip(1))
    step(*WRITES)(relate)(list(Report.objects.select_related("desk")), NOW)
    assert firsts() == {"R-1": None, "R-2": None, "R-3": "R-1"}


def test_same_account_bundles_and_marks_nothing(desk):
    lay(desk, tip(1, reported("u")), tip(2, reported("u")), tip(3, reported("v")))
    bundle = Bundle.objects.get()
    assert {one.report.reference for one in bundle.bundled.all()} == {"R-1", "R-2"}
    assert set(firsts().values()) == {None}


def test_account_that_is_a_victims_bundles_nothing(desk):
    victim = Told("victim", account=reported("u").account)
    lay(desk, tip(1, victim), tip(2, victim), tip(3, reported("w")))
    assert not Bundle.objects.exists()


def test_later_reports_join_the_bundle(desk):
    lay(desk, tip(1, reported("u")))
    assert not Bundle.objects.exists()
    lay(desk, tip(2, reported("u")))
    lay(desk, tip(3, reported("u")))
    assert Bundle.objects.get().bundled.count() == 3


def test_whoever_may_be_a_child_is_in_no_bundle_and_in_no_count(desk):
    child = reported("u", born="2015-01-01")
    made = lay(desk, tip(1, child), tip(2, child))
    assert made[0].possible_minors.get().basis == "born"
    made += lay(desk, tip(3, child))
    assert not Bundled.objects.filter(report__in=[one.pk for one in made[2:]]).exists()
    theirs = made[2].namings.all()
    assert (theirs.count(), countable(theirs).count()) == (1, 0)


def test_same_file_is_related_and_joins_nothing(people, desk):
    file = File(name="a.jpg", md5="0" * 31 + "1")
    one, other = lay(desk, tip(1, files=(file,)), tip(2, files=(file,)))
    assert alike(people.bob, one, NOW).related == [other]
    assert not Bundle.objects.exists()
    assert set(firsts().values()) == {None}


def test_differences_of_a_duplicate_are_shown_beside_the_first(people, desk):
    first, second = lay(
        desk,
        tip(1, reported("u")),
        tip(1, reported("u"), Told("victim", account=reported("child").account), files=(File(name="b", md5="1" * 32),)),
    )
    (same,) = alike(people.bob, first, NOW).duplicates
    assert same.report == second
    assert [person.role for person in same.differences.persons] == ["victim"]
    assert [file.number for file in same.differences.files] == [0]
    assert {clock.report_id for clock in same.differences.clocks} == {second.pk}
    assert list(same.differences.clocks)


def test_queries_are_as_many_for_many_reports_as_for_few(desk):
    asked = []
    for count in (3, 40):
        made = lay(desk, *(tip(f"{count}-{n // 2}", reported(f"{count}-{n // 3}")) for n in range(count)), look=False)
        with CaptureQueriesContext(connection) as queries:
            step(*WRITES)(relate)(made, NOW)
        asked.append(len(queries))
    assert asked[0] == asked[1] < 20


WORLDS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2"]),
        st.lists(st.tuples(st.sampled_from(["reported", "victim"]), st.sampled_from("abc")), max_size=3),
        st.lists(st.sampled_from("12"), max_size=2),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORLDS)
def test_no_person_no_victim_no_file_and_no_deadline_is_ever_hidden(people, desk, world):
    """Whatever is taken for the same: all of it is reached from the list of reports, and from the first one."""
    mark = Report.objects.count()
    told = [
        tip(
            number and f"{mark}-{number}",
            *(Told(role, account=reported(f"{mark}-{name}").account) for role, name in persons),
            files=tuple(File(name=md5, md5=md5 * 32) for md5 in files),
        )
        for number, persons, files in world
    ]
    made = lay(desk, *told)
    listed = visible_reports(people.bob, NOW).filter(pk__gt=made[0].pk - 1)
    assert [one.pk for one in listed.order_by("pk")] == [one.pk for one in made]
    for report, one in zip(made, told, strict=True):
        assert Person.objects.filter(report=report).count() == len(one.persons)
        assert ReportFile.objects.filter(report=report).count() == len(one.files)
        assert Clock.objects.filter(report=report).count() == 2
    for report in (one for one in made if one.duplicate_of_id):
        first = Report.objects.get(pk=report.duplicate_of_id)
        (same,) = [one for one in alike(people.bob, first, NOW).duplicates if one.report == report]
        known = {(person.role, person.account.id) for person in told[[m.pk for m in made].index(first.pk)].persons}
        new = {(p.role, p.account.id) for p in told[[m.pk for m in made].index(report.pk)].persons} - known
        assert {(one.role, one.told["account"]["id"]) for one in same.differences.persons} == new
        assert len(same.differences.clocks) == 2
