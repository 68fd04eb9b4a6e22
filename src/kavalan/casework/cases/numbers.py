"""How numbers of other offices are compared: written in many ways, they are one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ZEROS: Final = re.compile(r"^0+(?=\d)")


def folded(text: str) -> str:
    """A number as it is compared and found: capitals, digits of any script as ASCII, one `/` for all that separates.

    Zeros before a group of digits are left out, so that `FIR 0012 / 2026` and `fir-12/2026` are one. Nothing is made of
    words: what stands before the number is a part of it.

    Args:
        text: as it was written.

    Returns:
        Empty where nothing of it is a letter or a digit.
    """
    plain = "".join(_kept(character) for character in unicodedata.normalize("NFKC", text).upper())
    return "/".join(_ZEROS.sub("", group) for group in plain.split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    # Marks are what vowels of Malayalam and Devanagari are written with.
    return character if category[0] in "LM" else " "
