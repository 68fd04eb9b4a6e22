"""What the codes of a font stand for."""

from hypothesis import given
from hypothesis import strategies as st

from kavalan.tips.printed.cmap import to_unicode

CMAP = b"""
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar
2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0D35> <D83DDE00>] endbfrange
"""


def test_characters_and_ranges():
    assert to_unicode(CMAP) == (
        {3: " ", 4: "fi", 16: "A", 17: "B", 18: "C", 32: "\u0d35", 33: "\U0001f600"},
        2,
    )


@given(
    st.lists(st.sampled_from([*CMAP.split(), b"<", b">", b"<FFFFFFFFFF>", b"[", b"<D8>"]), max_size=30).map(b" ".join)
)
def test_whatever_it_says_it_is_read(cmap):
    assert to_unicode(cmap).width >= 0
