"""What of a tip is sealed."""

import string

from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.intake.hiding import to_hide, without
from kavalan.tips import Account, Passage, Person, Tip

WORDS = st.text(string.ascii_letters + "കാവലൻहिन्दी", min_size=3, max_size=12)


@given(WORDS, WORDS, st.text(max_size=40), st.text(max_size=40))
def test_no_word_of_a_childs_name_is_left_in_any_text(first, last, before, after):
    child = Person("victim", name=f"{first} {last}", account=Account(shown_names=(first,)))
    tip = Tip(form="phone", persons=(child,), passages=(Passage("heading", f"{before} {first}, {last} {after}"),))
    left = without(tip, to_hide(tip, ()), {0: "#"})
    told = set(left.passages[0].text.replace(",", " ").split())
    assert not {first, last} & told
    assert (left.persons[0].name, left.persons[0].account.shown_names) == ("#", ())


def test_relative_who_is_reported_keeps_the_name_that_they_share():
    people = (Person("victim", name="Zelphine Okwaramba"), Person("reported", name="Kelo Okwaramba"))
    tip = Tip(form="phone", persons=people)
    left = without(tip, to_hide(tip, ()), {0: "K-4821/2026"})
    assert [one.name for one in left.persons] == ["K-4821/2026", "Kelo Okwaramba"]


def test_what_finds_no_place_of_its_own_is_sealed_as_a_note():
    tip = Tip(form="phone", persons=(Person("victim", name="Zelphine", born="May 2015"),))
    particulars = to_hide(tip, ())[0].particulars
    assert (particulars.name, particulars.born, particulars.notes) == ("Zelphine", "", "May 2015")


def test_child_of_whom_only_a_number_is_known_is_called_by_it_and_sealed():
    tip = Tip(form="phone", persons=(Person("victim", phones=("+91 98470 12345",)),))
    hidden = to_hide(tip, ())
    assert hidden[0].particulars.name == "+91 98470 12345"
    assert without(tip, hidden, {0: "#"}).persons[0].phones == ()


def test_nobody_is_sealed_of_whom_nothing_is_told():
    assert to_hide(Tip(form="phone", persons=(Person("victim", age="9"),)), ()) == {}
