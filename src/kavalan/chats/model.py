"""The records of a chat, the same whatever program wrote the export.

What a record states, it states as the export does: a name is what was shown, a time is the writing telephone's unless
somebody says its zone, and what a system line means is said beside the line itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

LONGEST_TEXT: Final = 16 << 20
"""Characters of one message that are copied; more stays in the export and is told. No messenger sends a hundredth."""
TOO_LONG: Final = f"a text of more than {LONGEST_TEXT:,} characters: the rest stands in the source alone"
"""What is told of it."""


class Kind(StrEnum):
    """What a message is."""

    TEXT = "text"
    MEDIA = "media"
    SYSTEM = "system"
    CALL = "call"
    LOCATION = "location"
    POLL = "poll"
    PAYMENT = "payment"
    CONTACT = "contact"
    DELETED = "deleted"
    WITHHELD = "withheld"
    """There was content that the export does not hold: seen once, vanished, or not yet received."""


class Certainty(StrEnum):
    """How sure a message's time is."""

    EXACT = "exact"
    """The export states the moment."""
    ZONE_GIVEN = "zone_given"
    """The export states local time; the zone is what the examiner said."""
    LOCAL = "local"
    """Local time of the telephone that wrote the export; nobody said its zone."""
    ORDER_LIKELY = "order_likely"
    """As `LOCAL`, and day and month are told apart only by how such dates are usually written."""
    UNKNOWN = "unknown"
    """Day and month cannot be told apart, or the time cannot be read; the export's own words are kept."""


class Flag(StrEnum):
    """What a person should know about a message."""

    SUSPECT_BOUNDARY = "suspect_boundary"
    """Its header goes against the order of time: it may be text of the message before, and its author invented."""
    HEADER_IN_TEXT = "header_in_text"
    """A line of its text looks like a header, of a form that the export does not use."""
    COLON_IN_NAME = "colon_in_name"
    """Where the author's name ends is not sure: name and text hold a colon."""
    GENERATED = "generated"
    """The messenger wrote the text, not a person: a mark that cannot be typed by accident says so."""
    UNMARKED_SYSTEM = "unmarked_system"
    """It reads like the messenger's own line, but the export has no mark to tell; its author may have typed it."""
    CUT = "cut"
    """The text is longer than what is copied; the whole stands in the export."""
    UNDECODABLE = "undecodable"
    """Bytes that are not of the export's encoding, or a NUL, are shown escaped."""
    REPAIRED = "repaired"
    """The export's own writing was broken and was mended to be read."""
    DUPLICATE = "duplicate"
    """The export has another message of the same number before this one."""
    RECOVERED = "recovered"
    """It was deleted, and stands elsewhere in the source, or the program that wrote the source found it."""
    LOST_DIGITS = "lost_digits"
    """A spreadsheet program rounded a number in it, `9.19847E+11`: which it was cannot be told from this file."""


class Message(msgspec.Struct, array_like=True, gc=False):
    """One message, or one line of the messenger's own.

    Attributes:
        seq: its place in the source, from 0.
        offset: bytes from the start of the source to its first.
        length: bytes that it takes there.
        native: its number in the source, `chat/message`, where the source numbers messages; empty elsewhere.
        conversation_id: of `Conversation`.
        sender_id: of `Account`; empty where nobody is named.
        sender_name: as shown.
        kind: what it is.
        text: as written, lines ended by a line feed; of a system line, the line.
        time_local: as ISO 8601 without zone, `2025-04-03T19:05:00`; the day alone where the source says no more; empty
            where unknown.
        time_utc: milliseconds since 1970; None where no zone is known.
        time_certainty: how sure the two are.
        time_text: date and time as the source writes them.
        reply_to: native number of the message answered; empty for none or unknown.
        forwarded_from: who wrote it first, by the export's own word; empty for none or unknown.
        media_name: the file that is attached, as named; empty for none.
        media_note: why the file is not there, by the export's own word: `omitted`, `not downloaded`.
        edited: the export says that it was changed.
        flags: of `Flag`, parted by spaces.
        forwards: how often it was sent on, by the messenger's own count; 0 for none or unknown.
        origin: native number of the message that was first written, where the export says which; empty elsewhere.
        media_sha256: of the attached file as the source states it, in hexadecimal digits: a lead, for nobody has seen
            the bytes; empty for none.
    """

    seq: int
    offset: int
    length: int
    native: str
    conversation_id: str
    sender_id: str
    sender_name: str
    kind: str
    text: str
    time_local: str = ""
    time_utc: int | None = None
    time_certainty: str = Certainty.UNKNOWN.value
    time_text: str = ""
    reply_to: str = ""
    forwarded_from: str = ""
    media_name: str = ""
    media_note: str = ""
    edited: bool = False
    flags: str = ""
    forwards: int = 0
    origin: str = ""
    media_sha256: str = ""


class Act(StrEnum):
    """What a system line says was done."""

    CREATED = "created"
    ADDED = "added"
    JOINED = "joined"
    LEFT = "left"
    REMOVED = "removed"
    PROMOTED = "promoted"
    DEMOTED = "demoted"
    RENAMED = "renamed"
    DESCRIBED = "described"
    PICTURED = "pictured"
    SETTING = "setting"
    LINK_RESET = "link_reset"
    NUMBER_CHANGED = "number_changed"
    CODE_CHANGED = "code_changed"
    TIMER = "timer"
    PINNED = "pinned"
    REQUESTED = "requested"
    BLOCKED = "blocked"
    NOTICE = "notice"
    CREATOR_CHANGED = "creator_changed"
    MIGRATED = "migrated"
    CALLED = "called"
    PAID = "paid"
    OTHER = "other"
    """Not understood: the line stands in its message."""


