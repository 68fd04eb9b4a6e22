"""Why a document was found: the line of it that says most of what was asked, cut to where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kavalan.casework.search.rules import Said
from kavalan.casework.search.words import exact_word, whole_word
from kavalan.identifiers import find, fold_with_way_back, words

if TYPE_CHECKING:
    from kavalan.casework.search.models import SearchDocument
    from kavalan.casework.search.words import Question

_BEFORE: Final = 40
_LONGEST: Final = 140
_EXACT_COUNTS: Final = 100
_PART = re.compile(r"[;,]\s")


@dataclass(frozen=True, slots=True)
class Reason:
    """What was found, in words: `said` is what the text is."""

    said: str
    text: str


def reason(document: SearchDocument, asked: Question) -> Reason | None:
    """The line by which a document was found; None where its title says it, or nothing that is kept of it does."""
    lines = [(said, text) for said, text in document.lines if said in Said.values]
    scores = [_score(text, asked) for _, text in lines]
    best = max(range(len(lines)), key=scores.__getitem__, default=None)
    if best is None or not scores[best]:
        return None
    said, text = lines[best]
    return Reason(str(Said(said).label), _cut(text, asked))


def _score(text: str, asked: Question) -> int:
    there = words(text)
    plain = sum(any(one.fits(word) for word in there) for one in asked.plain)
    return plain + (_EXACT_COUNTS if asked.exact & _exact_in(text) else 0)


def _exact_in(text: str) -> set[str]:
    parts = _PART.split(text)
    wholes = {whole_word(one) for part in parts for one in (part, part.rpartition(" ")[2])}
    return wholes | {exact_word(one.kind, one.value) for one in find(text)}


def _cut(text: str, asked: Question) -> str:
    """Around the first word that was asked for, in whole signs."""
    if len(text) <= _LONGEST:
        return text
    folded = fold_with_way_back(text)
    places = [found.start() for one in asked.plain if (found := re.search(re.escape(one.text), folded.text))]
    first = folded.original(min(places), min(places) + 1)[0] if places else _place_of_exact(text, asked)
    start = max(0, first - _BEFORE)
    # Not in the middle of a word, where one begins nearby.
    start = text.find(" ", start, first) + 1 or start if start else 0
    end = min(len(text), start + _LONGEST)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _place_of_exact(text: str, asked: Question) -> int:
    there = (one.start for one in find(text) if exact_word(one.kind, one.value) in asked.exact)
    return next(there, 0)
