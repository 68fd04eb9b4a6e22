"""A referral as its print says it: what is under a known label becomes a field, and every other line stays what it is.

A print has no structure but its words, and what a sender quotes stands among them: a line that reads like a label may
be part of a message. So each field says on which line it stands, and where a referral comes as JSON too that goes
before.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from kavalan.tips.model import Leftover, Moment, Passage, Stood, Tip, Unread
from kavalan.tips.moments import moment, moment_in
from kavalan.tips.printed import labels
from kavalan.tips.printed.drafts import FileDraft, PersonDraft, PlaceDraft
from kavalan.tips.printed.font import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.tips.moments import Order
    from kavalan.tips.printed.labels import Means
    from kavalan.tips.printed.page import Line

FORM = "print"

_ORDERS: dict[str, Order] = {"MM-DD-YYYY": "mdy", "DD-MM-YYYY": "dmy", "YYYY-MM-DD": "ymd"}
_IN_UTC = re.compile(r"(.+?)\s*(?:UTC|GMT|Z)", re.IGNORECASE)
_MD5 = re.compile(r"[0-9A-Fa-f]{32}")
_ADDRESS = re.compile(
    r"(?:(?P<four>(?:\d{1,3}\.){3}\d{1,3})|\[(?P<boxed>[0-9A-Fa-f.:]{2,45})\]|(?P<six>[0-9A-Fa-f.:]{2,45})(?!\S))"
    r"(?:(?::| port )(?P<port>\d{1,5}))?(?:\s+\((?P<event>[^)]{1,40})\))?(?:\s+(?:(?:at|on)\s+)?(?P<at>\d.*))?"
)
_TRUTH = {"yes": True, "no": False, "true": True, "false": False}


_KNOWN = labels.PASSAGES | labels.PEOPLE.keys() | labels.SECTIONS | {labels.FILES}


def read_lines(lines: Sequence[Line]) -> Tip | None:
    """What the lines of a document say; None where it nowhere calls itself a CyberTipline report."""
    order = next((found[1].upper() for line in lines if (found := labels.DATES.search(line.text))), None)
    reader = _Reader(_ORDERS[order] if order else None)
    for line in lines:
        reader.take(line)
    return reader.tip() if reader.recognised else None


class _Reader:
    """Goes down the lines, and knows under which heading it is.

    Attributes:
        recognised: a line calls the document a CyberTipline report.
    """

    def __init__(self, order: Order | None) -> None:
        self.recognised = False
        self._order = order
        self._said: dict[str, str] = {}
        self._moments: dict[str, Moment] = {}
        self._persons: list[PersonDraft] = []
        self._files: list[FileDraft] = []
        self._places: list[PlaceDraft] = []
        self._person = PersonDraft("reported")
        self._section, self._heading, self._under_file = "", "", False
        self._passages: list[tuple[str, list[str]]] = []
        self._leftovers: list[Leftover] = []
        self._stood: list[Stood] = []
        self._unread: list[Unread] = []
        self._waiting: tuple[Means, str] | None = None

    def take(self, line: Line) -> None:
        """Read one line."""
        text = line.text
        if UNKNOWN in text:
            self._unread.append(Unread(line.where, f"{text.count(UNKNOWN)} characters say nothing in their font"))
        waiting, self._waiting = self._waiting, None
        if self._is_heading(text) or self._is_of_the_report(line):
            return
        found = labels.LABEL.fullmatch(text)
        means = labels.LABELS.get(found[1].casefold()) if found else None
        if found is not None and means is not None:
            if not found[2]:
                self._waiting = means, text
            elif not self._note(means, found[2], line):
                self._leftovers.append(Leftover(line.where, text))
        elif found is not None and found[2]:
            self._leftovers.append(Leftover(line.where, text))
        elif waiting is None or not self._note(waiting[0], text, line):
            self._keep(text, line)

    def tip(self) -> Tip:
        """All of it."""
        tip = Tip(
            form=FORM,
            received=self._moments.get("received"),
            incident_at=self._moments.get("incident_at"),
            persons=tuple(draft.person() for draft in self._persons),
            files=tuple(draft.file() for draft in self._files),
            places=tuple(draft.place() for draft in self._places),
            passages=tuple(
                Passage(heading, "\n".join(texts))
                for heading, texts in self._passages
                if texts or _plain(heading) not in _KNOWN
            ),
            leftovers=tuple(self._leftovers),
            stood=tuple(self._stood),
            unread=tuple(self._unread),
        )
        return msgspec.structs.replace(tip, **self._said)

    def _is_heading(self, text: str) -> bool:
        """Whether a line parts what comes from what came; it is kept as the heading of what follows."""
        name = _plain(text)
        if found := labels.SECTION.match(text):
            self._section, self._under_file = found[1].upper(), False
        elif name in labels.PEOPLE:
            self._person, self._under_file = PersonDraft(labels.PEOPLE[name]), False
        elif name == labels.FILES:
            self._under_file = True
        elif name not in labels.PASSAGES:
            return False
        self._heading = text
        self._passages.append((text, []))
        return True

    def _is_of_the_report(self, line: Line) -> bool:
        """What stands on the first page without a label."""
        if found := labels.REPORT.search(line.text):
            self.recognised = True
            taken = bool(found[1]) and self._text("number", found[1], line)
            return taken and found.end() - found.start() == len(line.text)
        if found := labels.RECEIVED.fullmatch(line.text):
            return self._when("received", found[1], line)
        return False

    def _keep(self, text: str, line: Line) -> None:
        if self._passages:
            self._passages[-1][1].append(text)
        else:
            self._leftovers.append(Leftover(line.where, text))

    def _note(self, means: Means, said: str, line: Line) -> bool:
        """Take what a label says; False where it does not fit, and stays what it is."""
        match means.of:
            case "tip" if means.field in {"received", "incident_at"}:
                return self._when(means.field, said, line)
            case "tip":
                return self._text(means.field, said, line)
            case "person" | "account":
                self._begin_person(means.field)
                return self._stands(self._person.set(means, said), f"persons[{len(self._persons) - 1}]", means, line)
            case "file":
                return self._of_file(means, said, line)
            case "place":
                taken = bool(self._places) and self._section == "B"
                return taken and self._stands(
                    self._places[-1].add(said), f"places[{len(self._places) - 1}]", means, line
                )
            case "capture":
                return self._of_capture(means, said, line)

    def _text(self, field: str, said: str, line: Line) -> bool:
        """The first that says a thing is heard; another that says otherwise is left over."""
        if self._said.setdefault(field, said) != said:
            return False
        self._stood.append(Stood(field, line.where))
        return True

    def _when(self, field: str, said: str, line: Line) -> bool:
        at = self._moment(said)
        if self._moments.setdefault(field, at) != at:
            return False
        self._stood.append(Stood(field, line.where))
        return True

    def _moment(self, said: str) -> Moment:
        """A time; in figures only where the print says their order, and only with its zone."""
        exact, found = moment(said), _IN_UTC.fullmatch(said)
        if exact.utc is not None or found is None or self._order is None:
            return exact
        return Moment(said, moment_in(found[1], self._order, UTC).utc)

    def _begin_person(self, field: str) -> None:
        if field == "name" and self._person.has_name:
            self._person = PersonDraft(self._person.role)
        if not any(draft is self._person for draft in self._persons[-1:]):
            self._persons.append(self._person)

    def _of_file(self, means: Means, said: str, line: Line) -> bool:
        if not self._files or (means.field == "name" and self._files[-1].has("name")):
            self._files.append(FileDraft())
        self._under_file = True
        value: str | bool | None = said
        if means.field == "md5":
            value = said.lower() if _MD5.fullmatch(said) else None
        elif means.field == "seen_by_sender":
            value = _TRUTH.get(said.casefold())
        return self._stands(self._files[-1].set(means.field, value), f"files[{len(self._files) - 1}]", means, line)

    def _of_capture(self, means: Means, said: str, line: Line) -> bool:
        if self._section == "B" and means.field == "value":
            if taken := _is_address(said):
                self._places.append(PlaceDraft(self._heading, said))
            if taken:
                self._stood.append(Stood(f"places[{len(self._places) - 1}].address", line.where))
            return taken
        holder: PersonDraft | FileDraft = self._person
        if self._under_file and self._files:
            holder, where = self._files[-1], f"files[{len(self._files) - 1}]"
        else:
            self._begin_person("")
            where = f"persons[{len(self._persons) - 1}]"
        taken = self._capture(holder, said) if means.field == "value" else self._of_last(holder, means.field, said)
        return self._stands(taken, f"{where}.captures[{len(holder.captures) - 1}]", means, line)

    def _capture(self, holder: PersonDraft | FileDraft, said: str) -> bool:
        found = _ADDRESS.fullmatch(said)
        value: str = (found["four"] or found["boxed"] or found["six"]) if found else ""
        if found is None or not _is_address(value):
            return False
        at = self._moment(found["at"]) if found["at"] else None
        holder.captures.append(
            {"kind": "IP Address", "value": value, "port": found["port"] or "", "event": found["event"] or ""}
            | ({"at": at} if at else {})
        )
        return True

    def _of_last(self, holder: PersonDraft | FileDraft, field: str, said: str) -> bool:
        """What a label says of the address above it."""
        values: dict[str, str | bool | Moment | None] = {
            "at": self._moment(said),
            "possible_proxy": _TRUTH.get(said.casefold()),
            "port": said if said.isascii() and said.isdigit() else None,
            "event": said,
        }
        value = values[field]
        if not holder.captures or holder.captures[-1].get(field) or value is None:
            return False
        holder.captures[-1][field] = value
        return True

    def _stands(self, taken: bool, of: str, means: Means, line: Line) -> bool:
        if taken:
            field = f"account.{means.field}" if means.of == "account" else means.field
            self._stood.append(Stood(f"{of}.{field}", line.where))
        return taken


def _plain(heading: str) -> str:
    """A heading without the page's number that stands behind it in a list of contents."""
    return heading.casefold().rstrip(" :0123456789.")


def _is_address(said: str) -> bool:
    try:
        ipaddress.ip_address(said)
    except ValueError:
        return False
    return True
