"""Several files as one source."""

import hashlib
import io

from hypothesis import given
from hypothesis import strategies as st

from kavalan.chats import Piece, Request
from kavalan.chats.candidates import Candidate, Found
from kavalan.chats.exports import _Held, _opened
from kavalan.chats.pieces import pieces_of


@given(st.lists(st.binary(max_size=50), min_size=2, max_size=5), st.lists(st.integers(0, 60), max_size=20))
def test_views_read_like_the_files_of_which_the_source_is_made(files, moves):
    offsets = [sum(map(len, files[:n])) for n in range(len(files))]
    pieces = tuple(Piece(str(n), offsets[n], len(data)) for n, data in enumerate(files))
    views = pieces_of(io.BytesIO(b"".join(files)), Request("x", "0", pieces=pieces))
    alone = {str(n): io.BytesIO(data) for n, data in enumerate(files)}
    for number, move in enumerate(moves):
        name = str(number % len(files))
        assert views[name].seek(move) == alone[name].seek(move)
        assert views[name].read(7) == alone[name].read(7)
    for name, view in views.items():
        view.seek(0)
        alone[name].seek(0)
        assert view.read() == alone[name].read()


def test_a_source_of_one_file_is_its_own():
    source = io.BytesIO(b"x")
    assert pieces_of(source, Request("x", "0", "a.txt")) == {"a.txt": source}


def test_the_digest_of_several_files_is_that_of_all_of_them_one_after_another():
    held = {name: _Held(Candidate(name, 3, b""), lambda data=data: io.BytesIO(data)) for name, data in
            {"b": b"two", "a": b"one"}.items()}  # fmt: skip
    (export,) = [(one, one.text.read()) for one in _opened([Found("x", ("b", "a"))], held)]
    assert export[1] == b"twoone"
    assert (export[0].sha256, export[0].size) == (hashlib.sha256(b"twoone").hexdigest(), 6)
    assert export[0].pieces == (
        Piece("b", 0, 3, hashlib.sha256(b"two").hexdigest()),
        Piece("a", 3, 3, hashlib.sha256(b"one").hexdigest()),
    )
