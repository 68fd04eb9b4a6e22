"""What a message says, of its several forms: a string, pieces with entities, blocks, a poll, a contact."""

from __future__ import annotations

from typing import Any, NamedTuple

_DEEPEST = 30


class Link(NamedTuple):
    """A piece of a text that leads elsewhere than it reads.

    Attributes:
        start: in the text.
        end: in the text.
        href: where it leads.
    """

    start: int
    end: int
    href: str


def text_of(value: Any) -> tuple[str, list[Link]]:  # noqa: ANN401 whatever a file holds
    """The text, and the links whose address is not the text itself."""
    if isinstance(value, str):
        return value, []
    if not isinstance(value, list):
        return "", []
    parts: list[str] = []
    links: list[Link] = []
    length = 0
    for piece in value:
        said = piece if isinstance(piece, str) else _said(piece)
        if isinstance(piece, dict) and isinstance(piece.get("href"), str):
            links.append(Link(length, length + len(said), piece["href"]))
        parts.append(said)
        length += len(said)
    return "".join(parts), links


def words_in(value: Any, depth: int = 0) -> str:  # noqa: ANN401 whatever a file holds
    """All texts of a nested value, a line each: of a rich message, a poll, a contact."""
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(filter(None, (words_in(one, depth + 1) for one in inside)))


def _said(piece: Any) -> str:  # noqa: ANN401 whatever a file holds
    said = piece.get("text") if isinstance(piece, dict) else None
    return said if isinstance(said, str) else ""
