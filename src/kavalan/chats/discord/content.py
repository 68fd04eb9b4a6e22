"""What a message of Discord holds: its words, its files, and those of a message that it sends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kavalan.chats.further import Carried
from kavalan.chats.loose import inside, row, rows, short, word
from kavalan.chats.model import Kind
from kavalan.chats.telegram.texts import words_in

if TYPE_CHECKING:
    from kavalan.chats.discord.record import Record

_ELSEWHERE: Final = ("http://", "https://")


class Content(NamedTuple):
    """What a message holds.

    Attributes:
        kind: `text`, `media` or `poll`.
        text: what was written; where nothing was, what a preview or a robot's card says.
        files: what is attached.
        previews: cards beside a text, which are not copied.
    """

    kind: Kind
    text: str
    files: list[Carried]
    previews: int


def content_of(record: Record) -> Content:
    """Of a message and of what it sends on."""
    own = {"attachments": record.attachments, "stickers": record.stickers}
    sent_on = row(record.forwarded_message)
    files = [file for one in (own, sent_on) for file in _files(one)]
    written = "\n".join(filter(None, (word(record.content), word(sent_on.get("content")))))
    cards = rows(record.embeds) + rows(sent_on.get("embeds"))
    if written:
        text, previews = written, len(cards)
    else:
        text, previews = "\n".join(filter(None, map(_card, cards))), 0
    if record.poll is not None:
        return Content(Kind.POLL, "\n".join(filter(None, (text, words_in(record.poll)))), files, previews)
    return Content(Kind.MEDIA if files else Kind.TEXT, text, files, previews)


def _files(holder: dict[str, Any]) -> list[Carried]:
    attached = [_attachment(one) for one in rows(holder.get("attachments"))]
    return attached + [Carried("", f"sticker: {short(one.get('name'))}") for one in rows(holder.get("stickers"))]


def _attachment(told: dict[str, Any]) -> Carried:
    """A file that was exported too lies beside the export; of another there is only the address, which is not asked."""
    url, name = short(told.get("url")), short(told.get("fileName"))
    if url and not url.lower().startswith(_ELSEWHERE):
        return Carried(inside(url))
    return Carried(inside(name), "not downloaded")


def _card(embed: dict[str, Any]) -> str:
    """Title, text and address of a preview, a line each."""
    said = [row(embed.get("author")).get("name"), *(embed.get(name) for name in ("title", "description", "url"))]
    for field in rows(embed.get("fields")):
        said += [field.get("name"), field.get("value")]
    said.append(row(embed.get("footer")).get("text"))
    return "\n".join(filter(None, map(word, said)))
