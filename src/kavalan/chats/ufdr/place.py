"""In which chat a message of a report was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.keys import conversation_key
from kavalan.chats.ufdr.content import others_of, sender_of, shown
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from kavalan.chats.ufdr.model import Model

_PLATFORMS: Final = {
    "whatsapp business": "whatsapp",
    "facebook messenger": "facebook",
    "native messages": "sms",
    "native": "sms",
}
_ALONE: Final = {"Call": "calls"}
_KINDS: Final = {"oneonone": "direct", "group": "group", "channel": "channel", "broadcast": "broadcast"}
_GROUPS: Final = {"group", "channel"}
_LONGEST: Final = 60


class Place(NamedTuple):
    """A chat.

    Attributes:
        key: of the conversation.
        platform: of which messenger.
        native: its number there; of messages that lie in no chat, with whom they were exchanged.
        kind: as far as the report says it.
        title: as it is named.
        note: what a person should know.
    """

    key: str
    platform: str
    native: str
    kind: str
    title: str
    note: str = ""


def place_of(model: Model, source: str) -> Place:
    """The chat that a model is, or in which it lies where it stands alone.

    Args:
        model: a chat, a message or a call.
        source: SHA-256 of the report.
    """
    platform = platform_of(model)
    if model.type != "Chat":
        return _between(model, platform, source)
    native = model.value("Id") or model.id
    kind = _KINDS.get(model.value("ChatType").lower(), model.value("ChatType").lower())
    if not kind and native.endswith("@g.us"):
        kind = "group"
    # A group is the same for all its members; a chat between two is named by the other one alone.
    key = conversation_key(platform, f"{source}/{native}", native if kind in _GROUPS else "")
    note = "recovered from what had been deleted, by the report's word" if model.deleted else ""
    return Place(key, platform, native, storable(kind[:_LONGEST]), model.value("Name"), note)


def platform_of(model: Model) -> str:
    """Of which messenger, by the report's own word for where it comes from."""
    said = " ".join((model.value("Source") or model.value("SourceApplication")).lower().split())
    return _PLATFORMS.get(said) or storable(said.replace(" ", "-")[:_LONGEST]) or _ALONE.get(model.type, "sms")


def _between(message: Model, platform: str, source: str) -> Place:
    sender = sender_of(message)
    people = [*([sender] if sender is not None else []), *others_of(message)]
    others = sorted({shown(one) for one in people if not one.says("IsPhoneOwner") and shown(one)})
    native = message.value("ChatId") or ", ".join(others[:4])
    key = conversation_key(platform, f"{source}/{native}", "")
    return Place(key, platform, native, "group" if len(others) > 1 else "direct", ", ".join(others[:4]))
