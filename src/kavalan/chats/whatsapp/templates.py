"""The messenger's own lines: what they say was done, by whom, to whom; the English ones stand here.

Those of other languages are a table; what it lacks is kept as it is and counted as not understood. Sources: public
fixtures of whatstk, whatsapp-chat-parser, timelinize; WhatsApp publishes none. The one who makes somebody an
administrator is not named.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kavalan.chats.model import Act
from kavalan.chats.whatsapp.languages import NUMBER, QUOTE, beginnings, lines

_WHO: Final = r"(?P<actor>.{1,300}?)"
_WHOM: Final = r"(?P<targets>.{1,8000}?)"
_Q: Final = QUOTE
_NEW: Final = "(?P<value>.*)"
_SUBJECT: Final = "(?:subject|group name)"
_THIS: Final = "(?:this|the) (?:group|community)['’]s"


class Said(NamedTuple):
    """What a system line says.

    Attributes:
        act: what was done.
        name: of the pattern that understood it, behind its language: `en/added`.
        actor: who did it; empty where it does not say.
        targets: to whom.
        value: the new name or number.
        before: the old one.
    """

    act: Act
    name: str
    actor: str = ""
    targets: tuple[str, ...] = ()
    value: str = ""
    before: str = ""


# In this order: what is more particular before what would match it too.
_TEMPLATES: Final[tuple[tuple[Act, str, str], ...]] = (
    (Act.NOTICE, "encrypted", r"Messages (?:and calls are|to this [^.]*are(?: now)?) .{0,20}end-to-end encrypt.*"),
    (Act.CREATED, "created", rf"{_WHO} created (?:the )?(?:group|community) {_Q}{_NEW}{_Q}"),
    (Act.CREATED, "created_this", rf"{_WHO} created this (?:group|community)"),
    (Act.ADDED, "added_through_community", rf"{_WHO} added (?P<targets>you) to a group in the community: {_NEW}"),
    (Act.JOINED, "joined_link", rf"{_WHO} joined using (?:this group['’]s|an?|your)(?: group)?(?: invite)?(?: link)?"),
    (Act.JOINED, "joined_community", rf"{_WHO} joined (?:from the community|this group from the community)"),
    (Act.REQUESTED, "requested", rf"{_WHO} requested to join.*"),
    (Act.RENAMED, "renamed", rf"{_WHO} changed the {_SUBJECT} from {_Q}(?P<before>.*?){_Q} to {_Q}{_NEW}{_Q}"),
    (Act.RENAMED, "renamed_to", rf"{_WHO} changed the {_SUBJECT} to {_Q}{_NEW}{_Q}"),
    (Act.DESCRIBED, "described", rf"{_WHO} (?:changed|deleted|removed) (?:the|this) group(?:['’]s)? description.*"),
    (Act.PICTURED, "pictured", rf"{_WHO} (?:changed|deleted|removed) {_THIS} (?:icon|photo|picture).*"),
    (Act.SETTING, "settings", rf"{_WHO} changed {_THIS} settings to (?P<value>.*)"),
    (Act.SETTING, "approval", rf"{_WHO} (?P<value>turned (?:on|off) (?:admin )?approval .*)"),
    (Act.SETTING, "anyone_invites", r"(?P<value>Anyone in this group can .*)"),
    (Act.LINK_RESET, "link_reset", rf"{_WHO} reset {_THIS} invite link"),
    (Act.TIMER, "timer", rf"{_WHO} (?:(?P<value>turned (?:on|off)) disappearing messages|updated the message timer).*"),
    (Act.PINNED, "pinned", rf"{_WHO} (?:un)?pinned a message"),
    (Act.NUMBER_CHANGED, "number", rf"{_WHO} changed (?:their phone|to a new) number(?: to a new number)?\..*"),
    (Act.NUMBER_CHANGED, "number_to", rf"(?P<before>.{{1,300}}?) changed to (?P<value>{NUMBER})"),
    (Act.NUMBER_CHANGED, "number_from", rf"(?P<before>{NUMBER}) changed to (?P<value>.{{1,300}})"),
    (Act.CODE_CHANGED, "code", r"Your security code with (?P<targets>.{1,300}?) (?:has )?changed\..*"),
    (Act.BLOCKED, "blocked", r"(?P<actor>You) (?P<value>(?:un)?blocked) this (?:contact|business).*"),
    (Act.NOTICE, "business", r"(?:This (?:business|chat is with)|.{1,300}? (?:is a contact|uses a default timer)).*"),
    (Act.PROMOTED, "promoted_you", r"(?P<targets>You)['’]re now (?:an|a community) admin"),
    (Act.DEMOTED, "demoted_you", r"(?P<targets>You)['’]re no longer (?:an|a community) admin"),
    (Act.PROMOTED, "promoted", rf"{_WHOM} (?:is|are) now (?:an |a community )?admins?"),
    (Act.DEMOTED, "demoted", rf"{_WHOM} (?:is|are) no longer (?:an |a community )?admins?"),
    (Act.ADDED, "was_added", rf"{_WHOM} (?:was|were) added"),
    (Act.REMOVED, "was_removed", rf"{_WHOM} (?:was|were) removed"),
    (Act.LEFT, "left", rf"{_WHO} left(?: the group| the community)?"),
    (Act.ADDED, "added", rf"{_WHO} added (?P<targets>.+)"),
    (Act.REMOVED, "removed", rf"{_WHO} removed (?P<targets>.+)"),
)  # fmt: skip
_COMPILED: Final = tuple((act, name, re.compile(rf"{pattern}\.?")) for act, name, pattern in _TEMPLATES)
_TRIGGER: Final = re.compile(
    r" created (?:this |the )?(?:group|community)| changed | added | removed | deleted this| joined | left\b"
    r"| turned o[nf]"
    r"| is (?:now|no longer) |['’]re (?:now|no longer) | was | were | reset | pinned | requested | updated the message"
    r"|^Messages |^Your security|^You (?:un)?blocked|^Anyone in| is a contact|^This (?:business|chat)"
)
_LONGEST: Final = 8_000
"""Characters of a line that is looked at: some hundred names added at once."""
_LIST: Final = re.compile(r", (?:and )?| and ")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def may_be_system(text: str) -> bool:
    """Whether a text, such as what stands before a colon, has words of a system line."""
    head = text[:_LONGEST]
    return _TRIGGER.search(head) is not None or any(words in head for words in beginnings())


def understood(line: str) -> Said | None:
    """What a system line says; None where no pattern fits the whole of it."""
    plain = _UNSEEN.sub("", line[: _LONGEST + 1]).strip()
    if len(plain) > _LONGEST or "\n" in plain:
        return None
    for act, name, pattern in _COMPILED if _TRIGGER.search(plain) else ():
        found = pattern.fullmatch(plain)
        if found is not None:
            return _said(act, f"en/{name}", found.groupdict(""), _LIST)
    return _in_other_languages(plain)


def _in_other_languages(plain: str) -> Said | None:
    for line in lines():
        if all(piece in plain for piece in line.pieces) and (found := line.pattern.fullmatch(plain)):
            said = _said(line.act, line.name, found.groupdict(""), line.between)
            targets = (line.targets,) if line.targets else said.targets
            return said._replace(actor=line.actor or said.actor, targets=targets)
    return None


def _said(act: Act, name: str, parts: dict[str, str], between: re.Pattern[str]) -> Said:
    targets = tuple(part.removesuffix(".") for part in between.split(parts.get("targets", "")) if part)
    return Said(act, name, parts.get("actor", ""), targets, parts.get("value", ""), parts.get("before", ""))
