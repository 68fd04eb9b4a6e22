"""A unit's own list of terms, all of them looked for at once (Aho-Corasick).

Texts and terms are folded, so that one spelling finds all; what is found is shown where it stands in the original. A
term is found as whole words: in Malayalam and Hindi a vowel sign or a virama behind it makes another word of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from kavalan.identifiers.fold import fold, fold_with_way_back, keeps_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST: Final = 1_000_000
"""Terms of one list."""
_AT_ONCE: Final = 500
"""Texts that are searched as one."""
_BETWEEN: Final = "\n"
_SPACES: Final = re.compile(r"\s+")


class TermError(ValueError):
    """A list of terms cannot be used; the text says why, and in which line."""


class Term(NamedTuple):
    """A term of a list.

    Attributes:
        text: as written, without the signs that open its ends.
        label: what its owner calls it by, such as a group of terms; empty for none.
        begins: it is also found at the beginning of a longer word (`net*`).
        ends: it is also found at the end of one (`*net`).
    """

    text: str
    label: str = ""
    begins: bool = False
    ends: bool = False


class TermFound(NamedTuple):
    """A term in a text.

    Attributes:
        start: where it begins, in characters of the text.
        end: where it ends.
        term: which.
    """

    start: int
    end: int
    term: Term


def read_terms(lines: Iterable[str]) -> list[Term]:
    r"""Terms, one a line; behind a tab its label. Empty lines and those that begin with `#` and a space say nothing.

    Raises:
        TermError: a line has no word, or there are more than `MOST`.
    """
    terms: list[Term] = []
    for number, line in enumerate(lines, 1):
        said, _, label = line.removeprefix("\ufeff").rstrip("\r\n").partition("\t")
        said = said.strip()
        if not said or said == "#" or said.startswith("# "):
            continue
        text = said.removeprefix("*").removesuffix("*").strip()
        if not any(map(_of_word, fold(text))):
            message = f"line {number}: no word stands in it"
            raise TermError(message)
        if len(terms) >= MOST:
            message = f"line {number}: a list has {MOST:,} terms at most"
            raise TermError(message)
        terms.append(Term(text, label.strip(), said.endswith("*"), said.startswith("*")))
    return terms


class _Edges(NamedTuple):
    """A term, and at which of its ends no word may go on."""

    term: Term
    before: bool
    behind: bool


class Terms:
    """Looks for all terms of a list in one pass.

    Args:
        terms: the list; a term that stands twice in it is found twice.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        held: dict[str, list[_Edges]] = {}
        for term in terms:
            if folded := _SPACES.sub(" ", fold(term.text)).strip():
                edges = _Edges(term, not term.ends and _of_word(folded[0]), not term.begins and _of_word(folded[-1]))
                held.setdefault(folded, []).append(edges)
        self._terms = list(held.values())
        self._search = AhoCorasick(
            held, store_patterns=False, implementation=Implementation.ContiguousNFA
        ).find_matches_as_indexes

    def __len__(self) -> int:
        """How many different terms there are, folded."""
        return len(self._terms)

    def find(self, text: str) -> list[TermFound]:
        """The terms of a text in its order, those within others too."""
        return next((found for _, found in self.search([text])), [])

    def search(self, texts: Iterable[str]) -> Iterator[tuple[int, list[TermFound]]]:
        """Those of many texts that hold a term, by their numbers from 0, with what is found."""
        source, first = iter(texts), 0
        while held := list(islice(source, _AT_ONCE)):
            for number, found in self._search_in(held):
                yield first + number, found
            first += len(held)

    def _search_in(self, texts: list[str]) -> Iterator[tuple[int, list[TermFound]]]:
        # A line's end is in no term, and in no word: what is found lies in one text.
        folded = [fold(text).replace(_BETWEEN, " ") for text in texts]
        together = f"{_BETWEEN}{_BETWEEN.join(folded)}{_BETWEEN}"
        number, start, end = 0, 1, 1 + len(folded[0])
        kept: list[TermFound] = []
        for which, first, last in self._search(together, overlapping=True):
            for term, before, behind in self._terms[which]:
                if (before and _of_word(together[first - 1])) or (behind and _of_word(together[last])):
                    continue
                if first > end:
                    if kept:
                        yield number, sorted(kept)
                        kept = []
                    while first > end:
                        number += 1
                        start, end = end + 1, end + 1 + len(folded[number])
                place = _original(texts[number], first - start, last - start)
                kept.append(TermFound(*place, term))
        if kept:
            yield number, sorted(kept)


def _original(text: str, start: int, end: int) -> tuple[int, int]:
    return (start, end) if keeps_places(text) else fold_with_way_back(text).original(start, end)


@lru_cache(maxsize=1 << 12)
def _of_word(character: str) -> bool:
    """A letter, a digit, or a mark on one."""
    return unicodedata.category(character)[0] in "LNM"
