"""A message's page as a small tree: what a person would see, with its classes and links.

Telegram Desktop writes every tag's content on lines of its own, and never a line end of a text: those are `<br>`. What
is not a tag is text, so nothing that a person wrote can look like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5
from typing import TYPE_CHECKING, Final

from kavalan.chats.telegram.texts import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

# Telegram writes no `<` within a tag: none is looked through twice.
_TAG: Final = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]{0,15})((?:[^<>"]|"[^<"]*")*+)>')
_ATTRIBUTE: Final = re.compile(r'([A-Za-z-]{1,30})\s{0,9}=\s{0,9}"([^"]*)"')
_REFERENCE: Final = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,30}));")
_EDGE: Final = re.compile(r"\A\n|\n *\Z")
_EMPTY: Final = {"br", "img", "meta", "link", "hr", "input"}
_DEEPEST: Final = 60
MOST: Final = 20_000
"""Tags of one message; those behind are left out, their text is not."""
_LAST: Final = 0x10FFFF


@dataclass(slots=True)
class Node:
    """A tag.

    Attributes:
        tag: its name.
        attributes: by their names, as meant.
        inside: tags and texts, in order.
    """

    tag: str
    attributes: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def has(self, *classes: str) -> bool:
        """Whether it is of all these classes."""
        return {*classes} <= {*self.attributes.get("class", "").split()}

    def nodes(self) -> Iterator[Node]:
        """The tags inside, not those inside of them."""
        return (one for one in self.inside if isinstance(one, Node))

    def own(self, *classes: str) -> Node | None:
        """The tag of these classes directly inside."""
        return next((one for one in self.nodes() if one.has(*classes)), None)

    def first(self, *classes: str) -> Node | None:
        """The first tag of these classes, however deep."""
        return next((one for one in self.all() if one.has(*classes)), None)

    def all(self) -> Iterator[Node]:
        """Every tag inside, in order."""
        for one in self.nodes():
            yield one
            yield from one.all()

    def text(self) -> str:
        """What is read."""
        return read(self)[0]


def parse(data: str) -> Node:
    """The tags of a piece of a page, in one without a name. What is not closed ends where the piece does."""
    root = Node("", {})
    stack, at = [root], 0
    for number, found in enumerate(_TAG.finditer(data)):
        _say(stack[-1], data[at : found.start()])
        at = found.end()
        closes, tag, rest = found.groups()
        if closes:
            _close(stack, tag)
            continue
        if number > MOST:
            continue
        made = Node(tag, {name: meant(value) for name, value in _ATTRIBUTE.findall(rest)})
        stack[-1].inside.append(made)
        if tag not in _EMPTY and not rest.endswith("/") and len(stack) < _DEEPEST:
            stack.append(made)
    _say(stack[-1], data[at:])
    return root


def read(node: Node) -> tuple[str, list[Link]]:
    """The text of a tag, and the links in it whose address is not what is read."""
    parts: list[str] = []
    links: list[Link] = []
    _read(node, parts, links, 0)
    return "".join(parts), links


def meant(text: str) -> str:
    """A text with what its references stand for; one that stands for nothing stays."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _read(node: Node, parts: list[str], links: list[Link], length: int) -> int:
    for one in node.inside:
        start = length
        if isinstance(one, str):
            parts.append(one)
            length += len(one)
        elif one.tag == "br":
            parts.append("\n")
            length += 1
        else:
            length = _read(one, parts, links, length)
            href = one.attributes.get("href", "")
            if one.tag == "a" and href and not _same(href, "".join(parts)[start:length]):
                links.append(Link(start, length, href))
    return length


def _same(href: str, text: str) -> bool:
    """Whether a link leads where it reads."""
    return text in {href, href.removeprefix("mailto:"), href.removeprefix("tel:")} or (
        text.startswith("@") and href.removeprefix("https://t.me/") == text[1:]
    )


def _say(node: Node, text: str) -> None:
    if text := _EDGE.sub("", text):
        node.inside.append(meant(text))


def _close(stack: list[Node], tag: str) -> None:
    """End the innermost tag of that name; one that was not opened ends nothing."""
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].tag == tag:
            del stack[place:]
            return


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return html5.get(f"{name};", found[0])
    code = int(hexadecimal, 16) if hexadecimal is not None else int(decimal)
    return chr(code) if code <= _LAST else found[0]
