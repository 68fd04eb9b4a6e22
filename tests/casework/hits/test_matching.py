"""What the lists are asked, and what becomes of their answer."""

import pytest
from msgspec.structs import replace

from kavalan.casework.exhibits.models import Content
from kavalan.casework.hits.matching import UnitLists, shown, subject_of
from kavalan.casework.hits.rules import Method
from kavalan.fingerprint import DIHEDRAL
from kavalan.lists import Entry, Flag
from kavalan.matching.error_rates import quote

from ..conftest import NOW
from ..exhibits.batches import row
from .conftest import A, B, away, entry, hashed, picture


@pytest.fixture
def ask(people, catalogue, take_in):
    """What the lists of Alice's unit say of some rows."""

    def asked(rows):
        take_in(rows)
        return UnitLists(catalogue, people.alice.unit.name).ask(list(Content.objects.order_by("pk")), NOW)

    return asked


def test_content_is_asked_about_by_all_that_is_stored_of_it(take_in):
    facts = picture(b"a.jpg", 4)
    take_in([facts])
    subject = subject_of(Content.objects.get())
    kept = {name: getattr(subject, name) for name in ("md5", "sha1", "sha256", "size", "pdq", "quality")}
    assert kept == {"quality": 90, **{name: facts[name] for name in ("md5", "sha1", "sha256", "size", "pdq")}}
    assert subject.turned == tuple((DIHEDRAL[turn], hashed(4000 + turn)) for turn in range(1, 8))


def test_content_without_pictures_has_nothing_turned(take_in):
    take_in([row(b"a", b"one")])
    assert (subject_of(Content.objects.get()).pdq, subject_of(Content.objects.get()).turned) == (None, ())


@pytest.mark.parametrize(("turn", "name"), list(enumerate(DIHEDRAL))[1:])
def test_each_turn_is_named_as_the_fingerprint_names_it(ask, make_list, turn, name):
    make_list("known", Entry(position=1, pdq=away(hashed(7000 + turn), 6), pdq_quality=77))
    (hit,) = ask([picture(b"a.jpg", 7)]).hits
    assert (hit.method, hit.distance, hit.rotation) == (Method.NEAR, 6, name)
    assert (hit.content_quality, hit.entry_quality) == (90, 77)


def test_conflicting_entries_stand_side_by_side_and_the_same_one_twice_stands_once(ask, make_list):
    make_list("known", entry(1, b"one"), entry(2, b"one", categories=(B,)), entry(3, b"one"))
    hits = ask([row(b"a", b"one")]).hits
    assert sorted(hit.categories for hit in hits) == [[[A.scheme, A.code]], [[B.scheme, B.code]]]


def test_what_the_owner_says_comes_along(ask, make_list):
    make_list("known", entry(1, b"one", key="k", flags=Flag.VICTIM_IDENTIFIED | Flag.SERIES))
    (hit,) = ask([row(b"a", b"one")]).hits
    assert hit.remarks == ["victim identified", "part of a series"]


def test_hits_beyond_the_most_of_one_content_are_counted(ask, make_list):
    make_list("known", *(entry(number, b"one", key=f"k{number}") for number in range(1003)))
    answered = ask([row(b"a", b"one")])
    assert (len(answered.hits), answered.seen[0].left_out) == (1000, 3)


def test_text_of_a_list_prints_in_one_line_and_can_be_stored():
    assert shown("a\x00b\ud800\u202ec\n") == r"a\x00b\ud800\u202ec\n"


def test_list_that_lapses_between_two_questions_is_named_at_the_second(people, catalogue, make_list, agreed, take_in):
    make_list("known", entry(1, b"one"), agreement=agreed())
    take_in([row(b"a", b"one")])
    lists = UnitLists(catalogue, people.alice.unit.name)
    contents = list(Content.objects.all())
    assert len(lists.ask(contents, NOW).hits) == 1
    with catalogue.edit("known") as editor:
        editor.change_info(replace(catalogue.status("known").info, agreement=agreed("Hill Unit")))
    again = lists.ask(contents, NOW)
    assert (again.hits, "does not name the unit" in again.seen[0].refusal) == ((), True)


def test_list_that_is_removed_between_two_questions_is_no_longer_there(people, catalogue, make_list, take_in):
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one")])
    lists = UnitLists(catalogue, people.alice.unit.name)
    contents = list(Content.objects.all())
    lists.ask(contents, NOW)
    catalogue.remove("known")
    assert lists.ask(contents, NOW).seen == ()


@pytest.mark.parametrize(("entry_quality", "poorer"), [(60, 60), (99, 90), (None, None)])
def test_near_hit_carries_what_was_measured_for_its_distance_and_the_poorer_quality(
    ask, make_list, entry_quality, poorer
):
    make_list("known", Entry(position=1, pdq=away(hashed(7000), 12), pdq_quality=entry_quality), entry(2, b"other"))
    hits = ask([picture(b"a.jpg", 7), row(b"b", b"other")]).hits
    assert [hit.error_rate and hit.error_rate.text for hit in hits] == [quote(12, poorer), None]
