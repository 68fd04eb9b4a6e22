"""What a message is, by its text: attachments, what was left out, calls, places, polls, deletions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection

_LRM: Final = "\u200e"
_LOOKED_AT: Final = 1000
"""Characters: what a messenger writes in place of content is short."""
_SHORT: Final = 24
_HELD: Final = 1 << 14
_LONGEST_EMPTY: Final = 6
"""Characters: so short is `null`, or nothing."""
_STARTS: Final = (
    "This message was deleted", "You deleted this", "Missed ", "Silenced ", "Group v", "Group V", "Voice call",
    "Video call", "Location: ", "location: ", "Live location", "live location", "Waiting for", "image omitted",
    "video omitted",
    "audio omitted", "sticker omitted", "GIF omitted", "document omitted", "Contact card omitted", "video note omitted",
)  # fmt: skip
# Texts of other languages that stand for content, whole, without the full stop: as WhatsR (German), whatsflags and
# chatcarve (Spanish, French, Portuguese) list them.
_ELSEWHERE: Final = {
    "Diese Nachricht wurde gelöscht": Kind.DELETED, "Du hast diese Nachricht gelöscht": Kind.DELETED,
    "Se eliminó este mensaje": Kind.DELETED, "Eliminaste este mensaje": Kind.DELETED,
    "Ce message a été supprimé": Kind.DELETED, "Vous avez supprimé ce message": Kind.DELETED,
    "Mensagem apagada": Kind.DELETED, "Você apagou esta mensagem": Kind.DELETED,
    "Verpasster Sprachanruf": Kind.CALL, "Verpasster Videoanruf": Kind.CALL, "Llamada perdida": Kind.CALL,
    "Videollamada perdida": Kind.CALL, "Live-Standort wird geteilt": Kind.LOCATION,
}  # fmt: skip
_BEGINNINGS: Final = {start[:4] for start in (*_STARTS, *_ELSEWHERE)}
_EDITED: Final = re.compile(r"\s?\u200e?<This message was edited>\r?$")
_DELETED: Final = re.compile(r"\u200e?(?:This message was deleted(?: by admin .{1,300})?|You deleted this message)\.?")
# The words in angle brackets that stand for a file which was left out; of other languages than English as public
# parsers and their fixtures have them.
_OMITTED: Final = {
    "Media omitted", "മീഡിയ ഒഴിവാക്കി", "मीडिया के बिना", "கோப்புகள் விடப்பட்டன", "Multimedia omitido", "Mídia oculta",
    "Medien ausgeschlossen", "Médias omis", "Media omessi", "Media weggelaten", "Без медиафайлов",
    "Media tidak disertakan",
    "Medya dahil edilmedi", "تم استبعاد الوسائط", "pominięto multimedia", "Media jätettiin pois", "Archivo omitido",
    "Arquivo de mídia oculto",
    "省略多媒體檔案", "忽略多媒体文件", "미디어 파일을 제외했습니다", "メディアは含まれていません",
}  # fmt: skip
_LEFT_OUT: Final = re.compile(
    r"(?:(?P<file>[^\n]{1,255}?)(?: • \u200e?\d{1,6} pages?)? )?\u200e?"
    r"(?:image|video|audio|sticker|GIF|document|Contact card|video note) omitted"
)
_BRACKETED: Final = re.compile(
    r"[^\n]{0,300}?\u200e?<(?:attached|[^\W\d_][^<>:\n]{1,24}): (?P<file>[^<>\n/\\]{1,255}\.\w{1,10})>"
)
_BEHIND: Final = re.compile(r"\u200e?(?P<file>[^<>\n/\\]{1,255}\.\w{1,10}) <\u200e?attached>")
_SUFFIXED: Final = re.compile(r"\u200e?<(?P<file>[^<>\n/\\]{1,255}\.\w{1,10}) [^<>\n]{2,24}>")
_IN_PARENTHESES: Final = re.compile(r"\u200e?(?P<file>[^\n/\\]{1,255}\.\w{1,10}) \((?P<label>[^()\n]{3,40})\)")
_OWN_NAME: Final = re.compile(r"(?:IMG|VID|PTT|AUD|DOC|STK)-\d{8}-WA\d{4}\.\w{1,5}")
_CALL: Final = re.compile(
    r"\u200e?(?:(?:Missed|Silenced) (?:group )?(?:voice|video) call.{0,80}"
    r"|(?:Group )?(?:[Vv]oice|[Vv]ideo) call, ?\u200e?.{1,80}|(?:Voice|Video) call)"
)
_LOCATION: Final = re.compile(
    r"\u200e?(?:[^\W\d_]{3,20}: https://maps\.google\.com/\?q=|(?:[^\n]{1,200}: )?https://(?:www\.)?foursquare\.com/v/)"
    r"\S{1,200}|\u200e?[Ll]ive location shared"
)
_POLL: Final = re.compile(r"\u200e[^\W\d_a-z]{3,20}:\r?\n[^\n]{1,1000}\r?\n\u200e?[^\W\d_a-z]{3,20}: ")
_WAITING: Final = re.compile(r"\u200e?Waiting for this message\. This may take a while\..{0,40}")


class Content(NamedTuple):
    """What a text is.

    Attributes:
        kind: of the message.
        media_name: the file attached, as named.
        media_note: why it is not there.
        edited: the text says that it was changed.
    """

    kind: Kind = Kind.TEXT
    media_name: str = ""
    media_note: str = ""
    edited: bool = False


_PLAIN: Final = Content()


class Contents:
    """What texts are; short ones, of which chats are full, are looked at once.

    Args:
        omitted: words that stand between angle brackets for a file left out, in a language that is not known.
    """

    def __init__(self, omitted: Collection[str]) -> None:
        self._omitted = {f"<{words}>": words for words in omitted}
        self._held: dict[str, Content] = {}

    def of(self, text: str) -> Content:
        """What a message's text is."""
        if self._omitted and (words := self._omitted.get(text)) is not None and words not in _OMITTED:
            return Content(Kind.MEDIA, media_note=words)
        if len(text) > _SHORT:
            return content_of(text) if len(text) > _LOOKED_AT or _hinted(text) else _PLAIN
        found = self._held.get(text)
        if found is None:
            if len(self._held) >= _HELD:
                self._held.clear()
            found = self._held[text] = content_of(text)
        return found


