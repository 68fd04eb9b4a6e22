"""Who was in a chat and who administered it, from when to when: intervals, each end with the message that proves it.

Nothing is filled in. Who is first seen writing was there before for an unknown time; who is never said to have left is
there as far as the export goes. Only lines that are surely the messenger's own count: what a person may have typed does
not make an administrator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import FORMER, Act, Membership

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kavalan.chats.model import Rostered

_ONLY_ADMINS: Final = {Act.REMOVED, Act.LINK_RESET, Act.SETTING}
"""What a line tells of somebody who did it, that only an administrator can do."""
_NOT_INSIDE: Final = {Act.LEFT, Act.JOINED, Act.REQUESTED, Act.NUMBER_CHANGED, Act.CODE_CHANGED}
"""What a line tells of somebody who need not be in the chat, or says so itself."""
_IMPLIED: Final = {"creator": ("admin", "member"), "admin": ("member",)}
"""Who is the one is also the others."""
PASSIVE: Final = "added by another, never posted"


class Step(NamedTuple):
    """What somebody wrote with no line of the messenger's between, or what one such line says.

    Attributes:
        seq: of the message, or of the first of several; steps come in its order.
        time: local; empty where unknown.
        conversation: its key.
        act: what was done; empty for a message that somebody wrote.
        actor: key of the account that did or wrote it; empty where nobody is named.
        targets: of those to whom it was done.
        before: of a change of number, the account before; the one after is the only target.
        forwarded: by the messenger's own word somebody else wrote the messages first.
        posts: how many messages.
        last_seq: the last of several messages.
        last_time: of that.
    """

    seq: int
    time: str
    conversation: str
    act: str
    actor: str
    targets: tuple[str, ...] = ()
    before: str = ""
    forwarded: bool = False
    posts: int = 1
    last_seq: int | None = None
    last_time: str = ""


class Intervals:
    """Takes steps in their order and says the intervals."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str, str], Membership] = {}
        self._done: list[Membership] = []
        self._ended: set[tuple[str, str]] = set()
        self._handles: dict[str, Callable[[Step], None]] = {
            Act.CREATED: self._created,
            Act.ADDED: self._added,
            Act.JOINED: lambda step: self._entered(step, step.actor, ""),
            Act.LEFT: lambda step: self._gone(step, step.actor),
            Act.REMOVED: self._removed,
            Act.PROMOTED: self._promoted,
            Act.DEMOTED: self._demoted,
            Act.NUMBER_CHANGED: self._renumbered,
            Act.CREATOR_CHANGED: self._handed_over,
        }

    def take(self, steps: Iterable[Step], rosters: Iterable[Rostered] = ()) -> Iterator[Membership]:
        """The intervals of all steps: those that ended in the order of their ends, then those that did not.

        Args:
            steps: in their order.
            rosters: lists of members as they were when the source was taken, which is after all steps.
        """
        for step in steps:
            if step.act:
                self._event(step)
            elif step.actor:
                self._posted(step)
            if self._done:
                done, self._done = self._done, []
                yield from map(_labelled, done)
        for row in rosters:
            self._listed(row)
        yield from map(_labelled, self._done)
        yield from map(_labelled, self._open.values())

    def _posted(self, step: Step) -> None:
        for role in ("member", "poster", "forwarder") if step.forwarded else ("member", "poster"):
            found = self._open.get((step.conversation, step.actor, role)) or self._begin(step, step.actor, role, "seen")
            found.posts += step.posts
            if step.last_seq is None:
                _touch(found, step)
            elif found.last_seq is None or found.last_seq < step.last_seq:
                found.last_seen, found.last_seq = step.last_time, step.last_seq

    def _event(self, step: Step) -> None:
        if (handle := self._handles.get(step.act)) is not None:
            handle(step)
        if step.actor and step.act not in _NOT_INSIDE:
            self._seen(step, step.actor)
            if step.act in _ONLY_ADMINS:
                admin = self._open.get((step.conversation, step.actor, "admin"))
                _touch(admin or self._begin(step, step.actor, "admin", "act"), step)

    def _listed(self, row: Rostered) -> None:
        """A list confirms what the lines said, and tells of those of whom no line does."""
        if row.until or row.role == FORMER:
            self._listed_as_gone(row)
            return
        for role in (row.role, *_IMPLIED.get(row.role, ())):
            place = (row.conversation_id, row.account_id, role)
            found = self._open.setdefault(place, Membership(*place, "", None, "roster", by_id=row.by_id))
            if role == row.role and row.since and not found.since:
                found.since, found.since_by = row.since, "roster"
            found.until_by, found.roster = "roster", row.source

    def _listed_as_gone(self, row: Rostered) -> None:
        place = (row.conversation_id, row.account_id)
        role, by = ("member", "ended") if row.role == FORMER else (row.role, "roster")
        found = self._open.pop((*place, role), None)
        if found is None and place in self._ended:
            return
        found = found or Membership(*place, role, row.since, None, "roster", by_id=row.by_id)
        found.until, found.until_by, found.roster = row.until, by, row.source
        self._done.append(found)

    def _handed_over(self, step: Step) -> None:
        if (step.conversation, step.actor, "creator") in self._open:
            self._end(step, step.actor, "creator")
        for target in filter(None, step.targets):
            self._seen(step, target)
            self._start(step, target, "creator", "stated")
            self._start(step, target, "admin", "implied")

    def _added(self, step: Step) -> None:
        for target in filter(None, step.targets):
            self._entered(step, target, step.actor)

    def _removed(self, step: Step) -> None:
        for target in filter(None, step.targets):
            self._gone(step, target)

    def _promoted(self, step: Step) -> None:
        for target in filter(None, step.targets):
            self._seen(step, target)
            self._start(step, target, "admin", "stated")

    def _demoted(self, step: Step) -> None:
        for target in filter(None, step.targets):
            self._seen(step, target)
            self._end(step, target, "admin")

    def _created(self, step: Step) -> None:
        if step.actor:
            self._start(step, step.actor, "member", "stated")
            self._start(step, step.actor, "creator", "stated")
            self._start(step, step.actor, "admin", "implied")

    def _entered(self, step: Step, account: str, by: str) -> None:
        """Somebody who was there already left unseen before they came again."""
        member = self._open.get((step.conversation, account, "member"))
        # Who makes a group is often named among those whom the same line puts into it.
        if not account or (member is not None and member.since_seq == step.seq):
            return
        for role in ("member", "admin", "creator"):
            if before := self._open.pop((step.conversation, account, role), None):
                before.until_by = "unknown"
                self._done.append(before)
        self._begin(step, account, "member", "stated").by_id = by

    def _gone(self, step: Step, account: str) -> None:
        if not account:
            return
        self._end(step, account, "member")
        for role in ("admin", "creator"):
            if (step.conversation, account, role) in self._open:
                self._end(step, account, role)

    def _renumbered(self, step: Step) -> None:
        """Whatever the old number was, the new one is from here on."""
        if not step.before or len(step.targets) != 1:
            return
        for role in ("member", "admin", "creator"):
            if (step.conversation, step.before, role) in self._open:
                self._end(step, step.before, role)
                self._start(step, step.targets[0], role, "stated")

    def _seen(self, step: Step, account: str) -> Membership:
        found = self._open.get((step.conversation, account, "member"))
        if found is None:
            found = self._begin(step, account, "member", "seen")
        _touch(found, step)
        return found

    def _start(self, step: Step, account: str, role: str, how: str) -> None:
        if (step.conversation, account, role) not in self._open:
            self._begin(step, account, role, how)

    def _begin(self, step: Step, account: str, role: str, how: str) -> Membership:
        known = how in {"stated", "implied"}
        since, seq = (step.time, step.seq) if known else ("", None)
        made = Membership(step.conversation, account, role, since, seq, how, step.time, step.seq)
        _touch(made, step)
        self._open[step.conversation, account, role] = made
        return made

    def _end(self, step: Step, account: str, role: str) -> None:
        """It ended; where nothing said that it began, it began before."""
        found = self._open.get((step.conversation, account, role)) or self._begin(step, account, role, "seen")
        del self._open[step.conversation, account, role]
        _touch(found, step)
        found.until, found.until_seq, found.until_by = step.time, step.seq, "stated"
        self._done.append(found)
        self._ended.add((step.conversation, account))


def _touch(interval: Membership, step: Step) -> None:
    interval.last_seen, interval.last_seq = step.time, step.seq


def _labelled(interval: Membership) -> Membership:
    if interval.role == "member" and interval.by_id and not interval.posts and interval.by_id != interval.account_id:
        interval.label = PASSIVE
    elif interval.since_by == "seen" and interval.role == "member":
        interval.label = "unknown before first seen"
    return interval
