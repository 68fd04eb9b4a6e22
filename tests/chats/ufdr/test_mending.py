"""Bytes as XML takes them."""

import io
from xml.parsers import expat

from hypothesis import given
from hypothesis import strategies as st

from kavalan.chats.ufdr.mending import Mended


@given(
    st.lists(st.sampled_from([b"a", b"\0", b"\xff", "ആ".encode(), "😀".encode(), b"\xe0\xb4", b"\xef\xbf\xbf"])),
    st.data(),
)
def test_any_bytes_become_as_many_that_expat_takes(parts, data):
    inner = b"".join(parts)
    whole = b"<a>" + inner + b"</a>"
    cut = data.draw(st.integers(0, len(whole)))

    class Slow(io.BytesIO):
        def read(self, _size=-1, /):
            return super().read(max(1, cut))

    mended = Mended(Slow(whole))
    taken = b"".join(mended.blocks())
    assert len(taken) == len(whole)
    expat.ParserCreate().Parse(taken, True)
    assert mended.places == [place for place, byte in enumerate(whole) if taken[place] != byte]
    if not mended.places:
        assert taken == whole
