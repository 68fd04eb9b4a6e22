import hashlib
import io

from hypothesis import given
from hypothesis import strategies as st

from kavalan.fingerprint.digest import CHUNK, Digester, digest_stream


def test_abc_has_the_digests_of_rfc_1321_and_fips_180():
    digests = digest_stream(io.BytesIO(b"abc"))
    assert digests.md5.hex() == "900150983cd24fb0d6963f7d28e17f72"
    assert digests.sha1.hex() == "a9993e364706816aba3e25717850c26c9cd0d89d"
    assert digests.sha256.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digests.size == 3


def test_an_empty_stream_has_the_digests_of_nothing():
    digests = digest_stream(io.BytesIO())
    assert digests.md5.hex() == "d41d8cd98f00b204e9800998ecf8427e"
    assert digests.size == 0


@given(st.lists(st.binary(max_size=300)))
def test_chunks_of_any_size_make_the_digests_of_the_whole(chunks):
    digester = Digester()
    for chunk in chunks:
        digester.update(memoryview(chunk))
    whole = b"".join(chunks)
    digests = digester.finish()
    assert digests.sha256 == hashlib.sha256(whole).digest()
    assert digests.md5 == hashlib.md5(whole).digest()  # noqa: S324 - the digest that lists use
    assert digests.size == len(whole)


def test_a_stream_is_read_no_more_than_a_chunk_at_a_time():
    class Counting(io.BytesIO):
        largest = 0

        def read(self, size=-1):
            self.largest = max(self.largest, size if size >= 0 else 1 << 62)
            return super().read(size)

    stream = Counting(bytes(3 * CHUNK + 1))
    assert digest_stream(stream).size == 3 * CHUNK + 1
    assert stream.largest <= CHUNK


def test_a_stream_is_digested_from_where_it_stands():
    stream = io.BytesIO(b"xxabc")
    stream.seek(2)
    assert digest_stream(stream) == digest_stream(io.BytesIO(b"abc"))
