"""Exported chats of an invented district, with what is true of them: `python examples/chats.py --out DIR --seed 1`.

One administrator with 35 groups, one of which has 217 members with numbers of seven other countries; a seller who is
paid by UPI; and bystanders, most of all who wrote the exports. They talk about boats and nets. Numbers are of ranges
kept for fiction (Ofcom, NANPA, ACMA, ComReg, ARCEP, PTS, BNetzA), or of India and plainly no number.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

ADMIN, SELLER, EXPORTER = "Asha Boats", "Net Seller", "You"
GROUPS, LARGE = 35, 217
FOREIGN = (
    "+44 7700 900{:03}",
    "+1 555 010 0{:03}",
    "+61 491 570 {:03}",
    "+353 20 910 0{:03}",
    "+33 6 39 98 0{:03}",
    "+46 70 174 0{:03}",
    "+49 30 2312 5{:03}",
)
INDIAN = "+91 00000 0{:04}"
TALK = (
    "the boats go out at five",
    "നാളെ രാവിലെ വള്ളം കടവിൽ വരും",
    "कल शाम को नाव किनारे पर मिलेगी",
    "who has a spare net?",
    "ok",
    "see you at the harbour",
    "rain tomorrow, they say",
)


@dataclass
class Interval:
    """That somebody had a role.

    Attributes:
        who: as shown.
        role: `member`, `admin` or `creator`.
        since: local time.
        until: local time; empty for as long as the export goes.
        seen: the export has the line that says when it began.
    """

    who: str
    role: str
    since: str
    until: str = ""
    seen: bool = True


@dataclass
class Group:
    """A group as it grows; what the exporter's telephone could not see is in the truth and not in the lines."""

    name: str
    iphone: bool
    at: datetime
    chance: random.Random
    lines: list[str] = field(default_factory=list)
    truth: list[Interval] = field(default_factory=list)
    visible: bool = True

    def say(self, who: str, text: str) -> None:
        """Somebody writes."""
        self._line(f"{who}: {text}")

    def tell(self, text: str) -> None:
        """WhatsApp writes; an iPhone shows it under the group's name, marked."""
        self._line(f"{self.name}: \u200e{text}" if self.iphone else text)

    def begin(self, who: str, *roles: str) -> None:
        """Somebody has roles from now on."""
        self.truth += [Interval(who, role, self._now(), seen=self.visible) for role in roles]

    def end(self, who: str, *roles: str) -> None:
        """And no longer."""
        for one in self.truth:
            if one.who == who and one.role in roles and not one.until:
                one.until = self._now()

    def members(self) -> list[str]:
        """Who is there now and wrote no export."""
        return [one.who for one in self.truth if one.role == "member" and not one.until and one.who != EXPORTER]

    def _now(self) -> str:
        return self.at.replace(second=self.at.second if self.iphone else 0).isoformat()

    def _line(self, text: str) -> None:
        stamp = f"[{self.at:%d/%m/%y, %H:%M:%S}] " if self.iphone else f"{self.at:%d/%m/%y, %I:%M\u202f%p} - ".lower()
        if self.visible:
            self.lines.append(stamp + text)
        self.at += timedelta(minutes=self.chance.randrange(1, 90))


def group(number: int, chance: random.Random) -> Group:
    """One of the administrator's groups; in every fifth the exporter was added late."""
    made = Group(f"Boats {number}", number % 2 == 0, datetime(2025, 1, 14, 8) + timedelta(hours=number), chance)  # noqa: DTZ001 local time
    made.visible = number % 5 != 4
    made.begin(ADMIN, "member", "creator", "admin")
    made.tell(f'{ADMIN} created group "{made.name}"')
    size = LARGE if number == 0 else chance.randrange(8, 30)
    people = [INDIAN.format(1000 * number + n) for n in range(size - 2)]
    if number == 0:
        people[: 7 * 9] = [form.format(n) for form in FOREIGN for n in range(100, 109)]
    for start in range(0, len(people), 10):
        added = people[start : start + 10]
        for who in added:
            made.begin(who, "member")
        made.tell(f"{ADMIN} added {', '.join(added)}")
    _exporter_comes(made)
    for _ in range(60):
        _something(made)
    return made


def _exporter_comes(made: Group) -> None:
    made.visible = True
    made.begin(EXPORTER, "member")
    made.tell(f"{ADMIN} added you")
    made.begin(SELLER, "member")
    made.tell(f"{SELLER} joined using this group's invite link")


def _something(made: Group) -> None:
    who = made.chance.choice(made.members())
    match made.chance.randrange(12):
        case 0 if who not in {ADMIN, SELLER}:
            made.end(who, "member", "admin")
            made.tell(f"{who} left")
        case 1 if who not in {ADMIN, SELLER}:
            made.end(who, "member", "admin")
            made.tell(f"{ADMIN} removed {who}")
        case 2 if not any(one.who == who and one.role == "admin" and not one.until for one in made.truth):
            made.begin(who, "admin")
            made.tell(f"{who} is now an admin")
        case 3 if who != ADMIN and any(one.who == who and one.role == "admin" and not one.until for one in made.truth):
            made.end(who, "admin")
            made.tell(f"{who} is no longer an admin")
        case 4:
            made.say(SELLER, "nets at 400, pay to netseller@okexample, UPI ref 512345678901")
        case _:
            made.say(who, made.chance.choice(TALK))


def write(out: Path, seed: int) -> list[dict[str, object]]:
    """Write the exports, and `truth.json` beside them."""
    chance = random.Random(seed)  # noqa: S311 not for secrets
    out.mkdir(parents=True, exist_ok=True)
    told: list[dict[str, object]] = []
    for number in range(GROUPS):
        made = group(number, chance)
        name = f"WhatsApp Chat with {made.name}.txt"
        end = "\r\n" if made.iphone else "\n"
        (out / name).write_text(end.join([*made.lines, ""]), encoding="utf-8", newline="")
        told.append({"file": name, "title": made.name, "intervals": [vars(one) for one in made.truth]})
    (out / "truth.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))
    return told


def main() -> None:
    """Write them where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    told = write(asked.out, asked.seed)
    print(f"{len(told)} chats in {asked.out}")


if __name__ == "__main__":
    main()