class Event(msgspec.Struct, array_like=True, gc=False):
    """What one system line says.

    Attributes:
        seq: of its message.
        act: what was done.
        actor: who did it, as named; empty where the line does not say.
        actor_id: of `Account`; empty where nobody is named.
        targets: to whom, as named; a name that holds a comma or an "and" falls apart, the line has it whole.
        target_ids: of `Account`, in the same order.
        value: the new name, setting, number.
        before: what it was.
        source: by which pattern it was understood, such as `whatsapp/en/added`; empty where it was not.
    """

    seq: int
    act: str
    actor: str = ""
    actor_id: str = ""
    targets: tuple[str, ...] = ()
    target_ids: tuple[str, ...] = ()
    value: str = ""
    before: str = ""
    source: str = ""


class Named(msgspec.Struct, array_like=True, gc=False):
    """An identifier in a message's text, as `kavalan.identifiers.Identifier` describes it.

    Attributes:
        seq: of its message.
    """

    seq: int
    start: int
    end: int
    kind: str
    value: str
    surety: str
    detail: str = ""


class Conversation(msgspec.Struct, array_like=True, gc=False):
    """A chat.

    Attributes:
        id: its stable key.
        platform: of which messenger, in lower case: `whatsapp`, `telegram`, or what the source calls it.
        native: its number there; empty where the export has none.
        title: as the export names it last; empty where it does not.
        kind: `group`, `direct`, `channel`, or the export's own word; empty where unknown.
        note: what a person should know, such as that only one's own messages were exported.
    """

    id: str
    platform: str
    native: str
    title: str
    kind: str
    note: str = ""


class Account(msgspec.Struct, array_like=True, gc=False):
    """Somebody as a chat names them. The same person may be several.

    Attributes:
        id: its stable key.
        platform: of which messenger.
        kind: `phone`, `id`, `name`, `push_name` (chosen by themselves), `exporter` (who wrote the export).
        native: number or name; a number in the form of E.164.
        name: as shown first.
        country: of a number's prefix, which says where the number was issued and nothing else.
    """

    id: str
    platform: str
    kind: str
    native: str
    name: str
    country: str = ""


class Membership(msgspec.Struct, array_like=True, gc=False):
    """That somebody was in a chat, or had a part in it, from one time to another, by what evidence.

    Attributes:
        conversation_id: of `Conversation`.
        account_id: of `Account`.
        role: `member`, `admin`, `creator`, `poster` for who wrote something, `forwarder` for who sent on what others
            wrote, by the messenger's own word.
        since: local time; empty where it is not known, and then they may have been there long before.
        since_seq: the message that says so; None where it is not known.
        since_by: `stated` in a line; `implied`, as who creates a group is its administrator; `act`, for they did what
            only an administrator can; `roster`, a list of members that the source holds; `seen`: unknown before first
            seen.
        first_seen: local time of the first message that shows it; empty where only a list does.
        first_seq: that message; None where only a list shows it.
        until: local time; empty where no end is known.
        until_seq: the message that says so.
        until_by: `stated`; `open`: nothing says that it ended; `unknown`: it ended before somebody was added again;
            `roster`: a list says that it ended or, where `until` is empty, that it had not when the list was kept;
            `ended`: a list says that it ended, and not when.
        last_seen: local time of the last message that shows it.
        last_seq: that message.
        posts: messages written meanwhile; of a forwarder, those sent on.
        by_id: who added them, where somebody did.
        label: in words, such as `added by another, never posted`.
        roster: where the list stands that says so, such as `group_participant_user, rank 2`; empty for none.
    """

    conversation_id: str
    account_id: str
    role: str
    since: str
    since_seq: int | None
    since_by: str
    first_seen: str = ""
    first_seq: int | None = None
    until: str = ""
    until_seq: int | None = None
    until_by: str = "open"
    last_seen: str = ""
    last_seq: int | None = None
    posts: int = 0
    by_id: str = ""
    label: str = ""
    roster: str = ""


FORMER: Final = "former"
"""Of `Rostered.role`."""


class Rostered(msgspec.Struct, array_like=True, gc=False):
    """A row of a list of members that the source itself holds.

    Attributes:
        conversation_id: of `Conversation`.
        account_id: of `Account`.
        role: `member`, `admin` or `creator`; `FORMER` for who was a member until nobody says when.
        source: where it stands and what it says there, such as `group_participant_user, rank 2`.
        since: local time since when, where the list says it.
        until: local time until when; empty for who is still there.
        by_id: who added or promoted them, where the list says it.
    """

    conversation_id: str
    account_id: str
    role: str
    source: str
    since: str = ""
    until: str = ""
    by_id: str = ""


class Size(msgspec.Struct, array_like=True, gc=False):
    """How many a chat has, as the source states it: an observation, with its time and place.

    Attributes:
        conversation_id: of `Conversation`.
        what: is counted: `members`, `admins`, `online`, `banned`.
        count: how many.
        at: local time of the observation; empty where the source does not say it.
        source: where it stands.
    """

    conversation_id: str
    what: str
    count: int
    at: str
    source: str


class Batch(msgspec.Struct, tag="batch"):
    """Messages in the order of the export, with what was found in them.

    A text too long for one record comes before, in `Part`s; it belongs to the first message.
    """

    messages: list[Message]
    events: list[Event]
    named: list[Named]
    conversations: list[Conversation]
    accounts: list[Account]
    rosters: list[Rostered] = []
    sizes: list[Size] = []


class Part(msgspec.Struct, tag="part"):
    """A piece of a long text."""

    text: str
