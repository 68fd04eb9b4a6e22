"""Two scales for `weigh_chats.py`: one for what was said, one for who was there, had a part, and passed things on."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kavalan.chats import Store

_ROLES: Final = ("member", "admin", "creator")
_CLAIMS: Final = """
SELECT c.title, a.native, a.name, m.role, m.since, m.since_by, m.first_seen, m.until, m.until_by
FROM memberships m JOIN accounts a ON a.id = m.account_id JOIN conversations c ON c.id = m.conversation_id
"""
_TOLD: Final = """
SELECT m.key, m.source_sha256, c.title, a.native, a.name, m.time_local, m.text, m.reply_to
FROM messages m JOIN accounts a ON a.id = m.sender_id JOIN conversations c ON c.id = m.conversation_id
WHERE m.kind = 'text'
"""
_EDITED: Final = "<This message was edited>"


@dataclass
class Weighed:
    """What came back of one form. Pairs are counts by the maker, and of what the reader told of these.

    Attributes:
        form: as it calls itself.
        sources: read.
        messages: in them; the reader's count is of all that it told.
        said: words that somebody wrote, with their author and time.
        answers: words that answer others, with these; none where the form does not tell it.
        passed_on: messages that were passed on; the reader's count is of all that it told.
        forwarders: who passed something on, by group; none where the form does not tell it.
        listed: who is there in the end, by group; none where the source has no list of members.
        files: messages with a file whose digest is in the source.
        true: intervals of all who ever had a role in the groups.
        evident: of these, whose beginning the source states.
        dated: evident intervals that were found with their times.
        found: true intervals that were found at all.
        right: claims that are true.
        wrong: claims that are not, in words.
    """

    form: str
    sources: int = 0
    messages: tuple[int, int] = (0, 0)
    said: tuple[int, int] = (0, 0)
    answers: tuple[int, int] = (0, 0)
    passed_on: tuple[int, int] = (0, 0)
    forwarders: tuple[int, int] = (0, 0)
    listed: tuple[int, int] = (0, 0)
    files: tuple[int, int] = (0, 0)
    true: int = 0
    evident: int = 0
    dated: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Claim:
    """An interval as a store says it."""

    title: str
    native: str
    name: str
    role: str
    since: str
    since_by: str
    first_seen: str
    until: str
    until_by: str


def plus(sums: tuple[int, int], first: int, second: int) -> tuple[int, int]:
    """Both are added."""
    return sums[0] + first, sums[1] + second


class Source:
    """A source as `truth.json` describes it: what it could know, and how it names people.

    Attributes:
        about: the description.
    """

    def __init__(self, about: dict[str, Any]) -> None:
        self.about = about
        self._digits = {"day": 10, "minute": 16, "second": 19}[about["precision"]]

    def titles(self) -> dict[str, str]:
        """The groups in it, each with the time from which its happenings are in it."""
        sees: dict[str, str] = self.about["sees"]
        return sees

    def title(self, told: str) -> str:
        """A group's own name."""
        return str(self.about["titles"].get(told, told))

    def person(self, native: str, name: str) -> int | None:
        """Who it is; 0 for what stands for nobody, None for somebody unknown."""
        names: dict[str, int] = self.about["names"]
        return names.get(native, names.get(name))

    def time(self, at: str) -> str:
        """A time as exactly as the source has it."""
        return at[: self._digits]

    def tells(self, act: str) -> bool:
        """Whether such happenings stand in it with whom they concern."""
        return act in self.about["states"]


class Words:
    """What was said, by whom, when, and what it answers."""

    def __init__(self, truth: dict[str, Any], source: Source, weighed: Weighed) -> None:
        self._source, self._weighed = source, weighed
        seen = [
            (title, one)
            for title, since in source.titles().items()
            for one in truth["said"][title]
            if one["at"] >= since
        ]
        self._said = Counter((title, one["who"], source.time(one["at"]), one["text"]) for title, one in seen)
        self._answers = Counter(
            (title, one["text"], one["answers"])
            for title, one in seen
            if source.about["answers"] and one["answers"] and one["answers_at"] >= source.titles()[title]
        )
        weighed.said = plus(weighed.said, self._said.total(), 0)
        weighed.answers = plus(weighed.answers, self._answers.total(), 0)

    def put(self, store: Store) -> None:
        """The messages of a store."""
        rows = store.base.execute(_TOLD).fetchall()
        texts = {key: self._own(text) for key, *_, text, _ in rows}
        said: Counter[tuple[str, int | None, str, str]] = Counter()
        answers: Counter[tuple[str, str, str]] = Counter()
        for key, sha256, told, native, name, at, _, reply_to in rows:
            title = self._source.title(told)
            said[title, self._source.person(native, name), self._source.time(at), texts[key]] += 1
            if answered := texts.get(f"{sha256}:{reply_to}"):
                answers[title, texts[key], answered] += 1
        self._weighed.said = plus(self._weighed.said, 0, (said & self._said).total())
        self._weighed.answers = plus(self._weighed.answers, 0, (answers & self._answers).total())

    def _own(self, text: str) -> str:
        """What somebody wrote: a letter begins with its subject, and a text says behind the words that they changed."""
        if self._source.about["form"] == "email":
            text = text.partition("\n\n")[2]
        return text.strip().removesuffix(_EDITED).rstrip(" \u200e")


