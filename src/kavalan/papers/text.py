"""Text of others, as a printed line may show it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_JOINERS = "\u200c\u200d"  # Malayalam and Devanagari are not written rightly without them
_BREAK = "\u200b"
_RUN = 20


def displayable(text: str, shown: Container[int]) -> str:
    r"""One line that shows every character: those that cannot be seen, turn the line about or lack a glyph as `\uNNNN`.

    A place where a line may break is put into words of more than twenty characters, between clusters.

    Args:
        text: anything.
        shown: code points that the fonts can show.
    """
    return _breakable("".join(c if _visible(c, shown) else _escaped(c) for c in text))


def grouped(digest: str) -> str:
    """Hex digits as people compare them: in groups of four."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _visible(character: str, shown: Container[int]) -> bool:
    if character == "\\" or (unicodedata.category(character)[0] in "CZ" and character not in {" ", *_JOINERS}):
        return False
    return character in _JOINERS or ord(character) in shown


def _escaped(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _breakable(text: str) -> str:
    parts: list[str] = []
    run, before = 0, " "
    for character in text:
        if run >= _RUN and character != " " and _begins_cluster(character, before):
            parts.append(_BREAK)
            run = 0
        parts.append(character)
        run = 0 if character == " " else run + 1
        before = character
    return "".join(parts)


def _begins_cluster(character: str, before: str) -> bool:
    # A virama (combining class 9) or a joiner ties the next letter to the one before.
    return (
        not unicodedata.category(character).startswith("M")
        and character not in _JOINERS
        and before not in _JOINERS
        and unicodedata.combining(before) != 9
    )
