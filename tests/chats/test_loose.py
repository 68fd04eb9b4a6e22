"""Values that should be something, and may be anything."""

import pytest

from kavalan.chats.loose import inside, row, rows, short, word


@pytest.mark.parametrize(("value", "said"), [("a", "a"), (None, ""), (5, "5"), ([1], "[1]"), ("x" * 2000, "x" * 2000)])
def test_a_text_is_taken_from_whatever_stands_there(value, said):
    assert word(value) == said


def test_what_is_no_text_is_told_in_part():
    assert len(word(list(range(5000)))) == 1000


def test_a_name_is_cut_and_can_be_stored():
    assert short("a\0" * 400) == "a␀" * 250


def test_objects_are_taken_and_all_else_is_none():
    assert (row({"a": 1}), row([]), row(None)) == ({"a": 1}, {}, {})
    assert (rows([{"a": 1}, 2, [{}]]), rows({"a": 1})) == ([{"a": 1}], [])


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("photos/a.jpg", "photos/a.jpg"),
        ("./media/a.jpg", "media/a.jpg"),
        ("media\\a.jpg", "media/a.jpg"),
        ("/etc/passwd", "passwd"),
        ("../../a.jpg", "a.jpg"),
        ("a//b.jpg", "b.jpg"),
        ("a/./b.jpg", "b.jpg"),
    ],
)
def test_a_path_that_leads_outside_keeps_its_name_alone(path, kept):
    assert inside(path) == kept
