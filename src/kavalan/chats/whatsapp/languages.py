"""The messenger's own lines in other languages than English, from a table with their sources: `data/lines.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from kavalan.chats.model import Act

QUOTE: Final = '["“”„«»]'
NUMBER: Final = r"\+[\d \u00a0()\u2010-\u2015-]{7,30}"
_PLACES: Final = {
    "actor": r"(?P<actor>.{1,300}?)",
    "targets": r"(?P<targets>.{1,8000}?)",
    "value": r"(?P<value>.*)",
    "before": r"(?P<before>.*?)",
    "number": rf"(?P<value>{NUMBER})",
    "rest": r".*",
}
_PLACE: Final = re.compile(r"\{([a-z]+)\}")
_AND: Final = {"de": "und", "es": "y(?: a)?", "fr": "et", "pt": "e"}
"""What stands before the last of several names."""


class Line(NamedTuple):
    """A line of the table.

    Attributes:
        act: what it says was done.
        name: language and act, `de/added`.
        pattern: of the whole line.
        pieces: what stands in it between its places; the first tells that a text may be such a line.
        actor: whom it means without a name.
        targets: the same.
        between: what parts several names.
    """

    act: Act
    name: str
    pattern: re.Pattern[str]
    pieces: tuple[str, ...]
    actor: str
    targets: str
    between: re.Pattern[str]


@cache
def lines() -> tuple[Line, ...]:
    """All of them, what is more particular before what would fit it too."""
    table = tomllib.loads((files("kavalan.chats.whatsapp") / "data" / "lines.toml").read_text("utf-8"))
    return tuple(map(_line, table["line"]))


@cache
def beginnings() -> tuple[str, ...]:
    """What every line has before a place in which anything may stand."""
    return tuple(dict.fromkeys(line.pieces[0] for line in lines()))


def _line(row: dict[str, str]) -> Line:
    parts = _PLACE.split(row["says"])
    texts, places = parts[::2], parts[1::2]
    written = [re.escape(text).replace('"', QUOTE) for text in texts]
    pattern = written[0] + "".join(_PLACES[place] + text for place, text in zip(places, written[1:], strict=True))
    pieces = tuple(piece for text in texts for piece in text.split('"') if piece.strip())
    between = re.compile(rf", (?:{_AND[row['language']]} )?| {_AND[row['language']]} ")
    name = f"{row['language']}/{row['act']}"
    return Line(
        Act(row["act"]),
        name,
        re.compile(rf"{pattern}\.?"),
        pieces,
        row.get("actor", ""),
        row.get("targets", ""),
        between,
    )
