"""What numbers of system lines are read as: nobody becomes an administrator by what one program alone says."""

from kavalan.chats.model import Act
from kavalan.chats.whatsapp.android.actions import action

MAKES_ADMINISTRATORS = {Act.PROMOTED, Act.DEMOTED, Act.CREATOR_CHANGED, Act.LINK_RESET}


def test_a_reading_that_is_not_agreed_on_names_whose_it_is():
    for number in range(300):
        read = action(number)
        if read.act is not Act.OTHER and read.by:
            assert read.by.rpartition(" ")[2] in {"whapa", "WAInsight"}
            assert read.act not in MAKES_ADMINISTRATORS | {Act.SETTING, Act.REMOVED}
        assert read.act not in MAKES_ADMINISTRATORS


def test_numbers_that_the_reference_holds_for_agreed_are_understood():
    agreed = {
        1: "renamed", 5: "left", 6: "pictured", 10: "number_changed", 28: "number_changed", 11: "created", 12: "added",
        14: "removed", 20: "joined", 27: "described", 56: "timer", 58: "blocked", 79: "joined",
    }  # fmt: skip
    assert {number: action(number).act for number in agreed} == agreed
