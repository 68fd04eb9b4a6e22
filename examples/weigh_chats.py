"""How much of the truth comes back: reads what `examples/chats.py` wrote, and holds it against `truth.json`.

python examples/chats.py --out district --forms all
python examples/weigh_chats.py district
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kavalan.chats import Asked, ChatReader, Collected, Store, collect, open_exports, read_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLES: Final = ("member", "admin", "creator")
_CLAIMS: Final = """
SELECT c.title, a.native, a.name, m.role, m.since, m.since_by, m.first_seen, m.until, m.until_by
FROM memberships m JOIN accounts a ON a.id = m.account_id JOIN conversations c ON c.id = m.conversation_id
"""
_TOLD: Final = """
SELECT c.title, a.native, a.name, m.time_local, m.text
FROM messages m JOIN accounts a ON a.id = m.sender_id JOIN conversations c ON c.id = m.conversation_id
WHERE m.kind = 'text'
"""
_EDITED: Final = "<This message was edited>"


@dataclass
class Weighed:
    """What came back of one form.

    Attributes:
        form: as it calls itself.
        sources: read.
        messages: in them, by the maker's count and by the reader's.
        said: words that somebody wrote, and those of them that are told with their author and time.
        true: intervals of all who ever had a role in the groups.
        evident: of these, whose beginning the source states.
        dated: evident intervals that were found with their times.
        found: true intervals that were found at all.
        right: claims that are true.
        wrong: claims that are not, in words.
        passed_on: messages that were passed on, by the source's word and by the reader's.
        files: messages with a file whose digest is in the source, and those of them that are told with it.
    """

    form: str
    sources: int = 0
    messages: tuple[int, int] = (0, 0)
    said: tuple[int, int] = (0, 0)
    true: int = 0
    evident: int = 0
    dated: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    passed_on: tuple[int, int] = (0, 0)
    files: tuple[int, int] = (0, 0)


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


class Scale:
    """Holds one store against the truth."""

    def __init__(self, truth: dict[str, Any], source: dict[str, Any], weighed: Weighed) -> None:
        self._source, self._weighed = source, weighed
        self._digits = {"day": 10, "minute": 16, "second": 19}[source["precision"]]
        self._true: dict[tuple[str, int, str], list[dict[str, Any]]] = defaultdict(list)
        for title in source["sees"]:
            for one in truth["groups"][title]:
                self._true[title, one["who"], one["role"]].append(one)

        self._matched: dict[int, bool] = {}
        self._said = Counter(
            (title, who, at[: self._digits], text)
            for title, since in source["sees"].items()
            for at, who, text in truth["said"][title]
            if at >= since
        )
        weighed.said = _plus(weighed.said, self._said.total(), 0)

    def put(self, store: Store) -> None:
        """Every claim of a store, and what was said."""
        titles = self._source["titles"]
        told = Counter(
            (titles.get(title, title), self._named(native, name), at[: self._digits], self._words(text))
            for title, native, name, at, text in store.base.execute(_TOLD)
        )
        self._weighed.said = _plus(self._weighed.said, 0, (told & self._said).total())
        for row in store.base.execute(_CLAIMS):
            claim = Claim(titles.get(row[0], row[0]), *row[1:])
            who = self._named(claim.native, claim.name)
            if claim.role not in ROLES or claim.title not in self._source["sees"] or who == 0:
                continue
            one = None if who is None else self._meant(who, claim)
            if one is None:
                self._weighed.wrong.append(f"{self._source['given']}: {claim}")
                continue
            self._weighed.right += 1
            self._matched[id(one)] = self._matched.get(id(one), False) or claim.since_by in {"stated", "implied"}

    def _words(self, text: str) -> str:
        """What somebody wrote: a letter begins with its subject, and a text says behind the words that they changed."""
        if self._source["form"] == "email":
            text = text.partition("\n\n")[2]
        return text.strip().removesuffix(_EDITED).rstrip(" \u200e")

    def take(self) -> None:
        """Every interval that is true."""
        for one, title in ((one, place[0]) for place, those in self._true.items() for one in those):
            evident = self._stated(title, one["by"], one["since"])
            self._weighed.true += 1
            self._weighed.evident += evident
            self._weighed.found += id(one) in self._matched
            self._weighed.dated += evident and self._matched.get(id(one), False)

    def _named(self, native: str, name: str) -> int | None:
        """The person; 0 for what stands for nobody, None for somebody unknown."""
        names: dict[str, int] = self._source["names"]
        return names.get(native, names.get(name))

    def _meant(self, who: int, claim: Claim) -> dict[str, Any] | None:
        """The true interval that is claimed; None where there is none."""
        those = self._true[claim.title, who, claim.role]
        if claim.since:
            return next(
                (one for one in those if self._same(one["since"], claim.since) and self._ends(one, claim)), None
            )
        if claim.until_by == "roster" and not claim.until and any(not one["until"] for one in those):
            # Who went and came again meanwhile did so where the source does not tell it.
            those = [one for one in those if not self._tells(one["until_by"])]
            return next((one for one in those if self._covers(one, claim)), None)
        return next((one for one in those if self._covers(one, claim) and self._ends(one, claim)), None)

    def _covers(self, one: dict[str, Any], claim: Claim) -> bool:
        """Who has no beginning was there when first seen; whom only a list names, when that was made."""
        if not claim.first_seen:
            return not one["until"] or bool(claim.until)
        seen = claim.first_seen[: self._digits]
        return one["since"][: self._digits] <= seen and (not one["until"] or seen <= one["until"][: self._digits])

    def _ends(self, one: dict[str, Any], claim: Claim) -> bool:
        if claim.until:
            return self._same(one["until"], claim.until)
        if claim.until_by in {"open", "roster"}:
            return not one["until"] or (claim.until_by == "open" and not self._tells(one["until_by"]))
        # It ended before somebody came again, and nothing told when.
        return bool(one["until"])

    def _same(self, true: str, claimed: str) -> bool:
        return true[: self._digits] == claimed[: self._digits]

    def _tells(self, act: str) -> bool:
        return act in self._source["states"]

    def _stated(self, title: str, act: str, since: str) -> bool:
        return self._tells(act) and since >= self._source["sees"][title]


def weigh(folder: Path) -> list[Weighed]:
    """All sources of a district, by form."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    forms: dict[str, Weighed] = {}
    shutil.rmtree(folder / "stores", ignore_errors=True)
    asked = Asked("FIR 1/2026", "A. Examiner", datetime.now(UTC), zone=truth["zone"])
    with ChatReader() as reader:
        for source in truth["sources"]:
            form = f"{source['form']} {source['kind']}".strip()
            weighed = forms.setdefault(form, Weighed(form))
            scale = Scale(truth, source, weighed)
            weighed.messages = _plus(weighed.messages, sum(source["messages"].values()), 0)
            weighed.passed_on = _plus(weighed.passed_on, source["passed_on"], 0)
            weighed.files = _plus(weighed.files, sum(source["digests"].values()), 0)
            for collected in _read(reader, folder, source, asked):
                _put(scale, weighed, collected, source["digests"])
            scale.take()
    return list(forms.values())


