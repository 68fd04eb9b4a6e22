"""What a `CREATE TABLE` statement says of how the rows of its table lie.

The statement is taken apart and never run: it was written by whoever made the database. The grammar is that of
https://www.sqlite.org/lang_createtable.html, the order of columns that of https://www.sqlite.org/fileformat2.html, 2.4.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?(?:\*/|\Z)|[ \t\n\f\r]+
    |(?P<quoted>"(?:[^"]|"")*+"?|`(?:[^`]|``)*+`?|\[[^\]]*+\]?|'(?:[^']|'')*+'?)
    |(?P<word>[A-Za-z0-9_$\x80-\U0010ffff]+)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_TABLE_CONSTRAINTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})
_COLUMN_CONSTRAINTS = _TABLE_CONSTRAINTS | {"NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"}
_COLUMNS = 32767


class Token(NamedTuple):
    """A word, a name or a mark.

    Attributes:
        text: without its quotes.
        word: in capitals, where it stands without quotes and may be a word of the language; else empty.
    """

    text: str
    word: str


class Layout(NamedTuple):
    """How the rows of a table lie.

    Attributes:
        columns: names in the order in which rows keep them; those that are computed anew are not kept.
        rowid: place of the column that is the rowid and that rows do not repeat; None where there is none.
        keyed: the rows lie in the order of their primary key and have no rowid.
    """

    columns: tuple[str, ...]
    rowid: int | None
    keyed: bool


class _Column(NamedTuple):
    name: str
    computed: bool
    integer: bool
    primary: bool


def layout_of(statement: str) -> Layout:
    """Read a statement; where it is none, no columns are known."""
    parts, options = _taken_apart(statement)
    columns = [_column(part) for part in parts if part[0].word not in _TABLE_CONSTRAINTS][:_COLUMNS]
    keys = [column.name for column in columns if column.primary] or _key(parts)
    folded = [key.lower() for key in keys]
    keyed = any(first == "WITHOUT" and second == "ROWID" for first, second in pairwise(options))
    kept = [column for column in columns if not column.computed]
    names = [column.name for column in kept]
    if keyed:
        return Layout(tuple(_key_first(names, folded)), None, keyed=True)
    alias = [at for at, column in enumerate(kept) if column.integer and [column.name.lower()] == folded]
    return Layout(tuple(names), alias[0] if alias else None, keyed=False)


def _taken_apart(statement: str) -> tuple[list[list[Token]], list[str]]:
    """The definitions between the outermost brackets, and the words behind them."""
    parts: list[list[Token]] = [[]]
    options: list[str] = []
    depth, closed = 0, False
    for token in _tokens(statement):
        if closed:
            options.append(token.word)
            continue
        if token.word == "(":
            depth += 1
        if depth == 1 and token.word == ",":
            parts.append([])
        elif depth and not (depth == 1 and token.word in {"(", ")"}):
            parts[-1].append(token)
        if token.word == ")":
            depth -= 1
            closed = depth == 0
    return [part for part in parts if part], options


def _tokens(statement: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(statement):
        quoted = match["quoted"]
        if quoted is not None:
            end = "]" if quoted[0] == "[" else quoted[0]
            text = quoted[1:].removesuffix(end)
            found.append(Token(text if end == "]" else text.replace(end * 2, end), ""))
        elif match["word"] is not None or match["mark"] is not None:
            found.append(Token(match[0], match[0].upper()))
    return found


def _outside(part: list[Token]) -> list[Token]:
    """What stands in no brackets; an opening bracket stays."""
    found, depth = [], 0
    for token in part:
        if depth == 0:
            found.append(token)
        depth += (token.word == "(") - (token.word == ")")
    return found


def _column(part: list[Token]) -> _Column:
    name, *behind = _outside(part)
    words = [token.word for token in behind]
    first = next((at for at, word in enumerate(words) if word in _COLUMN_CONSTRAINTS), len(words))
    kind = [token.text.upper() for token in behind[:first]]
    computed = any(pair == ("AS", "(") for pair in pairwise(words)) and "STORED" not in words
    return _Column(name.text, computed, kind == ["INTEGER"], ("PRIMARY", "KEY") in pairwise(words))


def _key(parts: list[list[Token]]) -> list[str]:
    """The columns that a constraint of the table makes its primary key."""
    for part in parts:
        words = [token.word for token in part]
        if part[0].word in _TABLE_CONSTRAINTS and "PRIMARY" in words:
            at = words.index("PRIMARY")
            if words[at + 1 : at + 3] == ["KEY", "("]:
                return _indexed(part[at + 3 :])
    return []


def _indexed(tokens: list[Token]) -> list[str]:
    """The first of each list of words between commas, up to the closing bracket."""
    names, first = [], True
    for token in tokens:
        if token.word == ")":
            break
        if token.word == ",":
            first = True
        elif first:
            names.append(token.text)
            first = False
    return names


def _key_first(names: list[str], keys: list[str]) -> list[str]:
    """Columns in the order of a table without rowid: those of the key, then the others."""
    spelled = {name.lower(): name for name in names}
    found = [spelled[key] for key in dict.fromkeys(keys) if key in spelled]
    return found + [name for name in names if name.lower() not in keys]
