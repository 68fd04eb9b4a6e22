import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.vault.age import Stanza, read_header, write_header
from kavalan.vault.age.header import check_header, from_base64
from kavalan.vault.errors import AlteredError, NotAgeError

KEY = bytes(range(16))
WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80)
STANZAS = st.lists(
    st.builds(Stanza, WORDS, st.lists(WORDS, max_size=3).map(tuple), st.binary(max_size=200)), min_size=1, max_size=4
)
SOUND = write_header(KEY, [Stanza("X", ("a",), bytes(40))])


@given(STANZAS)
def test_what_is_written_is_read_and_its_code_holds(stanzas):
    text = write_header(KEY, stanzas)
    header = read_header(text + b"payload", "test")
    assert header.stanzas == tuple(stanzas)
    assert header.size == len(text)
    check_header(header, KEY, "test")


@given(st.binary(max_size=300))
def test_other_bytes_are_no_age_file(data):
    with pytest.raises(NotAgeError):
        read_header(data, "test")


@given(st.binary(max_size=300))
def test_other_bytes_behind_the_first_line_are_refused_without_a_fault_of_ours(data):
    try:
        header = read_header(b"age-encryption.org/v1\n" + data, "test")
    except NotAgeError:
        return
    with pytest.raises(AlteredError):
        check_header(header, KEY, "test")


@pytest.mark.parametrize(
    "wrong",
    [
        SOUND.replace(b"\n", b"\r\n"),
        SOUND.replace(b"/v1", b"/v2"),
        SOUND.replace(b"-> X", b"->X"),
        SOUND.replace(b"-> X a", b"-> X  a"),
        SOUND.replace(b"-> X a", b"-> X a "),
        SOUND.replace(b"-> X a", b"-> X \xc3\xa4"),
        SOUND.replace(b"--- ", b"---"),
        SOUND.replace(b"--- ", b"---  "),
        SOUND[:-1] + b" \n",
        SOUND[:-1] + b"=\n",
        SOUND[:-3] + b"\n",
        SOUND[:-1],
        SOUND.split(b"->")[0] + b"---" + SOUND.split(b"---")[1],
        SOUND.replace(b"A" * 54, b"A" * 53 + b"B"),
        SOUND.replace(b"\nA", b"\n" + b"A" * 65 + b"A"),
    ],
)
def test_header_in_any_other_writing_is_refused(wrong):
    assert wrong != SOUND
    with pytest.raises(NotAgeError):
        read_header(wrong, "test")


def test_header_that_never_ends_is_refused():
    with pytest.raises(NotAgeError, match="cut"):
        read_header(b"age-encryption.org/v1\n-> X\n" + b"A" * 64 + (b"\n" + b"A" * 64) * 2000, "test")


def test_base64_that_is_not_canonical_is_refused():
    assert from_base64(b"AA") == b"\0"
    with pytest.raises(ValueError, match="canonical"):
        from_base64(b"AB")