def content_of(text: str) -> Content:
    """What a message's text is: by its beginning and its last line, whatever its length."""
    head = text if len(text) <= _LOOKED_AT else text[:_LOOKED_AT]
    if len(head) > _LONGEST_EMPTY and not _hinted(head):
        return _PLAIN if head is text else _PLAIN._replace(edited=_EDITED.search(text[-40:]) is not None)
    edited = _EDITED.search(text[-40:]) is not None
    first, _, more = head.partition("\n")
    found = _of(first.rstrip("\r"), head, whole=not more)
    return found._replace(edited=True) if edited else found


def _hinted(head: str) -> bool:
    """Whether there is a sign of anything but plain text; nearly all messages have none, so this is what they cost."""
    if "<" in head or ")" in head or head[:4] in _BEGINNINGS:
        return True
    if "://" in head and ("foursquare.com" in head or "maps.google.com" in head):
        return True
    return not head.isascii() and _LRM in head


def _of(first: str, head: str, *, whole: bool) -> Content:
    """By the first line, which may be all of it."""
    bare = _EDITED.sub("", first)
    if attached := _attached(first):
        kind = Kind.CONTACT if attached.lower().endswith(".vcf") else Kind.MEDIA
        return Content(kind, attached)
    if whole and (found := _alone(bare)) is not None:
        return found
    if _POLL.match(head):
        return Content(Kind.POLL)
    return Content(Kind.LOCATION) if _LOCATION.fullmatch(bare) else _PLAIN


def _alone(line: str) -> Content | None:
    """What stands for content only where nothing else stands with it."""
    plain = line.strip(f" {_LRM}")
    if plain.startswith("<") and plain[1:-1] in _OMITTED:
        return Content(Kind.MEDIA, media_note="omitted")
    if found := _LEFT_OUT.fullmatch(line):
        kind = Kind.CONTACT if "Contact card" in line else Kind.MEDIA
        return Content(kind, (found["file"] or "").strip(_LRM), "omitted")
    if plain in {"", "null"} or _WAITING.fullmatch(line):
        return Content(Kind.WITHHELD)
    if _DELETED.fullmatch(line):
        return Content(Kind.DELETED)
    if (elsewhere := _ELSEWHERE.get(plain.removesuffix("."))) is not None:
        return Content(elsewhere)
    return Content(Kind.CALL) if _CALL.fullmatch(line) else None


def _attached(line: str) -> str:
    """The name of the file that a line says is attached; empty where it says none.

    In the form with parentheses the word in them is of any language, so the name must be one that WhatsApp gives, or
    the word one that is known.
    """
    if line.endswith(">") and (found := _BRACKETED.fullmatch(line) or _BEHIND.fullmatch(line)):
        return found["file"]
    if line.endswith(">") and (found := _SUFFIXED.fullmatch(line)) and _OWN_NAME.fullmatch(found["file"]):
        return found["file"]
    if line.endswith(")") and (found := _IN_PARENTHESES.fullmatch(line)):
        known = found["label"] in {"file attached", "Datei angehängt"} or _OWN_NAME.fullmatch(found["file"])
        return found["file"].strip(_LRM) if known else ""
    return ""
