"""Which files are taken for tables of calls or payments."""

from kavalan.chats.candidates import Candidate, Found
from kavalan.chats.tables.recognise import named_table


def test_a_table_is_one_that_is_named_alone():
    """Beside a chat, a table is a file that somebody sent."""
    candidates = [
        Candidate("a.csv", 1, b"x"),
        Candidate("B.CSV", 1, b"x", named=True),
        Candidate("c.txt", 1, b"", named=True),
    ]
    assert list(named_table(candidates)) == [Found("table", ("B.CSV",))]
