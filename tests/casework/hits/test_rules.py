"""How strong hits are, what they come to, and when two say the same."""

from itertools import permutations

import pytest

from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.rules import GONE, Kind, Method, Seen, flag_words, lists_asked, said, standing, turn_words
from kavalan.fingerprint import DIHEDRAL
from kavalan.lists import Flag
from kavalan.lists import Kind as ListKind
from kavalan.lists import Method as ListMethod

from ..conftest import NOW


def hit(method=Method.SHA256, **more):
    return Hit(kind=Kind.POSITIVE, method=method, **more)


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        ([], Standing.UNKNOWN),
        ([hit(Method.SHA256)], Standing.IDENTICAL),
        ([hit(Method.SHA1)], Standing.IDENTICAL),
        ([hit(Method.MD5_AND_SIZE)], Standing.MD5_ONLY),
        ([hit(Method.MD5)], Standing.MD5_ONLY),
        ([hit(Method.NEAR, distance=0)], Standing.NEAR),
        ([hit(held=True)], Standing.HELD),
        ([hit(contradicted=True)], Standing.CONTRADICTED),
        ([hit(suppressed_by=["cleared"])], Standing.SUPPRESSED),
        ([hit(held=True, contradicted=True, suppressed_by=["cleared"])], Standing.SUPPRESSED),
        ([hit(withdrawn_at=NOW)], Standing.WITHDRAWN),
        ([Hit(kind=Kind.NEGATIVE, method=1)], Standing.NEGATIVE),
        ([Hit(kind=Kind.KNOWN_GOOD, method=1)], Standing.KNOWN_GOOD),
        ([Hit(kind=Kind.KNOWN_GOOD, method=1, withdrawn_at=NOW)], Standing.UNKNOWN),
        ([hit(Method.NEAR), hit(Method.MD5), hit(suppressed_by=["cleared"])], Standing.MD5_ONLY),
        ([hit(Method.NEAR), hit(withdrawn_at=NOW)], Standing.NEAR),
    ],
)
def test_item_stands_by_its_strongest_hit_in_whatever_order(hits, expected):
    assert {standing(order) for order in permutations(hits)} == {expected}


def test_same_entry_in_another_delivery_says_the_same():
    facts = {
        "list_name": "known",
        "entry_key": "k",
        "categories": [["demo/1", "A"]],
        "method": Method.NEAR,
        "distance": 4,
    }
    first = Hit(**facts, version="1", state="gen-1+0", entry_row=4, entry_position=5)
    second = Hit(**facts, version="2", state="gen-2+0", entry_row=9, entry_position=1)
    assert said(first) == said(second)


@pytest.mark.parametrize(
    "other",
    [
        {"list_name": "b"},
        {"entry_key": "l"},
        {"categories": [["demo/1", "B"]]},
        {"categories": [["demo/2", "A"]]},
        {"flags": 1},
        {"method": Method.SHA1},
        {"distance": 3},
        {"rotation": "flipx"},
        {"kind": Kind.NEGATIVE},
    ],
)
def test_anything_else_that_the_list_says_is_another_hit(other):
    facts = {"list_name": "a", "entry_key": "k", "categories": [["demo/1", "A"]], "method": Method.NEAR, "distance": 4}
    assert said(Hit(**facts)) != said(Hit(**(facts | other)))


def test_lists_are_counted_over_questions():
    known, late = Seen("known", state="gen-1+0", left_out=2), Seen("late", state="gen-1+0")
    once = lists_asked([], [known], 10)
    twice = lists_asked(once, [Seen("known", state="gen-1+3", left_out=1), late], 5)
    told = [(one["name"], one["asked"], one["first"], one["last"], one["left_out"]) for one in twice]
    assert told == [("known", 15, "gen-1+0", "gen-1+3", 3), ("late", 5, "gen-1+0", "gen-1+0", 0)]


def test_list_that_refuses_or_goes_away_keeps_what_it_was_asked():
    once = lists_asked([], [Seen("a", state="gen-1+0"), Seen("b", state="gen-1+0")], 10)
    twice = lists_asked(once, [Seen("a", state="gen-1+0", refusal="ended")], 5)
    assert [(one["asked"], one["last"], one["refusal"]) for one in twice] == [
        (10, "gen-1+0", "ended"),
        (10, "gen-1+0", GONE),
    ]


def test_every_flag_turn_kind_and_method_of_the_lists_has_words():
    assert [len(flag_words(int(flag))) for flag in Flag] == [1] * len(Flag)
    assert turn_words("") == ""
    assert [turn for turn in DIHEDRAL[1:] if turn_words(turn) == turn] == []
    assert {kind.value for kind in ListKind} == set(Kind.values)
    assert [method.name for method in ListMethod] == [method.name for method in Method]
