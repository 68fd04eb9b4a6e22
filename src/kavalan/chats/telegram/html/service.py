"""What the lines say that Telegram Desktop writes itself; they are English whatever the language of the program.

Source: telegramdesktop/tdesktop, export/output/export_output_html.cpp, HtmlWriter::Wrap::pushMessage. A line holds
names as they are shown. Where somebody's name makes it read in several ways, and not just one of them begins with
somebody who writes in the chat, it is not understood: nobody becomes an administrator by choosing a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import Act

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Said(NamedTuple):
    """One way to read a line.

    Attributes:
        act: what was done.
        actor: as named; empty where the line does not say.
        targets: as named.
        value: the new title, who made the link, until when.
        rule: by which words it was understood.
    """

    act: Act
    actor: str = ""
    targets: tuple[str, ...] = ()
    value: str = ""
    rule: str = ""


def _rule(words: str, rest: str, act: Act) -> tuple[str, re.Pattern[str], Act]:
    return words, re.compile(rest, re.DOTALL), act


_VALUE: Final = "(?P<value>.*)"
_TARGETS: Final = "(?P<targets>.+)"
_BY_SOMEBODY: Final = (
    _rule(" created group «", rf"{_VALUE}»(?: with members {_TARGETS})?", Act.CREATED),
    _rule(" changed group title to «", rf"{_VALUE}»", Act.RENAMED),
    _rule(" changed group photo", "", Act.PICTURED),
    _rule(" removed group photo", "", Act.PICTURED),
    _rule(" invited ", rf"{_TARGETS} to the voice chat", Act.CALLED),
    _rule(" invited ", rf"(?!.* to the voice chat\Z){_TARGETS}", Act.ADDED),
    _rule(" removed ", rf"(?!group photo\Z){_TARGETS}", Act.REMOVED),
    _rule(" joined group by link from ", _VALUE, Act.JOINED),
    _rule(" joined group by request", "", Act.JOINED),
    _rule(" converted this group to a supergroup", "", Act.MIGRATED),
    _rule(" converted a basic group to this supergroup «", rf"{_VALUE}»", Act.MIGRATED),
    _rule(" pinned this message", "", Act.PINNED),
    _rule(" started voice chat", r"(?P<value>(?: \(\d+ seconds\))?)", Act.CALLED),
    _rule(" scheduled a voice chat for ", _VALUE, Act.CALLED),
    _rule(" has set messages to auto-delete in ", _VALUE, Act.TIMER),
    _rule(" has set messages not to auto-delete", "", Act.TIMER),
    _rule(" took a screenshot", "", Act.NOTICE),
    _rule(" joined Telegram", "", Act.NOTICE),
    _rule(" requested your phone number", "", Act.NOTICE),
    _rule(" scored ", r"-?\d+ in this game", Act.NOTICE),
    _rule(" sent you a gift", r"(?:\.| for .*)", Act.NOTICE),
    _rule(" created topic «", rf"{_VALUE}»", Act.NOTICE),
    _rule(" changed topic ", "(?:title|icon) to .*", Act.NOTICE),
    _rule(" suggests to use this photo", "", Act.NOTICE),
    _rule(" set a new background for this chat", "", Act.NOTICE),
    _rule(" set the same background for this chat", "", Act.NOTICE),
    _rule(" changed chat theme to ", ".{1,40}", Act.NOTICE),
    _rule(" disabled chat theme", "", Act.NOTICE),
    _rule(" is now within ", ".* (?:km|meters?) from .+", Act.NOTICE),
)
_BY_NOBODY: Final = (
    _rule("Channel «", rf"{_VALUE}» created", Act.CREATED),
    _rule("Channel title changed to «", rf"{_VALUE}»", Act.RENAMED),
    _rule("Channel photo ", "(?:changed|removed)", Act.PICTURED),
    _rule("Voice chat", r"(?P<value>(?: \(\d+ seconds\)| scheduled for .*)?)", Act.CALLED),
    _rule("New messages will ", "(?P<value>(?:not )?auto-delete.*)", Act.TIMER),
    _rule("Channel theme was ", "(?:disabled|changed to .*)", Act.NOTICE),
    _rule("History cleared", "", Act.NOTICE),
    _rule("You ", "(?:were charged|have |allowed this bot|are now within ).*", Act.NOTICE),
)
_MOST_READINGS: Final = 50
_LONGEST: Final = 100_000
"""Characters of a line; of those who were invited at once it names all."""
_PARTED: Final = re.compile(", | and ")


def understood(line: str, authors: Collection[str]) -> Said | None:
    """What a line says; None where it is of no known form, or may say several things.

    Args:
        line: as it is read.
        authors: names of those who write in the chat.
    """
    found = list(_readings(line, authors)) if len(line) <= _LONGEST else []
    if len(found) > 1:
        found = [one for one in found if one.actor in authors]
    return found[0] if len(found) == 1 else None


def _readings(line: str, authors: Collection[str]) -> Iterator[Said]:
    for words, rest, act in _BY_NOBODY:
        if line.startswith(words) and (found := rest.fullmatch(line, len(words))):
            yield _said(act, "", found, words, authors)
    for words, rest, act in _BY_SOMEBODY:
        at = line.find(words, 1)
        for _ in range(_MOST_READINGS):
            if at < 0:
                break
            if found := rest.fullmatch(line, at + len(words)):
                yield _said(act, line[:at], found, words, authors)
            at = line.find(words, at + 1)


def _said(act: Act, actor: str, found: re.Match[str], words: str, authors: Collection[str]) -> Said:
    held = found.groupdict()
    named = held.get("targets") or ""
    # Somebody may be called "Nets and Sons": who writes under a name has it whole.
    targets = (named,) if named in authors else tuple(filter(None, _PARTED.split(named)))
    if act is Act.REMOVED and targets == (actor,):
        act = Act.LEFT
    return Said(act, actor, targets, (held.get("value") or "").strip(), _name(words))


def _name(words: str) -> str:
    return "_".join(re.findall(r"[a-z]+", words.casefold()))
