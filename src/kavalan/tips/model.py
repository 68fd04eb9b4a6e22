"""What a tip says, whatever form it came in. Everything is what somebody reported; nothing of it is known to be so.

Every text is as it came but for white space at its ends; what is absent is empty or None and never guessed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Role = Literal["reported", "recipient", "victim", "reporter"]


class Moment(msgspec.Struct, frozen=True):
    """A time as it was written.

    Attributes:
        said: the text.
        utc: the moment, UTC, where the text says a date, a time and a zone in ISO 8601; None where it leaves any open.
    """

    said: str
    utc: datetime | None = None


class Capture(msgspec.Struct, frozen=True):
    """An address or a device that the sender's systems noted.

    Attributes:
        kind: of the value, as the sender names it, `IP Address`.
        value: the address.
        port: of the sender's connection, where noted: without it, carriers that share addresses name nobody.
        at: when.
        event: on what occasion, `Login`, `Upload`.
        possible_proxy: the sender thinks that it is a proxy; None where it says nothing.
    """

    kind: str
    value: str
    port: str = ""
    at: Moment | None = None
    event: str = ""
    possible_proxy: bool | None = None


class Account(msgspec.Struct, frozen=True):
    """An account with a service: the service's own id, the name to sign in or be called by, names that were shown."""

    service: str = ""
    id: str = ""
    screen_name: str = ""
    shown_names: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True):
    """Somebody of whom the tip speaks.

    Attributes:
        role: what the sender takes them for.
        name: first, middle and last names in this order, as far as given.
        born: date of birth as it was given.
        age: approximate, as it was given.
        profile: what the account says of itself.
        disabled: whether the service closed the account.
    """

    role: Role
    name: str = ""
    born: str = ""
    age: str = ""
    gender: str = ""
    account: Account = Account()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    profile: str = ""
    disabled: bool | None = None
    captures: tuple[Capture, ...] = ()


class File(msgspec.Struct, frozen=True):
    """A file that came with the tip, or is only spoken of. Nobody has seen it until a person opens it.

    Attributes:
        name: as the sender calls it.
        original_name: as its owner called it.
        number: the sender's own for it.
        md5: 32 hex digits, by which its bytes are found; empty where none was given.
        sha256: 64 hex digits; of what came along, measured here.
        seen_by_sender: whether a person there opened it; None where the tip does not say.
        classification: the industry's, `A1`.
        tags: any other mark.
        captures: where it was sent from.
        said: further pairs of name and value.
    """

    name: str = ""
    original_name: str = ""
    number: str = ""
    md5: str = ""
    sha256: str = ""
    seen_by_sender: bool | None = None
    classification: str = ""
    tags: tuple[str, ...] = ()
    captures: tuple[Capture, ...] = ()
    said: tuple[tuple[str, str], ...] = ()


class Place(msgspec.Struct, frozen=True):
    """Where an address was thought to lie; a table's guess, not a finding."""

    of: str
    address: str
    where: str


class Passage(msgspec.Struct, frozen=True):
    """Text under a heading: an incident's details, a note."""

    heading: str
    text: str


class Leftover(msgspec.Struct, frozen=True):
    """A part that was not understood, kept as it came.

    Attributes:
        where: its place in the tip, `reportedInformation.newThing[0]`.
        value: what stands there, as JSON where it is no text.
    """

    where: str
    value: str


class Unread(msgspec.Struct, frozen=True):
    """A part that could not be read, and why."""

    where: str
    why: str


class Stood(msgspec.Struct, frozen=True):
    """On which line of a print a field was read.

    Attributes:
        field: its place in the tip, `persons[0].captures[1].value`.
        where: `page 2, line 14`.
    """

    field: str
    where: str


class Tip(msgspec.Struct, frozen=True, kw_only=True):
    """A report.

    Attributes:
        form: of which form it is, a name of `kavalan.tips.FORMS`.
        number: the sender's own; two tips of one sender with one number are the same tip.
        received: when the sender had it.
        sender: the service or person that reported.
        incident: what kind, in the sender's words.
        incident_at: when it is said to have happened.
        platform: where.
        priority: the sender's, with its words.
        classification: the clearing house's.
        escalation: why the sender asks for haste; empty where it does not.
        annotations: marks such as `sextortion`.
        persons: of whom it speaks.
        files: that came along or are spoken of.
        passages: texts under their headings.
        places: of addresses.
        receivers: to whom it was made available, and when.
        leftovers: what was not understood.
        unread: what could not be read.
        stood: of a print, where each field was read.
    """

    form: str
    number: str = ""
    received: Moment | None = None
    sender: str = ""
    incident: str = ""
    incident_at: Moment | None = None
    platform: str = ""
    priority: str = ""
    classification: str = ""
    escalation: str = ""
    annotations: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    files: tuple[File, ...] = ()
    passages: tuple[Passage, ...] = ()
    places: tuple[Place, ...] = ()
    receivers: tuple[Passage, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    unread: tuple[Unread, ...] = ()
    stood: tuple[Stood, ...] = ()
