"""What is sealed, and what stands for it."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.casework.authority.rules import Basis, basis_fault
from kavalan.casework.authority.rules import Kind as Paper
from kavalan.casework.identities.rules import (
    BORN,
    LONGEST,
    Particulars,
    draw_pseudonym,
    folded,
    names_in,
    packed,
    unpacked,
)

WHOLE = st.builds(
    Particulars,
    name=st.text(min_size=1, max_size=40),
    other_names=st.text(max_size=40),
    born=st.from_regex(rf"\A(?:{BORN})?\Z"),
    notes=st.text(max_size=40),
)


def test_pseudonym_is_a_letter_four_figures_and_the_year():
    drawn = {draw_pseudonym(2026) for _ in range(500)}
    assert len(drawn) > 480
    for one in drawn:
        letter, number, year = re.fullmatch(r"([A-Z])-(\d{4})/(\d{4})", one).groups()
        assert (letter in "IOQ", int(number) >= 2100, year) == (False, True, "2026")


def test_pseudonym_can_stand_for_who_gave_a_consent():
    assert basis_fault(Paper.CONSENT, Basis(draw_pseudonym(2026))) is None


@given(WHOLE)
@settings(deadline=None)
def test_what_is_packed_is_unpacked(particulars):
    assert unpacked(packed(particulars)) == particulars


@pytest.mark.parametrize("sign", ["x", "ക", "😀"])
@pytest.mark.parametrize("share", [0, 10, 3, 1])
def test_length_is_one_of_a_few(sign, share):
    texts = {name: sign * (longest // share if share else 0) for name, longest in LONGEST.items()}
    particulars = Particulars(**texts | {"name": sign, "born": "2015"})
    assert len(packed(particulars)) in {2048, 4096, 8192, 16384}
    assert unpacked(packed(particulars)) == particulars


def test_a_short_name_and_a_long_one_are_equally_long():
    assert len(packed(Particulars("A"))) == len(packed(Particulars("ക" * 200, notes="x" * 500)))


@pytest.mark.parametrize("data", [b"", b"\0\0\0\1", b"\0\0\0\2\x81\xa1", b"\xff" * 2048])
def test_anything_else_is_not_unpacked(data):
    with pytest.raises(msgspec.DecodeError):
        unpacked(data)


def test_nothing_of_it_is_printed_with_it():
    assert "Zelphine" not in f"{Particulars('Zelphine')} {Particulars('Zelphine')!r}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  Zelphine   OKWARAMBA ", "zelphine okwaramba"),
        ("Zelphine-Okwaramba.", "Zelphine Okwaramba"),
        ("Zéa", "Ze\u0301a"),
        ("ന്‍", "ന്"),
        ("सेल्‌फा", "सेल्फा"),
    ],
)
def test_names_are_compared_without_what_only_writes_them_differently(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("spelling of ZELPHINE's name", True),
        ("the aunt calls her Zeli", True),
        ("the spelling was wrong", False),
        ("zel phine", False),
    ],
)
def test_text_that_holds_a_word_of_the_name_names_it(text, names):
    assert names_in(text, Particulars("Zelphine Ok", other_names="Zeli")) is names
