"""What somebody says that columns mean."""

import pytest

from kavalan.chats import ChatError, read_columns

GOOD = (
    'rows = "calls"\nzone = "Asia/Kolkata"\n[meaning]\nA = "caller"\nB = "called"\nC = "at"\nD = "note"\nE = "note"\n'
)


@pytest.fixture
def saved(tmp_path):
    def saved(text):
        path = tmp_path / "columns.toml"
        path.write_text(text)
        return path

    return saved


def test_a_meaning_is_read(saved):
    columns = read_columns(saved(GOOD))
    assert (columns.rows, columns.order, columns.meaning["E"]) == ("calls", "dmy", "note")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('B = "called"', 'B = "caller"', "two columns mean `caller`"),
        ('C = "at"', 'C = "type"', "need a column that means at or date"),
        ("Kolkata", "Nowhere", "is no time zone"),
        ('"note"', '"remark"', "remark"),
        ('rows = "calls"', 'row = "calls"', "row"),
        ("[meaning]", "[meaning", "columns.toml"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_the_reason(saved, old, new, why):
    with pytest.raises(ChatError, match=why):
        read_columns(saved(GOOD.replace(old, new)))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ChatError, match="No such file"):
        read_columns(tmp_path / "none.toml")
