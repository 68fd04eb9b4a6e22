"""What a message's page shows besides its text: files, places, calls, polls, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.loose import inside
from kavalan.chats.model import Kind

if TYPE_CHECKING:
    from kavalan.chats.telegram.html.tree import Node

_KINDS: Final = {
    "media_call": Kind.CALL, "media_contact": Kind.CONTACT, "media_location": Kind.LOCATION,
    "media_live_location": Kind.LOCATION, "media_venue": Kind.LOCATION, "media_game": Kind.TEXT,
    "media_invoice": Kind.PAYMENT,
}  # fmt: skip
_WITHHELD: Final = ("Self-destructing photo", "Self-destructing video")
_LINKS: Final = ("photo_wrap", "sticker_wrap", "animated_wrap", "video_file_wrap")


class Content(NamedTuple):
    """What a message carries.

    Attributes:
        kind: what it is.
        file: as it lies in the export's folder; empty for none.
        note: why the file is not there, by the export's own word.
        words: what is read of it, a line each.
    """

    kind: Kind
    file: str = ""
    note: str = ""
    words: str = ""


def content_of(body: Node) -> Content:
    """What a message's body carries; text alone where it carries nothing."""
    wrap = body.first("media_wrap")
    if wrap is None:
        return Content(Kind.TEXT)
    if (poll := wrap.first("media_poll")) is not None:
        return Content(Kind.POLL, words=_words(poll))
    for one in wrap.nodes():
        if one.tag == "a" and any(one.has(name) for name in _LINKS):
            return Content(Kind.MEDIA, inside(one.attributes.get("href", "")))
    media = wrap.first("media")
    return Content(Kind.MEDIA, words=_words(wrap)) if media is None else _generic(media)


def _generic(media: Node) -> Content:
    title, description, status = (_text(media, name) for name in ("title", "description", "status"))
    kind = next((kind for name, kind in _KINDS.items() if media.has(name)), Kind.MEDIA)
    if kind is not Kind.MEDIA:
        return Content(kind, words="\n".join(filter(None, (title, description, status))))
    if title in _WITHHELD:
        return Content(Kind.WITHHELD, note=f"{title}: {status}")
    href = media.attributes.get("href", "")
    # A file that did not come has its name, if any, in the title, and why in the description.
    name = title if media.has("media_file") and not href and title != "File" else ""
    return Content(Kind.MEDIA, inside(href or name) if href or name else "", "" if href else description or status)


def _text(media: Node, name: str) -> str:
    found = media.first(name)
    return found.text().strip() if found is not None else ""


def _words(node: Node) -> str:
    """What is read in each tag that holds text, a line each."""
    inner = [one for one in node.nodes() if one.tag == "div"]
    return "\n".join(filter(None, (one.text().strip() for one in inner or [node])))
