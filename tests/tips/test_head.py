"""The first lines of a table, read in a confined process."""

import pytest

from kavalan.sandbox import sealed
from kavalan.tips.head import HeadRequest, head_of


@pytest.mark.parametrize(
    ("table", "request_", "header", "rows"),
    [
        (b"a;b\n1;2\n3;4\n", HeadRequest(rows=1), ("a", "b"), (("1", "2"),)),
        (b"a report of May\n\na,b\n1,2\n", HeadRequest(skip=2), ("a", "b"), (("1", "2"),)),
        ("a|b\n1|\u0d2e\n".encode("utf-16"), HeadRequest(delimiter="|"), ("a", "b"), (("1", "\u0d2e"),)),
        (b"a,b\n1,caf\xe9\n", HeadRequest(), ("a", "b"), (("1", "caf\u00e9"),)),
        (b"", HeadRequest(), (), ()),
    ],
    ids=["rows", "skipped lines", "UTF-16", "code page", "nothing"],
)
def test_header_and_first_rows_are_given_as_text_that_can_be_shown(table, request_, header, rows):
    with sealed(table) as file:
        head = head_of(file, request_)
    assert (head.header, head.rows) == (header, rows)
