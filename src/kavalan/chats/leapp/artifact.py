"""Which tables of ALEAPP and iLEAPP are chats, and what their columns mean (`data/artifacts.toml`)."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from kavalan.chats.model import Act, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

Meaning = Literal[
    "time",
    "direction",
    "sender",
    "sender_id",
    "partner",
    "partner_id",
    "chat",
    "chat_id",
    "text",
    "type",
    "system",
    "media",
    "media_name",
    "message_id",
    "reply_to",
    "forwards",
    "forwarded_from",
    "deleted",
    "latitude",
    "longitude",
    "duration",
    "action",
    "members",
    "old_id",
    "new_id",
    "prior",
    "user",
    "user_id",
    "role",
    "member_count",
    "admin_count",
    "banned_count",
    "online_count",
]
"""What a column may mean."""

_LONGEST_HEADER: Final = 1 << 16


class Artifact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table that a tool writes.

    Attributes:
        name: of its file, without the ending.
        source: the program that writes it, in the tool's repository.
        platform: of which messenger.
        columns: what those mean that are read.
        what: a row is.
        kind: of all its chats; empty where the table does not say.
        codes: what the numbers of actions are, as `Event.source` names them.
        acts: actions by their numbers, where their meaning is agreed on.
        types: what a row is, by the tool's word or number for it.
    """

    name: str
    source: str
    platform: str
    columns: dict[str, Meaning]
    what: Literal["messages", "calls", "events", "members", "creators", "sizes"] = "messages"
    kind: str = ""
    codes: str = ""
    acts: dict[str, Act] = {}
    types: dict[str, Kind] = {}


@cache
def artifacts() -> tuple[Artifact, ...]:
    """All that are known."""
    data = tomllib.loads((files("kavalan.chats.leapp") / "data" / "artifacts.toml").read_text("utf-8"))
    return tuple(msgspec.convert(data["artifact"], tuple[Artifact, ...]))


def artifact_of(name: str, header: Sequence[str]) -> Artifact | None:
    """The table that has these columns: of several the one of this name, then the one of which most columns are known.

    Args:
        name: of the file, without folders.
        header: its columns.
    """
    there = set(header)
    fitting = [one for one in artifacts() if there.issuperset(one.columns)]
    stem = name.rpartition(".")[0]
    return max(fitting, key=lambda one: (one.name == stem, len(one.columns)), default=None)


def header_of(head: bytes) -> list[str]:
    """The columns that the first line of a file names; none where it is no text."""
    try:
        line = head.decode("utf-8-sig", "ignore").splitlines()[0][:_LONGEST_HEADER]
        return next(csv.reader([line], delimiter="\t"), [])
    except (IndexError, csv.Error):
        return []