class Parts:
    """Who was there, had a part, and passed things on."""

    def __init__(self, truth: dict[str, Any], source: Source, weighed: Weighed) -> None:
        self._source, self._weighed = source, weighed
        self._true: dict[tuple[str, int, str], list[dict[str, Any]]] = defaultdict(list)
        self._forwarders: set[tuple[str, int]] = set()
        self._listed: set[tuple[str, int]] = set()
        for title, since in source.titles().items():
            for one in truth["groups"][title]:
                self._true[title, one["who"], one["role"]].append(one)
            if source.about["passed_on"]:
                self._forwarders |= {
                    (title, one["who"]) for one in truth["said"][title] if one["passed_on"] and one["at"] >= since
                }
            if source.about["rosters"]:
                self._listed |= {
                    (title, one["who"])
                    for one in truth["groups"][title]
                    if one["role"] == "member" and not one["until"] and one["who"] != source.about["unlisted"]
                }
        self._matched: dict[int, bool] = {}
        self._told: set[tuple[str, int | None]] = set()

    def put(self, store: Store) -> None:
        """The claims of a store."""
        for told, *row in store.base.execute(_CLAIMS):
            claim = Claim(self._source.title(told), *row)
            who = self._source.person(claim.native, claim.name)
            if claim.title in self._source.titles() and who != 0:
                self._weigh(claim, who)

    def take(self) -> None:
        """Every interval that is true, once all is put."""
        for (title, *_), those in self._true.items():
            for one in those:
                evident = self._source.tells(one["by"]) and one["since"] >= self._source.titles()[title]
                self._weighed.true += 1
                self._weighed.evident += evident
                self._weighed.found += id(one) in self._matched
                self._weighed.dated += evident and self._matched.get(id(one), False)
        self._weighed.forwarders = plus(self._weighed.forwarders, len(self._forwarders), 0)
        self._weighed.listed = plus(self._weighed.listed, len(self._listed), len(self._listed & self._told))

    def _weigh(self, claim: Claim, who: int | None) -> None:
        if claim.role == "forwarder" and (claim.title, who) in self._forwarders:
            self._weighed.forwarders = plus(self._weighed.forwarders, 0, 1)
            return
        if claim.role not in {*_ROLES, "forwarder"}:
            return
        one = None if who is None else self._meant(who, claim)
        if one is None:
            self._weighed.wrong.append(f"{self._source.about['given']}: {claim}")
            return
        self._weighed.right += 1
        if (claim.role, claim.until_by, claim.until) == ("member", "roster", ""):
            self._told.add((claim.title, who))
        self._matched[id(one)] = self._matched.get(id(one), False) or claim.since_by in {"stated", "implied"}

    def _meant(self, who: int, claim: Claim) -> dict[str, Any] | None:
        """The true interval that is claimed; None where there is none."""
        those = self._true[claim.title, who, claim.role]
        if claim.since:
            return next((one for one in those if self._begins(one, claim) and self._ends(one, claim)), None)
        if claim.until_by == "roster" and not claim.until and any(not one["until"] for one in those):
            # Who went and came again meanwhile did so where the source does not tell it.
            those = [one for one in those if not self._source.tells(one["until_by"])]
            return next((one for one in those if self._covers(one, claim)), None)
        return next((one for one in those if self._covers(one, claim) and self._ends(one, claim)), None)

    def _begins(self, one: dict[str, Any], claim: Claim) -> bool:
        return self._source.time(one["since"]) == self._source.time(claim.since)

    def _covers(self, one: dict[str, Any], claim: Claim) -> bool:
        """Who has no beginning was there when first seen; whom only a list names, when that was made."""
        if not claim.first_seen:
            return not one["until"] or bool(claim.until) or claim.until_by == "ended"
        seen, time = self._source.time(claim.first_seen), self._source.time
        return time(one["since"]) <= seen and (not one["until"] or seen <= time(one["until"]))

    def _ends(self, one: dict[str, Any], claim: Claim) -> bool:
        if claim.until:
            return self._source.time(one["until"]) == self._source.time(claim.until)
        if claim.until_by in {"open", "roster"}:
            return not one["until"] or (claim.until_by == "open" and not self._source.tells(one["until_by"]))
        # It ended, and nothing told when.
        return bool(one["until"])
