"""What a word sounds like, whether it is written in Malayalam, in Devanagari, or in Latin letters as people type.

A word becomes Latin letters, and these a skeleton: sounds that are written now one way and now another become one. Two
words with one skeleton *may* be the same; no more is said. The rules are our own, from how Malayalam and Hindi are
typed by people without a keyboard for them: aspirates, voiced and retroflex sounds, length, and the short `a` are not
told apart, for people do not.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from kavalan.identifiers.fold import fold

SHORTEST: Final = 2
"""Letters that a skeleton needs to tell anything."""
_DEVANAGARI: Final = 0x900
_MALAYALAM: Final = 0xD00
_BLOCK: Final = 0x80

# Both blocks have the same letters at the same places, after ISCII, the standard of 1988.
_CONSONANTS: Final = {
    0x15: "k", 0x16: "kh", 0x17: "g", 0x18: "gh", 0x19: "ng", 0x1A: "ch", 0x1B: "chh", 0x1C: "j", 0x1D: "jh",
    0x1E: "nj", 0x1F: "t", 0x20: "th", 0x21: "d", 0x22: "dh", 0x23: "n", 0x24: "t", 0x25: "th", 0x26: "d", 0x27: "dh",
    0x28: "n", 0x29: "n", 0x2A: "p", 0x2B: "ph", 0x2C: "b", 0x2D: "bh", 0x2E: "m", 0x2F: "y", 0x30: "r", 0x31: "r",
    0x32: "l", 0x33: "l", 0x34: "zh", 0x35: "v", 0x36: "sh", 0x37: "sh", 0x38: "s", 0x39: "h",
}  # fmt: skip
_VOWELS: Final = {
    0x05: "a", 0x06: "aa", 0x07: "i", 0x08: "ee", 0x09: "u", 0x0A: "oo", 0x0B: "ri", 0x0D: "e", 0x0E: "e", 0x0F: "e",
    0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au",
}  # fmt: skip
_SIGNS: Final = {
    0x3E: "aa", 0x3F: "i", 0x40: "ee", 0x41: "u", 0x42: "oo", 0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e", 0x48: "ai",
    0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au", 0x4D: "",
}  # fmt: skip
_NASAL: Final = {0x01: "n", 0x02: "m"}
_CHILLUS: Final = {"ൺ": "n", "ൻ": "n", "ർ": "r", "ൽ": "l", "ൾ": "l", "ൿ": "k"}
_TWO: Final = {
    "\u0d31\u0d4d\u0d31": "tt", "\u0d28\u0d4d\u0d31": "nt", "\u0d1e\u0d4d\u0d1e": "nj", "\u0d19\u0d4d\u0d19": "ng",
    "\u091c\u094d\u091e": "gy", "\u091c\u093c": "z", "\u092b\u093c": "f", "\u0921\u093c": "d", "\u0922\u093c": "dh",
    "\u0915\u093c": "k", "\u0916\u093c": "kh", "\u0917\u093c": "g",
}  # fmt: skip
"""Letters together that sound otherwise than one after another; with a dot below those of Persian."""
_WHOLE: Final = re.compile("|".join(map(re.escape, _TWO)) + "|.", re.DOTALL)
_NOT_LETTERS: Final = re.compile(r"[^a-z]")

_STEPS: Final = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^(?:gn|jn|nh)(?=[aeiou])", "nj"),
        (r"^y(?=e)", ""),
        (r"sch|sk", "sk"),
        (r"zh", "l"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"ch+", "c"),
        (r"c(?![ch])", "c"),
        (r"z|j", "c"),
        (r"sh+", "s"),
        (r"f|ph", "p"),
        (r"w", "v"),
        (r"(?<=[kgtdpblnrmc])h", ""),
        (r"g", "k"),
        (r"d", "t"),
        (r"b", "p"),
        (r"[mn](?=[kctp])", "n"),
        (r"oo+|uu", "u"),
        (r"ee+|ii", "i"),
        (r"a[iy](?![aeiou])|ei|ey(?![aeiou])|ea", "e"),
        (r"au|ou|ow|oa", "o"),
        (r"(?<=[ie])y|y(?=[ie])", ""),
        (r"(?<=.)a+", ""),
        (r"(?<=.)u$", ""),
        (r"(.)\1+", r"\1"),
    )
)


def sounds_like(word: str) -> str:
    """The skeleton of a word; empty for one that has no sound in the three scripts.

    Skeletons of fewer than `SHORTEST` letters tell nothing.
    """
    said = _NOT_LETTERS.sub("", _in_latin(fold(word)))
    for pattern, by in _STEPS:
        said = pattern.sub(by, said)
    return said


def _in_latin(word: str) -> str:
    """A word in Latin letters, as people would type it."""
    parts: list[str] = []
    pieces: list[str] = _WHOLE.findall(word)
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
        place = ord(piece[0])
        block = next((first for first in (_DEVANAGARI, _MALAYALAM) if first <= place < first + _BLOCK), 0)
        parts.append(_letter(piece, place - block, following, is_hindi=block == _DEVANAGARI) if block else piece)
    return "".join(parts)


def _letter(piece: str, place: int, following: str, *, is_hindi: bool) -> str:
    said = _TWO.get(piece) or _CONSONANTS.get(place)
    if said is not None:
        return said + ("" if following and ord(following[0]) % _BLOCK in _SIGNS else "a")
    if place in _NASAL:
        # At the end of a word of Hindi it is only breathed through the nose.
        return "n" if is_hindi else _NASAL[place]
    return _CHILLUS.get(piece) or _VOWELS.get(place) or _SIGNS.get(place, "")
