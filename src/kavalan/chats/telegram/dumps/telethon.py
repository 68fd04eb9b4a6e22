"""Objects of Telegram's own scheme, as Telethon and programs like it write them (`to_json`, `to_dict`).

Source: the scheme, telegramdesktop/tdesktop Telegram/SourceFiles/mtproto/scheme/api.tl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kavalan.chats.loose import row, rows, word
from kavalan.chats.model import Act, Kind
from kavalan.chats.telegram.dumps.values import links_in, moment_of, native, number, seconds_of, url_of
from kavalan.chats.telegram.texts import words_in
from kavalan.chats.telegram.told import Group, Member, Note, Person, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

_MESSAGES: Final = frozenset({"Message", "MessageService", "MessageEmpty"})
_PEOPLE: Final = frozenset({"User"})
_GROUPS: Final = frozenset({"Chat", "ChatForbidden", "Channel", "ChannelForbidden"})
_FULL: Final = frozenset({"ChatFull", "ChannelFull"})
_LISTS: Final = frozenset({"ChannelParticipants", "ChatParticipants"})
_ROWS: Final = frozenset({
    "ChannelParticipant", "ChannelParticipantSelf", "ChannelParticipantCreator", "ChannelParticipantAdmin",
    "ChannelParticipantBanned", "ChannelParticipantLeft", "ChatParticipant", "ChatParticipantCreator",
    "ChatParticipantAdmin",
})  # fmt: skip

_ACTS: Final = {
    "ChatCreate": Act.CREATED, "ChannelCreate": Act.CREATED, "ChatAddUser": Act.ADDED, "ChatDeleteUser": Act.REMOVED,
    "ChatJoinedByLink": Act.JOINED, "ChatJoinedByRequest": Act.JOINED, "ChatEditTitle": Act.RENAMED,
    "ChatEditPhoto": Act.PICTURED, "ChatDeletePhoto": Act.PICTURED, "ChatMigrateTo": Act.MIGRATED,
    "ChannelMigrateFrom": Act.MIGRATED, "PinMessage": Act.PINNED, "SetMessagesTTL": Act.TIMER,
    "PhoneCall": Act.CALLED, "ConferenceCall": Act.CALLED, "GroupCall": Act.CALLED, "InviteToGroupCall": Act.CALLED,
    "GroupCallScheduled": Act.CALLED, "ChangeCreator": Act.CREATOR_CHANGED, "NoForwardsToggle": Act.SETTING,
    "HistoryClear": Act.NOTICE, "ScreenshotTaken": Act.NOTICE, "ContactSignUp": Act.NOTICE, "TopicCreate": Act.NOTICE,
    "TopicEdit": Act.NOTICE, "GameScore": Act.NOTICE, "BotAllowed": Act.NOTICE, "SetChatTheme": Act.NOTICE,
    "BoostApply": Act.NOTICE, "GeoProximityReached": Act.NOTICE, "SetChatWallPaper": Act.NOTICE,
    "PaymentSent": Act.PAID, "PaymentSentMe": Act.PAID, "CustomAction": Act.NOTICE,
}  # fmt: skip
_KINDS: Final = {
    "MessageMediaPhoto": Kind.MEDIA, "MessageMediaDocument": Kind.MEDIA, "MessageMediaGeo": Kind.LOCATION,
    "MessageMediaGeoLive": Kind.LOCATION, "MessageMediaVenue": Kind.LOCATION, "MessageMediaContact": Kind.CONTACT,
    "MessageMediaPoll": Kind.POLL, "MessageMediaInvoice": Kind.PAYMENT, "MessageMediaUnsupported": Kind.WITHHELD,
    "MessageMediaPaidMedia": Kind.MEDIA, "MessageMediaStory": Kind.MEDIA,
}  # fmt: skip
_COUNTS: Final = {
    "participants_count": "members", "admins_count": "admins", "kicked_count": "removed", "banned_count": "banned",
    "online_count": "online",
}  # fmt: skip


def peer(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """`user5`, `chat5` or `channel5` of a peer; older programs give a user's number alone."""
    if isinstance(value, int):
        return native("user", value)
    told = row(value)
    return native("user", told.get("user_id")) or native("chat", told.get("chat_id")) or native(
        "channel", told.get("channel_id"))  # fmt: skip


def _person(told: dict[str, Any]) -> Person:
    """Somebody of a list of users."""
    name = " ".join(filter(None, (word(told.get("first_name")), word(told.get("last_name")))))
    phone = word(told.get("phone")).lstrip("+")
    handles = [word(told.get("username")), *(word(one.get("username")) for one in rows(told.get("usernames")))]
    return Person(native("user", told.get("id")), name, next(filter(None, handles), ""), f"+{phone}" if phone else "")


def _group(type_: str, told: dict[str, Any]) -> Group:
    """A chat of a list of chats, or what is told of it in full."""
    space = "channel" if type_.startswith("Channel") else "chat"
    kind = "channel" if told.get("broadcast") else "group"
    made = Group(native(space, told.get("id")), word(told.get("title")), kind, word(told.get("username")))
    for key, what in _COUNTS.items():
        if key in told and isinstance(told[key], int):
            made.sizes.append((what, number(told[key]), f"{type_[0].lower()}{type_[1:]}.{key}"))
    return made


