"""What words sound like: one skeleton for those that people write now so and now so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.identifiers import fold, sounds_like

SAME = """
വള്ളം vallam | വല vala | ബോട്ട് boat bottu | മീൻ meen min | കടൽ kadal | തോണി thoni toni | പുഴ puzha | മഴ mazha
കാറ്റ് kaattu kattu kaatu | നാവ് naavu | എന്റെ ente enthe | എന്ത് enthu endhu | ഞാൻ njan njaan gnan | കൈ kai kay
പറഞ്ഞു paranju | കുട്ടികൾ kuttikal kuttikkal | സ്കൂൾ school skool | പാമ്പ് pambu paambu | അഞ്ച് anju anchu
ഞങ്ങൾ njangal | പോയി poyi poi | ചെയ്യു cheyyu | വീട്ടിൽ veettil vittil veetil | കൊല്ലം kollam | ഫോൺ fon
തുറമുഖം thuramukham | രാവിലെ ravile raavile | നാളെ naale nale | മുക്കുവൻ mukkuvan | സംഘം sangham | കായൽ kayal kaayal
नाव naav nav | जाल jaal jal | मछली machhli machli | समुद्र samudra samudr | नदी nadi നദി | लड़का ladka | है hai he
में mein main | पानी paani pani | जहाज jahaj jahaaz | किनारा kinara kinaara | और aur or | बारिश barish baarish
ज्ञान gyan gyaan | सड़क sadak | ज़मीन zameen zamin
"""
GROUPS = [group.split() for line in SAME.strip().splitlines() for group in line.split("|")]


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_words_that_are_typed_differently_sound_alike(group):
    assert len({sounds_like(word) for word in group}) == 1


def test_other_words_sound_otherwise():
    words = [group[0] for group in GROUPS if group[0] not in {"എന്ത്", "നാവ്"}]
    shared = [word for word in words if [sounds_like(other) for other in words].count(sounds_like(word)) > 1]
    assert shared == []


@pytest.mark.parametrize("word", ["", "2025", "😀", "日本", "-", "പ്"])
def test_what_has_no_sound_has_no_skeleton_to_speak_of(word):
    assert len(sounds_like(word)) < 2


@settings(max_examples=80, deadline=None)
@given(
    st.text(st.sampled_from([*map(chr, [*range(0x900, 0x97F), *range(0xD00, 0xD7F)]), *"aehkntyz\u200d"]), max_size=10)
)
def test_every_spelling_that_folds_alike_sounds_alike(word):
    assert sounds_like(word) == sounds_like(fold(word))
    assert sounds_like(word).isascii()
