"""Objects of TDLib's own interface, as its clients write them. Source: tdlib/td td/generate/scheme/td_api.tl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kavalan.chats.loose import row, rows, word
from kavalan.chats.model import Act, Kind
from kavalan.chats.telegram.dumps.values import links_in, native, number, seconds_of
from kavalan.chats.telegram.texts import words_in
from kavalan.chats.telegram.told import Group, Member, Note, Person, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

_MESSAGES: Final = frozenset({"message"})
_PEOPLE: Final = frozenset({"user"})
_GROUPS: Final = frozenset({"chat", "supergroup", "basicGroup"})
_FULL: Final = frozenset({"supergroupFullInfo"})
_LISTS: Final = frozenset({"chatMembers", "basicGroupFullInfo"})
_ROWS: Final = frozenset({"chatMember"})

_CHANNELS: Final = -1_000_000_000_000
"""Below this a chat's number is that of a channel."""
_SERVER: Final = 20
"""Bits by which a message's number in its chat is shifted."""
_ACTS: Final = {
    "BasicGroupChatCreate": Act.CREATED, "SupergroupChatCreate": Act.CREATED, "ChatAddMembers": Act.ADDED,
    "ChatDeleteMember": Act.REMOVED, "ChatJoinByLink": Act.JOINED, "ChatJoinByRequest": Act.JOINED,
    "ChatChangeTitle": Act.RENAMED, "ChatChangePhoto": Act.PICTURED, "ChatDeletePhoto": Act.PICTURED,
    "ChatUpgradeTo": Act.MIGRATED, "ChatUpgradeFrom": Act.MIGRATED, "PinMessage": Act.PINNED,
    "ChatSetMessageAutoDeleteTime": Act.TIMER, "ChatSetTtl": Act.TIMER, "VideoChatStarted": Act.CALLED,
    "VideoChatEnded": Act.CALLED, "VideoChatScheduled": Act.CALLED, "InviteVideoChatParticipants": Act.CALLED,
    "ScreenshotTaken": Act.NOTICE, "ContactRegistered": Act.NOTICE, "ForumTopicCreated": Act.NOTICE,
    "ForumTopicEdited": Act.NOTICE, "GameScore": Act.NOTICE, "ChatSetTheme": Act.NOTICE, "ChatBoost": Act.NOTICE,
    "PaymentSuccessful": Act.PAID, "CustomServiceAction": Act.NOTICE, "ProximityAlertTriggered": Act.NOTICE,
    "ChatOwnerChanged": Act.CREATOR_CHANGED, "ChatHasProtectedContentToggled": Act.SETTING,
}  # fmt: skip
_KINDS: Final = {
    "Text": Kind.TEXT, "Photo": Kind.MEDIA, "Video": Kind.MEDIA, "Document": Kind.MEDIA, "Audio": Kind.MEDIA,
    "VoiceNote": Kind.MEDIA, "VideoNote": Kind.MEDIA, "Animation": Kind.MEDIA, "Sticker": Kind.MEDIA,
    "AnimatedEmoji": Kind.TEXT, "Dice": Kind.TEXT, "PaidMedia": Kind.MEDIA, "Story": Kind.MEDIA,
    "Contact": Kind.CONTACT, "Location": Kind.LOCATION, "Venue": Kind.LOCATION, "Poll": Kind.POLL, "Call": Kind.CALL,
    "Invoice": Kind.PAYMENT, "Game": Kind.TEXT, "ExpiredPhoto": Kind.WITHHELD, "ExpiredVideo": Kind.WITHHELD,
    "ExpiredVoiceNote": Kind.WITHHELD, "ExpiredVideoNote": Kind.WITHHELD, "Unsupported": Kind.WITHHELD,
}  # fmt: skip
_FILES: Final = ("document", "video", "audio", "animation")
_COUNTS: Final = {
    "member_count": "members", "administrator_count": "admins", "restricted_count": "restricted",
    "banned_count": "banned",
}  # fmt: skip