def _read(reader: ChatReader, folder: Path, source: dict[str, Any], asked: Asked) -> Iterator[Collected]:
    if source["columns"]:
        asked = asked._replace(columns=read_columns(folder / source["columns"]))
    with open_exports(folder / source["given"], "table" if source["columns"] else "") as exports:
        for export in exports:
            if export.form != source["form"]:
                message = f"{source['given']} is {source['form']}, and is taken for {export.form}"
                raise SystemExit(message)
            yield collect(reader, export, folder / "stores", asked)


def _put(scale: Scale, weighed: Weighed, collected: Collected, digests: dict[str, int]) -> None:
    with Store(collected.folder) as store:
        scale.put(store)
        passed = store.base.execute(
            "SELECT count(*) FROM messages WHERE forwards > 0 OR forwarded_from != '' OR origin != ''"
        ).fetchone()[0]
        files = store.base.execute("SELECT max(media_sha256, stated_sha256) FROM messages").fetchall()
    weighed.sources += 1
    weighed.messages = _plus(weighed.messages, 0, collected.reading.messages)
    weighed.passed_on = _plus(weighed.passed_on, 0, passed)
    weighed.files = _plus(weighed.files, 0, sum(digest in digests for (digest,) in files))


def _plus(sums: tuple[int, int], first: int, second: int) -> tuple[int, int]:
    return sums[0] + first, sums[1] + second


def table(forms: list[Weighed]) -> str:
    """In Markdown."""
    lines = [
        "| form | messages | words | claims right | stated intervals | all intervals | passed on | files |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in forms:
        cells = (
            f"`{one.form}`",
            f"{one.messages[1]:,} of {one.messages[0]:,}",
            f"{one.said[1]:,} of {one.said[0]:,}",
            _share(one.right, one.right + len(one.wrong)),
            _share(one.dated, one.evident),
            _share(one.found, one.true),
            f"{one.passed_on[1]} of {one.passed_on[0]}",
            f"{one.files[1]} of {one.files[0]}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "none"


def main() -> None:
    """Print what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="as one list of objects, wrong claims in words")
    asked = parser.parse_args()
    forms = weigh(asked.folder)
    print(json.dumps([asdict(one) for one in forms]) if asked.json else table(forms))
    for wrong in (wrong for one in forms for wrong in one.wrong[:5]):
        print(wrong, file=sys.stderr)


if __name__ == "__main__":
    main()
