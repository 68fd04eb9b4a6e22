import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.vault.age import bech32

# BIP 173, "Test vectors".
VALID = {
    "A12UEL5L": ("a", b""),
    "a12uel5l": ("a", b""),
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs": (
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio",
        b"",
    ),
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw": (
        "abcdef",
        bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df"),
    ),
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w": (
        "split",
        bytes.fromhex("c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d"),
    ),
}
INVALID = ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8", "1qzzfhee", "A12uEL5L", ""]


@pytest.mark.parametrize("text", VALID)
def test_published_texts_are_read(text):
    assert bech32.decode(text) == VALID[text]


@pytest.mark.parametrize("text", VALID)
def test_published_texts_are_written(text):
    assert bech32.encode(*VALID[text]) == text.lower()


@pytest.mark.parametrize("text", INVALID)
def test_published_wrong_texts_are_refused(text):
    with pytest.raises(ValueError, match=r"^it"):
        bech32.decode(text)


@given(st.binary(max_size=64))
def test_bytes_come_back(data):
    assert bech32.decode(bech32.encode("age", data)) == ("age", data)


def test_every_single_mistyped_character_is_found():
    text = bech32.encode("age", bytes(range(32)))
    for place in range(len("age1"), len(text)):
        for other in "qpzry9x8gf2tvdw0s3jn54khce6mua7l":
            if other != text[place]:
                with pytest.raises(ValueError, match="mistyped"):
                    bech32.decode(text[:place] + other + text[place + 1 :])
