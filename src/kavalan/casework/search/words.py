"""Words of documents and of questions: made here, the same way for both databases.

Three sorts of words stand in a document beside those of its texts, each behind a sign of Unicode's private use area,
which no text can bring: its kind, what identifies (a telephone, an account, an address) as a digest of kind and value,
and whole numbers and names without what people put between their parts, `CEU/12/2026` as `ceu122026`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kavalan.casework.search.rules import MOST_WORDS
from kavalan.identifiers import find, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kavalan.casework.search.rules import Kind

_KIND, _EXACT, _WHOLE = "\ue000", "\ue001", "\ue002"
_LONGEST: Final = 60
_SHORTEST_BEGINNING: Final = 3
"""Signs of a word that may be the beginning of what is sought: a shorter one begins everything."""
MOST_TERMS: Final = 12
"""Words of a question; more say nothing more."""


@dataclass(frozen=True, slots=True)
class Word:
    """A document has this word, or with `begins` one that begins so."""

    text: str
    begins: bool = False

    def fits(self, word: str) -> bool:
        """Whether a word of a document is it."""
        return word.startswith(self.text) if self.begins else word == self.text


@dataclass(frozen=True, slots=True)
class All:
    """All of these hold."""

    parts: Sequence[Wanted]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds."""

    parts: Sequence[Wanted]


Wanted = Word | All | Either


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked.

    Attributes:
        wanted: what a document must have.
        plain: the folded words that explain a line, exact ones aside.
        exact: what identifies, in the form in which documents have it.
    """

    wanted: Wanted
    plain: frozenset[Word]
    exact: frozenset[str]


def question(text: str, *, typing: bool = False) -> Question | None:
    """What a text asks for; None where it has no word.

    All its words must be there; what identifies may also be written in another way. A word that ends in an asterisk is
    a beginning; so is the last one of somebody who is still typing.
    """
    asked = _parts(text)[:MOST_TERMS]
    if not asked:
        return None
    terms, plain, exact = list[Wanted](), set[Word](), set[str]()
    for place, (part, sure) in enumerate(asked):
        begins = part.endswith("*") or (typing and place == len(asked) - 1 and text[-1:] == part[-1:])
        said = _sought(part, begins=begins)
        plain.update(said)
        exact.update(sure)
        term: Wanted = All(said)
        terms.append(Either([term, *map(Word, sorted(sure))]) if sure else term)
    whole = whole_word(text)
    exact.add(whole)
    begun = Word(whole, typing and len(whole) > _SHORTEST_BEGINNING)
    return Question(Either([All(terms), begun]), frozenset(plain), frozenset(exact))


def document_words(
    kind: Kind, lines: Iterable[str], wholes: Iterable[str] = (), named: Iterable[tuple[str, str]] = ()
) -> str:
    """The words of a document, each once, with a space before and behind each.

    Args:
        kind: of what it is about.
        lines: texts.
        wholes: numbers and names that are sought as a whole.
        named: kinds and values of what identifies, as `intake.Indicator` has them.
    """
    found: dict[str, None] = {kind_word(kind): None}
    for whole in wholes:
        found[whole_word(whole)] = None
    for pair in named:
        found.update(dict.fromkeys(_exact_of(*pair)))
    for line in lines:
        if len(found) >= MOST_WORDS:
            break
        found.update(dict.fromkeys(word[:_LONGEST] for word in words(line)))
    return f" {' '.join(list(found)[:MOST_WORDS])} "


def kind_word(kind: Kind) -> str:
    """The word that all documents of a kind have."""
    return _KIND + kind.value


def whole_word(text: str) -> str:
    """The word that stands for a number or a name without what people put between its parts."""
    return (_WHOLE + "".join(words(text)))[:_LONGEST]


def exact_word(kind: str, value: str) -> str:
    """The word that stands for what identifies."""
    return _EXACT + hashlib.blake2b(f"{kind} {value}".encode(), digest_size=10).hexdigest()


def _exact_of(kind: str, value: str) -> list[str]:
    """As it is kept; and of an account that is kept with its service, the account by itself, and as it is typed."""
    alone = value.rpartition(" ")[2]
    found = [exact_word(kind, value)]
    if alone != value:
        found += [exact_word(kind, alone), whole_word(alone)]
    return found


def _parts(text: str) -> list[tuple[str, frozenset[str]]]:
    """The text's parts between spaces, what identifies as one part with the words that stand for it."""
    parts, last = list[tuple[str, frozenset[str]]](), 0
    for one in find(text):
        parts += [(word, frozenset()) for word in text[last : one.start].split()]
        sure = {exact_word(one.kind, one.value)} | {exact_word(one.kind, f"{one.detail} {one.value}".strip())}
        parts.append((text[one.start : one.end], frozenset(sure)))
        last = one.end
    parts += [(word, frozenset()) for word in text[last:].split()]
    return [part for part in parts if words(part[0])]


def _sought(part: str, *, begins: bool) -> list[Word]:
    found = [word[:_LONGEST] for word in words(part)]
    begun = begins and len(found[-1]) >= _SHORTEST_BEGINNING
    return [*map(Word, found[:-1]), Word(found[-1], begun)]
