"""Texts as they can be stored."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kavalan.tips import Passage, Tip
from kavalan.tips.storable import storable


def test_nul_and_lone_surrogates_are_shown_and_that_is_told():
    tip = storable(Tip(form="mail", number="a\0b", passages=(Passage("h", "\udcff \ud800"),)))
    assert (tip.number, tip.passages[0].text) == ("a␀b", "\\xff \\ud800")
    assert tip.unread[-1].where == "the text"


def test_what_can_be_stored_is_not_touched():
    tip = Tip(form="mail", number="വള്ളം \U0001f600 \\u0000")
    assert storable(tip) == tip


@given(st.text(st.characters(codec=None)))
def test_whatever_is_said_can_be_stored(said):
    stored = msgspec.json.encode(storable(Tip(form="mail", number=said)))
    assert "\0" not in msgspec.json.decode(stored)["number"]
