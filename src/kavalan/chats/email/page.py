"""The words of a page, and where its links lead.

Read by hand: the standard library's parser takes quadratic time over tags that do not end, and pages come from anybody.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final, NamedTuple

_LONGEST: Final = 1 << 20
_MOST_LINKS: Final = 2000
_TAG: Final = re.compile(
    r"""<(?:!--(?P<comment>)|(?P<closing>/?)(?P<name>[a-z][a-z0-9]{0,20})"""
    r"""(?P<more>(?:[^"'<>]|"[^"]{0,1000}"|'[^']{0,1000}')*+)>|[!?/][^<>]{0,1000}>)""",
    re.IGNORECASE,
)
_HREF: Final = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HIDDEN: Final = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "title")}
_COMMENT_ENDS: Final = re.compile("-->")
_LINES: Final = {"br", "p", "div", "tr", "li", "blockquote", "h1", "h2", "h3", "table"}


class Page(NamedTuple):
    """A page as it is read.

    Attributes:
        text: what is shown, without pictures.
        links: where its links lead.
        cut: it is longer than what is read of it.
    """

    text: str
    links: tuple[str, ...]
    cut: bool


def page_of(html: str) -> Page:
    """What a page says, whatever is broken in it."""
    page = html[:_LONGEST]
    said: list[str] = []
    links: list[str] = []
    at = 0
    while (found := _TAG.search(page, at)) is not None:
        said.append(unescape(page[at : found.start()]))
        at = found.end()
        name = (found["name"] or "").lower()
        if name in _LINES:
            said.append("\n")
        elif name == "a" and (href := _HREF.search(found["more"])) and len(links) < _MOST_LINKS:
            links.append(unescape(next(filter(None, href.groups()), "")).strip())
        ends = _COMMENT_ENDS if found["comment"] is not None else None if found["closing"] else _HIDDEN.get(name)
        if ends is not None:
            # What is not shown goes on to its end, or to that of the page.
            closed = ends.search(page, at)
            at = len(page) if closed is None else closed.start() if name else closed.end()
    said.append(unescape(page[at:]))
    lines = (" ".join(line.split()) for line in "".join(said).splitlines())
    return Page("\n".join(filter(None, lines)), tuple(filter(None, links)), len(html) > _LONGEST)