def _members(type_: str, told: dict[str, Any]) -> Iterator[Member]:
    """The rows of a list of members; of one row, itself."""
    if type_ in _LISTS:
        for one in rows(told.get("participants")):
            yield from _members(word(one.get("_")).rpartition(".")[2], one)
        return
    who = peer(told.get("peer")) or native("user", told.get("user_id"))
    if not who or type_ not in _ROWS:
        return
    source = f"{type_[0].lower()}{type_[1:]}{_rank(told)}"
    joined, by = seconds_of(told.get("date")), native("user", told.get("inviter_id"))
    if type_ == "ChannelParticipantBanned":
        rights = row(told.get("banned_rights"))
        gone = joined if told.get("left") or rights.get("view_messages") else None
        yield Member(who, "member", source, None, gone, native("user", told.get("kicked_by")) if gone else "")
    elif type_.endswith("Creator"):
        yield Member(who, "creator", source + _rights(told))
    elif type_.endswith("Admin"):
        yield Member(who, "admin", source + _rights(told), joined, None, by, native("user", told.get("promoted_by")))
    elif not type_.endswith("Left"):
        yield Member(who, "member", source, joined, None, by)


def _note(type_: str, told: dict[str, Any]) -> Note:
    """A message."""
    chat = peer(told.get("peer_id")) or peer(told.get("to_id"))
    made = Note(chat, str(number(told.get("id")) or ""), moment_of(told.get("date")), word(told.get("date")))
    made.sender = peer(told.get("from_id"))
    if not made.sender and not chat.startswith("chat") and not (chat.startswith("user") and told.get("out")):
        # In a channel it is the channel that writes; of two who write to each other, the other.
        made.sender = chat
    made.reply_to = _answered(row(told.get("reply_to")), told, chat)
    if type_ == "MessageEmpty":
        made.kind, made.media_note = Kind.DELETED, "empty"
    elif type_ == "MessageService":
        _act(made, row(told.get("action")))
    else:
        _content(made, told)
    return made


def _content(made: Note, told: dict[str, Any]) -> None:
    made.text = word(told.get("message"))
    made.links = links_in(made.text, told.get("entities"), url_of)
    made.edited = told.get("edit_date") is not None and not told.get("edit_hide")
    made.counted = bool(number(told.get("views")) or number(told.get("forwards")))
    media = row(told.get("media"))
    made.kind = _KINDS.get(word(media.get("_")), Kind.TEXT)
    if made.kind is Kind.MEDIA:
        made.media_name = _file_name(row(media.get("document")))
        made.media_note = "" if made.media_name else "not in the dump"
        if media.get("ttl_seconds"):
            made.kind, made.media_note = Kind.WITHHELD, "self-destructing"
    elif made.kind is not Kind.TEXT and not made.text:
        made.text = words_in({key: value for key, value in media.items() if key != "_"})
    header = row(told.get("fwd_from"))
    if header:
        _forwarded(made, header)


def _forwarded(made: Note, header: dict[str, Any]) -> None:
    first, post = peer(header.get("from_id")), number(header.get("channel_post"))
    if not first and header.get("channel_id"):
        first = native("channel", header["channel_id"])
    name = ", ".join(filter(None, (word(header.get("from_name")), word(header.get("post_author")))))
    made.forwarded_from = f"{name} ({first})" if name and first else name or first or "(not named)"
    if first.startswith("channel") and post:
        made.origin = f"{first}/{post}"


def _act(made: Note, action: dict[str, Any]) -> None:
    type_ = word(action.get("_")).rpartition(".")[2]
    made.rule = type_
    made.act = _ACTS.get(type_.removeprefix("MessageAction"), Act.OTHER)
    made.kind, made.text = Kind.SYSTEM, word(action.get("message")) or type_
    users = action.get("users") if isinstance(action.get("users"), list) else []
    one = action.get("user_id") or action.get("new_creator_id")
    made.targets = tuple(filter(None, (native("user", each) for each in (users or [one]))))
    if made.act is Act.REMOVED and made.targets == (made.sender,):
        made.act = Act.LEFT
    if made.act is Act.ADDED and made.targets == (made.sender,):
        made.act = Act.JOINED
    made.value = word(action.get("title")) or native("user", action.get("inviter_id")) or word(action.get("period"))


def _answered(header: dict[str, Any], told: dict[str, Any], chat: str) -> str:
    answered = number(header.get("reply_to_msg_id")) or number(told.get("reply_to_msg_id"))
    return f"{peer(header.get('reply_to_peer_id')) or chat}/{answered}" if answered else ""


def _file_name(document: dict[str, Any]) -> str:
    return next((word(one["file_name"]) for one in rows(document.get("attributes")) if one.get("file_name")), "")


def _rank(told: dict[str, Any]) -> str:
    rank = word(told.get("rank"))
    return f', rank "{rank}"' if rank else ""


def _rights(told: dict[str, Any]) -> str:
    held = [name for name, given in row(told.get("admin_rights")).items() if given is True]
    return f", rights {' '.join(held)}" if held else ""


TELETHON: Final = Scheme(_MESSAGES, _PEOPLE, _GROUPS, _FULL, _LISTS, _ROWS, _person, _group, _members, _note)
