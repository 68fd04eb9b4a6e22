"""Folding: one spelling for what people type in several ways, with a way back to the original.

Malayalam has two encodings of each chillu, which Unicode does not call the same, and four spellings of /nta/; joiners,
marks of direction and case tell nothing about a word once these are settled. What differs in meaning stays apart:
`avan` (he) and `avanu` (to him) differ by nothing but a joiner.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

_CHILLUS = {"ണ": "ൺ", "ന": "ൻ", "ര": "ർ", "ല": "ൽ", "ള": "ൾ", "ക": "ൿ"}
_VIRAMA, _ZWJ, _ZWNJ = "\u0d4d", "\u200d", "\u200c"
_CHILLU = re.compile(f"([{''.join(_CHILLUS)}]){_VIRAMA}{_ZWJ}")
_NTA = re.compile(f"ൻ{_VIRAMA}?റ")
_ONE = str.maketrans({"\u0d4e": "ർ", "\u0d57": "\u0d4c"})
_SCRIPTS_OF_DIGITS = (0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0x660, 0x6F0)
_TO_ASCII = {zero + digit: str(digit) for zero in _SCRIPTS_OF_DIGITS for digit in range(10)}
_DIGIT = re.compile(f"[{''.join(f'{chr(zero)}-{chr(zero + 9)}' for zero in _SCRIPTS_OF_DIGITS)}]")
# ASCII, Devanagari and Malayalam without digits, joiners and letters that compose or have another spelling; signs.
_PLAIN = re.compile(
    "[\0-\x7f\u0900-\u093b\u093d-\u0950\u0955-\u0957\u0960-\u0965\u0970-\u097f\u0d00-\u0d4d\u0d4f\u0d54-\u0d56"
    "\u0d58-\u0d65\u0d70-\u0d7f\u2010-\u2027\u20b9\U0001f300-\U0001faff]*+"
)
_SHORT_O, _LONG_O = "\u0d46\u0d3e", "\u0d47\u0d3e"
_OLD_NTA, _NEW_NTA = "ൻറ", f"ൻ{_VIRAMA}റ"
_LAST_MARK = 0x1FFFF
"""Above lie variation selectors and tags, which are in no word."""


class Folded(NamedTuple):
    """A folded text and the way back.

    Attributes:
        text: the folded text.
        starts: for each character of it, where in the original its cluster begins.
        ends: for each character of it, where in the original its cluster ends.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original lies what stands from `start` to `end` in the folded text, in whole clusters."""
        return (self.starts[start], self.ends[end - 1]) if start < end else (0, 0)


def ascii_digits(text: str) -> str:
    """The text with the digits of Indian scripts, Arabic and Persian as ASCII; every character keeps its place."""
    return text if text.isascii() or not _DIGIT.search(text) else text.translate(_TO_ASCII)


def fold(text: str) -> str:
    """The folded text: linear in its length; what has one spelling alone is only made lower case."""
    return text.lower() if keeps_places(text) else "".join(map(_fold_cluster, _clusters().findall(text)))


def keeps_places(text: str) -> bool:
    """Whether folding leaves every character where it is: of such a text the way back is its own places."""
    if text.isascii():
        return True
    if _PLAIN.fullmatch(text) is None:
        return False
    # Four looks cost less than one loop over them.
    return not (_SHORT_O in text or _LONG_O in text or _OLD_NTA in text or _NEW_NTA in text)


def fold_with_way_back(text: str) -> Folded:
    """The folded text, and for each of its characters where it came from."""
    parts, starts, ends = [], [], []
    for found in _clusters().finditer(text):
        part = _fold_cluster(found[0])
        parts.append(part)
        starts += [found.start()] * len(part)
        ends += [found.end()] * len(part)
    return Folded("".join(parts), starts, ends)


def words(text: str) -> list[str]:
    """The words of a text, folded, in its order: letters and digits with the marks that belong to them.

    Vowel signs and viramas are part of a word, so that one of Malayalam or Hindi stays whole.
    """
    return _word().findall(fold(text))


@lru_cache(maxsize=1 << 14)
def _fold_cluster(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster)
    settled = _NTA.sub("ന്റ", _CHILLU.sub(lambda found: _CHILLUS[found[1]], composed)).translate(_ONE)
    seen = "".join(character for character in settled if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFC", seen.casefold()).translate(_TO_ASCII)


@cache
def _clusters() -> re.Pattern[str]:
    """A base with its marks and joiners, the sounds that fold as one, and the letters that compose in Hangul."""
    marks = f"[{_marks()}{_ZWJ}{_ZWNJ}]"
    nta = f"(?:ൻ{_VIRAMA}?|ന{_VIRAMA}{_ZWJ}{_VIRAMA}?)റ"
    hangul = "[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|[\uac00-\ud7a3][\u11a8-\u11ff]"
    return re.compile(f"(?:{nta}|{hangul}|.){marks}*", re.DOTALL)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"[^\\W_](?:[^\\W_]|[{_marks()}])*")


def _marks() -> str:
    """All combining characters as ranges of a character class."""
    found: list[list[int]] = []
    for code in range(0x300, _LAST_MARK):
        if unicodedata.category(chr(code))[0] == "M":
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)