def chat_of(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """`user5`, `chat5` or `channel5` of a chat's number, by its range."""
    found = number(value)
    if found >= 0:
        return native("user", found)
    return native("channel", _CHANNELS - found) if found < _CHANNELS else native("chat", -found)


def sender_of(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """Who wrote, or is a member."""
    told = row(value)
    return native("user", told.get("user_id")) or chat_of(told.get("chat_id"))


def _person(told: dict[str, Any]) -> Person:
    """Somebody."""
    name = " ".join(filter(None, (word(told.get("first_name")), word(told.get("last_name")))))
    active = row(told.get("usernames")).get("active_usernames")
    handle = word(told.get("username")) or word(active[0] if isinstance(active, list) and active else "")
    phone = word(told.get("phone_number")).lstrip("+")
    return Person(native("user", told.get("id")), name, handle, f"+{phone}" if phone else "")


def _group(type_: str, told: dict[str, Any]) -> Group:
    """A chat; what is told of it in full does not say of which."""
    if type_ == "chat":
        kind = row(told.get("type"))
        private = word(kind.get("@type")) in {"chatTypePrivate", "chatTypeSecret"}
        name = "personal_chat" if private else "channel" if kind.get("is_channel") else "group"
        return Group(chat_of(told.get("id")), word(told.get("title")), name)
    space = {"supergroup": "channel", "basicGroup": "chat"}.get(type_, "")
    made = Group(native(space, told.get("id")) if space else "", "", "channel" if told.get("is_channel") else "group")
    for key, what in _COUNTS.items():
        if number(told.get(key)):
            made.sizes.append((what, number(told[key]), f"{type_}.{key}"))
    return made


def _members(type_: str, told: dict[str, Any]) -> Iterator[Member]:
    """The rows of a list of members; of one row, itself."""
    if type_ in _LISTS:
        for one in rows(told.get("members")):
            yield from _members("chatMember", one)
        return
    who, status = sender_of(told.get("member_id")), row(told.get("status"))
    kind = word(status.get("@type")).removeprefix("chatMemberStatus")
    joined, by = seconds_of(told.get("joined_chat_date")), native("user", told.get("inviter_user_id"))
    title = word(status.get("custom_title"))
    source = f"chatMemberStatus{kind}{f', title {title!r}' if title else ''}"
    if not who:
        return
    if kind == "Creator":
        yield Member(who, "creator", source, joined, None, by)
    elif kind == "Administrator":
        held = [name for name, given in row(status.get("rights")).items() if given is True]
        # TDLib names one person for both: of an administrator, who made them one.
        yield Member(who, "admin", f"{source}, rights {' '.join(held)}" if held else source, joined, None, "", by)
    elif kind in {"Member", "Restricted"} and (kind == "Member" or status.get("is_member")):
        yield Member(who, "member", source, joined, None, by)


def _note(_: str, told: dict[str, Any]) -> Note:
    """A message."""
    chat, seconds = chat_of(told.get("chat_id")), seconds_of(told.get("date"))
    moment = None if seconds is None else seconds * 1000
    made = Note(chat, message_number(told.get("id")), moment, word(told.get("date")))
    made.sender = sender_of(told.get("sender_id")) or native("user", told.get("sender_user_id"))
    made.edited = bool(number(told.get("edit_date")))
    made.counted = bool(told.get("interaction_info"))
    answered = row(told.get("reply_to")) or {"message_id": told.get("reply_to_message_id")}
    if found := message_number(answered.get("message_id")):
        made.reply_to = f"{chat_of(answered.get('chat_id')) or chat}/{found}"
    content = row(told.get("content"))
    type_ = word(content.get("@type")).removeprefix("message")
    if type_ in _KINDS:
        _content(made, type_, content)
    else:
        _act(made, type_, content)
    if header := row(told.get("forward_info")):
        _forwarded(made, row(header.get("origin")))
    return made


def message_number(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """The number that Telegram gives a message, from TDLib's; one that was never sent has only TDLib's."""
    found = number(value)
    if not found:
        return ""
    return f"{found}" if found % (1 << _SERVER) else f"{found >> _SERVER}"


def _content(made: Note, type_: str, content: dict[str, Any]) -> None:
    made.kind = _KINDS[type_]
    told = row(content.get("text")) or row(content.get("caption"))
    made.text = word(told.get("text"))
    made.links = links_in(made.text, told.get("entities"), lambda entity: word(row(entity.get("type")).get("url")))
    if made.kind is Kind.MEDIA:
        made.media_name = next(filter(None, (word(row(content.get(key)).get("file_name")) for key in _FILES)), "")
        made.media_note = "" if made.media_name else "not in the dump"
    elif not made.text:
        made.text = words_in(_without_types(content)) or type_ * (made.kind is not Kind.TEXT)
    if made.kind is Kind.WITHHELD:
        made.media_note = type_


def _act(made: Note, type_: str, content: dict[str, Any]) -> None:
    made.rule, made.act = f"message{type_}", _ACTS.get(type_, Act.OTHER)
    made.kind, made.text = Kind.SYSTEM, word(content.get("text")) or made.rule
    users = content.get("member_user_ids") or content.get("user_ids") or []
    one = content.get("user_id") or content.get("new_owner_user_id")
    listed = users if isinstance(users, list) and users else [one]
    made.targets = tuple(filter(None, (native("user", each) for each in listed)))
    if made.act is Act.REMOVED and made.targets == (made.sender,):
        made.act = Act.LEFT
    if made.act is Act.ADDED and made.targets == (made.sender,):
        made.act = Act.JOINED
    made.value = word(content.get("title")) or word(content.get("message_auto_delete_time"))


def _forwarded(made: Note, origin: dict[str, Any]) -> None:
    first = native("user", origin.get("sender_user_id")) or chat_of(origin.get("chat_id") or origin.get(
        "sender_chat_id"))  # fmt: skip
    name = word(origin.get("sender_name")) or word(origin.get("author_signature"))
    made.forwarded_from = f"{name} ({first})" if name and first else name or first or "(not named)"
    post = message_number(origin.get("message_id"))
    if first.startswith("channel") and post:
        made.origin = f"{first}/{post}"


def _without_types(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 whatever a file holds
    """The same without the names of types, which nobody reads."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {key: _without_types(one, depth + 1) for key, one in value.items() if key != "@type"}
    return [_without_types(one, depth + 1) for one in value] if isinstance(value, list) else value


_DEEPEST: Final = 30


TDLIB: Final = Scheme(_MESSAGES, _PEOPLE, _GROUPS, _FULL, _LISTS, _ROWS, _person, _group, _members, _note)
