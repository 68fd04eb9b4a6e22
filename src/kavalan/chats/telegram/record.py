"""A message as Telegram Desktop writes it (export_output_json.cpp); what is not read stands in the export."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec

from kavalan.chats.model import LONGEST_TEXT
from kavalan.chats.telegram.bounds import LONGEST_NAME

_NOTHING: Final = msgspec.Raw()
_Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]


class Record(msgspec.Struct, gc=False):
    """One object of `messages`. Types are loose: they changed with versions, and others write such files too."""

    id: Any = None
    type: Any = ""
    date: Any = ""
    date_unixtime: Any = None
    edited: Any = None
    from_: Any = msgspec.field(name="from", default=None)
    from_id: Any = None
    actor: Any = None
    actor_id: Any = None
    action: Any = ""
    title: Any = None
    members: Any = None
    inviter: Any = None
    new_creator: Any = None
    author: Any = None
    forwarded_from: Any = msgspec.UNSET
    forwarded_from_id: Any = None
    reply_to_message_id: Any = None
    text: Any = ""
    rich_message: Any = None
    photo: Any = None
    file: Any = None
    file_name: Any = None
    contact_information: Any = None
    location_information: Any = None
    place_name: Any = None
    poll: Any = None
    inline_bot_buttons: Any = None


class Plain(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A message of words alone, as every version since 3.7.6 writes it: most are, and are read in a third of the time.

    Whatever has other fields, or others in their place, is a `Record`.
    """

    id: int
    type: Literal["message"]
    date: str
    date_unixtime: str
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
    from_: _Name | None = msgspec.field(name="from")
    from_id: _Name
    edited: str | None = None
    edited_unixtime: str | None = None
    reply_to_message_id: int | None = None
    text_entities: msgspec.Raw = _NOTHING
    reactions: msgspec.Raw = _NOTHING
