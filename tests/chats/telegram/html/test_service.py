"""Telegram Desktop's own lines on pages: what each says, and when nothing is said for sure."""

import pytest

from kavalan.chats.telegram.html.service import understood


@pytest.mark.parametrize(
    ("line", "act", "actor", "targets", "value"),
    [
        ("A created group «Nets»", "created", "A", (), "Nets"),
        ("A invited B, C and D", "added", "A", ("B", "C", "D"), ""),
        ("A invited B to the voice chat", "called", "A", ("B",), ""),
        ("A removed B", "removed", "A", ("B",), ""),
        ("A removed A", "left", "A", ("A",), ""),
        ("A removed group photo", "pictured", "A", (), ""),
        ("A changed group title to «B removed C»", "renamed", "A", (), "B removed C"),
        ("A joined group by link from B", "joined", "A", (), "B"),
        ("A joined group by request", "joined", "A", (), ""),
        ("A converted a basic group to this supergroup «Nets»", "migrated", "A", (), "Nets"),
        ("A has set messages to auto-delete in 7 days", "timer", "A", (), "7 days"),
        ("Channel title changed to «Nets»", "renamed", "", (), "Nets"),
        ("History cleared", "notice", "", (), ""),
    ],
)
def test_what_a_line_says(line, act, actor, targets, value):
    said = understood(line, {"A"})
    assert (said.act, said.actor, said.targets, said.value) == (act, actor, targets, value)


@pytest.mark.parametrize("line", ["A did something", "A invited B removed C", " removed B", "A invited "])
def test_what_is_not_sure_says_nothing(line):
    assert understood(line, set()) is None


def test_who_writes_in_the_chat_settles_which_reading_is_meant():
    assert understood("A invited B removed C", {"A invited B"}).actor == "A invited B"
    assert understood("A invited B removed C", {"A", "A invited B"}) is None


def test_a_name_of_several_words_is_whole_where_somebody_writes_under_it():
    assert understood("A invited Nets and Sons", {"Nets and Sons"}).targets == ("Nets and Sons",)
