"""What a message of a report says: its kind, its text, what is attached, whom it answers, who wrote it first.

Sources of the names: the models of SEilers/UFEDLib (`UFEDLib/Models/*.cs`) and of sepinf-inc/IPED
(`iped-parsers/iped-parsers-impl/src/main/java/iped/parsers/ufed/model`), whose test
`iped-engine/src/test/resources/ufed-model-chat.xml` shows a report of 2024, and `ufed-model-chat-pa1010-labels.xml`
one of version 10.10, where labels moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import Act, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.ufdr.model import Model

SYSTEM: Final = "system message"
"""Whom a report names as the author of the messenger's own lines."""
_NOT_NAMED: Final = "(not named)"

_ACTS: Final = {
    "Joined": Act.JOINED,
    "Added": Act.ADDED,
    "Left": Act.LEFT,
    "Removed": Act.REMOVED,
    "Created": Act.CREATED,
}
"""Of actions, behind the word that says to what: `ParticipantJoined` stands in the test of IPED; the others are like it
and from memory (M)."""


class Content(NamedTuple):
    """What a message says.

    Attributes:
        kind: what it is.
        text: its own, or of what was sent on.
        attachments: files that come with it.
        edited: it was changed.
        answers: identifier of the message that it answers; empty for none.
        first: who wrote first what it sends on; empty for none.
        quoted: the message that it answers, where the report holds it there.
    """

    kind: Kind
    text: str
    attachments: list[Model]
    edited: bool
    answers: str
    first: str
    quoted: Model | None


def content_of(message: Model) -> Content:
    """What a message says."""
    labels = set(_labels(message))
    extra = list(message.inside("MessageExtraData"))
    embedded = message.first("EmbeddedInstantMessage")
    passed_on = "forwarded" in labels or any(one.type == "ForwardedMessageData" for one in extra)
    attachments = [*message.inside("Attachments", "Attachment")]
    text = _body(message)
    if passed_on and embedded is not None:
        text = text or _body(embedded)
        attachments = attachments or [*embedded.inside("Attachments", "Attachment")]
    text = text or _place(message) or _cards(message)
    answers, quoted = ("", None) if passed_on else _answered(extra, embedded)
    return Content(
        _kind(message, labels, attachments), text, attachments, "edited" in labels, answers,
        _first(extra, embedded) if passed_on else "", quoted,
    )  # fmt: skip


def act_of(activity: Model) -> Act:
    """What an activity of a chat says was done."""
    said = activity.value("Action")
    return _ACTS.get(said.removeprefix("Participant").removeprefix("Group"), Act.OTHER)


def sender_of(message: Model) -> Model | None:
    """Who wrote it: the party that is said to, or the one of several whose part that is."""
    if (said := message.first("From")) is not None:
        return said
    parties = message.inside("Parties", "Participants")
    return next((one for one in parties if one.value("Role").lower() == "from"), None)


def others_of(message: Model) -> Iterator[Model]:
    """To whom it went."""
    yield from message.inside("To")
    yield from (one for one in message.inside("Parties") if one.value("Role").lower() != "from")


def _labels(message: Model) -> Iterator[str]:
    """Of any version: a field, several fields, or models for themselves."""
    for said in (message.fields.get("Labels", ()), message.fields.get("Label", ())):
        yield from (one.strip().lower() for one in said)
    for one in message.inside("MessageExtraData"):
        yield from (label.strip().lower() for label in one.fields.get("Label", ()))


def _kind(message: Model, labels: set[str], attachments: list[Model]) -> Kind:
    sender = sender_of(message)
    if "system" in labels or (sender is not None and sender.value("Identifier").lower() == SYSTEM):
        return Kind.SYSTEM
    if message.type == "Call":
        return Kind.CALL
    if attachments:
        return Kind.MEDIA
    if message.first("Position") is not None:
        return Kind.LOCATION
    return Kind.CONTACT if message.first("SharedContacts") is not None else Kind.TEXT


def _body(message: Model) -> str:
    subject, body = message.text("Subject"), message.text("Body") or message.text("Snippet")
    return f"{subject}\n{body}" if subject and body else subject or body


def _place(message: Model) -> str:
    position = message.first("Position")
    if position is None:
        return message.value("PositionAddress")
    said = [position.value("Latitude"), position.value("Longitude")]
    address = position.value("PositionAddress") or message.value("PositionAddress")
    return "\n".join(filter(None, [", ".join(filter(None, said)), address]))


def _cards(message: Model) -> str:
    """Contacts that were shared, each with what it is reached by."""
    lines = []
    for card in message.inside("SharedContacts"):
        lines.append(card.value("Name"))
        lines += [entry.value("Value") for entry in card.inside("Entries")]
    return "\n".join(filter(None, lines))


def _answered(extra: list[Model], embedded: Model | None) -> tuple[str, Model | None]:
    for one in extra:
        if one.type in {"ReplyMessageData", "QuotedMessageData"}:
            quoted = one.first("InstantMessage") or embedded
            native = one.value("OriginalMessageID") or (quoted.value("Identifier") if quoted else "")
            return native, quoted
    return "", None


def _first(extra: list[Model], embedded: Model | None) -> str:
    for one in extra:
        if one.type == "ForwardedMessageData" and (sender := one.first("OriginalSender")) is not None:
            return shown(sender) or _NOT_NAMED
    sender = sender_of(embedded) if embedded is not None else None
    return (shown(sender) if sender is not None else "") or _NOT_NAMED


def shown(party: Model) -> str:
    """Name and identifier, as far as they are there."""
    name, identifier = party.value("Name"), party.value("Identifier")
    return f"{name} ({identifier})" if name and identifier and name != identifier else name or identifier
