"""The start of a message in an export: a date, a time, and what sets them off.

The form follows the telephone's language, so the parts are loose and the whole is strict: three numbers, a time, and
either brackets around them or a dash behind. Sources of the variants are listed in `tests/chats/whatsapp/matrix.py`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

MARKS: Final = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""What may stand anywhere around a header and is not seen, as a character class."""
_M = f"[{MARKS}]"
_S = "[ \t\u00a0\u2009\u202f]"
_WORD = r"[^\W\d_][^\d\[\]:\n]"
_DATE = (
    rf"{_M}{{0,4}}(\[?){_M}{{0,3}}"
    rf"((\d{{1,4}}){_M}?{_S}?([-/.]){_S}?{_M}?(\d{{1,4}}){_M}?{_S}?[-/.]{_S}?{_M}?(\d{{1,4}}))"
)
_REST = (
    rf"({_M}{{0,2}}\.?[,،]?{_M}{{0,2}}{_S}{_M}?(?:({_WORD}{{0,22}}?)[,،]?{_S}?{_M}?)??"
    rf"(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?"
    rf"(?:(?:{_M}?{_S}?{_M}?({_WORD}{{0,20}}?))??"
    rf"(?:{_M}?(\]){_M}{{0,2}}{_S}?|{_M}?{_S}([-–]){_S})|(?:{_S}([AaPp]\.?[Mm]\.?))?:?{_S}))"
)
# Behind a line feed, which the caller puts before the first line: a literal first character is found fastest.
HEADER: Final = re.compile(f"\n{_DATE}{_REST}")
"""Groups: bracket; the date, its first number, what parts it, second, third; the rest, in it the word before the time,
hour, minute, second, the word behind it, closing bracket, dash, a.m. or p.m. where neither follows."""
_GROUP = re.compile(r"\((?!\?)")
CUT: Final = re.compile(f"\n({_GROUP.sub('(?:', _DATE)})({_GROUP.sub('(?:', _REST)})")
"""The same with two groups alone, the date with what stands before it, and the rest: a text is cut at it in one go."""
_SEPARATE = re.compile(rf"[{MARKS}\s.\u00a0]+")

# Day periods of CLDR 46 (unicode.org/cldr), abbreviated and wide, of the languages in which WhatsApp is offered,
# without the full stops and spaces in which telephones differ.
_AM = {
    "am", "a", "fm", "vm", "vorm", "de", "ip", "öö", "sa", "ad", "pd", "дп", "ам", "прпл", "пробед", "πμ", "ص", "صباحا",
    "قظ", "قبلازظهر", "am午前", "午前", "上午", "凌晨", "早上", "清晨", "오전", "पूर्वाह्न", "सकाळी", "सकाळीं", "सबेरे",
    "मप", "ਪੂਦੁ", "পূৰ্বাহ্ন", "পূর্বাহ্ণ", "পূর্বাহ্ন", "ପୂର୍ବାହ୍ନ", "પૂર્વાહ્ન", "ಪೂರ್ವಾಹ್ನ", "పూర్వాహ్నం", "முற்பகல்",
    "രാവിലെ", "පෙව", "ก่อนเที่ยง", "ກ່ອນທ່ຽງ", "နံနက်", "ព្រឹក", "ጥዋት", "пробд", "прпб", "пробобед", "دن", "pg", "asubuhi",
    "prijepodne",
    "dop", "rano", "dopoledne", "matin", "delamañana", "damanhã",
}  # fmt: skip
_PM = {
    "pm", "p", "em", "nm", "nachm", "du", "ös", "ch", "md", "пп", "пм", "попл", "следобед", "μμ", "م", "مساء", "بظ",
    "بعدازظهر", "午後", "下午", "中午", "晚上", "傍晚", "오후", "अपराह्न", "सायंकाळी", "सांजे", "मन", "ਬਾਦੁ", "অপৰাহ্ন",
    "অপরাহ্ণ",
    "অপরাহ্ন", "ଅପରାହ୍ନ", "અપરાહ્ન", "ಅಪರಾಹ್ನ", "అపరాహ్నం", "பிற்பகல்", "വൈകുന്നേരം", "ഉച്ചയ്ക്ക്", "පව",
    "หลังเที่ยง", "ຫຼັງທ່ຽງ", "ညနေ", "ល្ងាច", "ከሰዓት", "слоб", "ip2", "رات", "شام", "mchana", "popodne", "odp", "popołudniu",
    "odpoledne",
    "soir", "delatarde", "datarde",
}  # fmt: skip


class Style(StrEnum):
    """What sets a header off from the text."""

    BRACKET = "bracket"
    DASH = "dash"
    BARE = "bare"


class Shape(NamedTuple):
    """What headers of one export share; a line that looks like a header of another shape is text that was pasted.

    Attributes:
        style: what sets it off.
        half: whether a word tells the half of the day.
    """

    style: Style
    half: bool


def shape_of(parts: tuple[str | None, ...]) -> Shape | None:
    """The form of a header; None where it is none after all: an hour that no clock shows, a bracket that is not closed.

    Args:
        parts: the groups of `HEADER`.
    """
    opened, *_, before, hour, minute, second, word, closed, dash, plain = parts
    style = Style.BRACKET if closed else Style.DASH if dash else Style.BARE
    if bool(opened) is not (style is Style.BRACKET):
        return None
    # A word between date and time may be "klo", "um", "at"; behind the time it can only tell the half of the day.
    told = bool(word or plain) or bool(half_of(before or ""))
    fits = int(hour or 0) < (13 if told else 24) and int(minute or 0) < 60 and int(second or 0) < 61
    return Shape(style, told) if fits else None


def hour_of(parts: tuple[str | None, ...]) -> int | None:
    """The hour, 0 to 23; None where the half of the day is told in a word that is not known.

    Args:
        parts: the groups of `HEADER`.
    """
    before, hour, _, _, word, _, _, plain = parts[7:]
    behind = word or plain
    half = half_of(behind or before or "")
    if not behind and not half:
        return int(hour or 0)
    return int(hour or 0) % 12 + (12 if half == "p" else 0) if half else None


def half_of(word: str) -> str:
    """`a` before noon, `p` after it, empty for any other word."""
    plain = _SEPARATE.sub("", word).casefold()
    return "a" if plain in _AM else "p" if plain in _PM else ""
