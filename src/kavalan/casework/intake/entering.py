"""Entering reports: what can be made ready before the transaction is, and what is left is a few statements.

Both ways in lead through here, a delivery with thousands and a call that one officer types.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec
from django.db.models import F
from django.utils import timezone

from kavalan.casework import keys
from kavalan.casework.access.models import Placement
from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.authority.rules import Account, DataKind, preliminary_grounds
from kavalan.casework.authority.rules import Kind as PaperKind
from kavalan.casework.bulk import Prepared
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.starting import start_for
from kavalan.casework.identities.many import SealedNames
from kavalan.casework.identities.models import Identity, SealedVersion
from kavalan.casework.intake.hiding import to_hide, without
from kavalan.casework.intake.indicators import ACCOUNT, Named, named_in
from kavalan.casework.intake.models import (
    Delivery,
    Indicator,
    Naming,
    Numbering,
    Person,
    Report,
    ReportFile,
)
from kavalan.casework.intake.rules import reference
from kavalan.casework.search.indexing import write_all
from kavalan.casework.search.models import SearchDocument
from kavalan.casework.subjects.telling import WRITES as TOLD
from kavalan.casework.subjects.telling import tell
from kavalan.casework.triage.likeness import WRITES as RELATED
from kavalan.casework.triage.likeness import relate
from kavalan.casework.triage.looking import WRITES as LOOKED
from kavalan.casework.triage.looking import first_look
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.services import enter
from kavalan.identifiers import Kind
from kavalan.tips import Tip, Unread
from kavalan.tips.triage import possible_minors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.vault import Stored

WRITES: Final = (
    *RELATED,
    *LOOKED,
    *TOLD,
    Authority,
    Clock,
    Delivery,
    Identity,
    Indicator,
    Kept,
    Naming,
    Numbering,
    Permit,
    Person,
    Placement,
    ReportFile,
    SealedVersion,
    SearchDocument,
)
"""What `Entry.enter` writes: the models of a step that calls it."""

_ROW: Final = b"intake row"
_REACHED: Final = frozenset({ACCOUNT, Kind.EMAIL, Kind.PHONE, Kind.HANDLE})
"""Kinds of indicators that a report's own authority names."""
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A tip that is about to be a report.

    Attributes:
        position: in its delivery, from 1.
        tip: as it was read or typed.
        digest: of its own bytes; None where they are told by the tip alone (a row of a table, what was typed).
        answers: what a person said, by the fact's name.
        confidential: the reporter wants not to be named.
        known: of each of its files whether a list of the unit knows it; empty where none was asked.
        kept: its files that came with it and lie in the vault, by the file's number.
    """

    position: int
    tip: Tip
    digest: bytes | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    confidential: bool = False
    known: Sequence[bool | None] = ()
    kept: Mapping[int, Stored] = field(default_factory=dict)


class Entry:
    """Reports of one delivery, made ready.

    Args:
        delivery: with its desk, the desk's compartment and unit.
        drafts: at most some hundred.
        by: who seals their names and carries their authorities.
        at: aware UTC.

    Raises:
        LockedError: this process holds no keys.
    """

    def __init__(self, delivery: Delivery, drafts: Sequence[Draft], by: Officer, at: datetime) -> None:
        self._delivery, self._drafts, self._at, self._by = delivery, drafts, at, by
        self._hide(drafts)
        named = [named_in(tip) for tip in self._tips]
        self._named = [found for found, _ in named]
        for place, (_, beyond) in enumerate(named):
            if beyond:
                self._tips[place] = _with_unread(self._tips[place], "identifiers", f"{beyond} more than are kept apart")
        pairs = list(zip(drafts, self._tips, strict=True))
        self._unread = sum(bool(tip.unread) for tip in self._tips)
        self._ids = [uuid.uuid4() for _ in drafts]
        self._reports = Prepared(
            Report, [self._report(*pair, public) for pair, public in zip(pairs, self._ids, strict=True)]
        )
        self._persons = Prepared(Person, [one for place in range(len(pairs)) for one in self._persons_of(place)])
        self._files = Prepared(ReportFile, [one for draft, tip in pairs for one in _files_of(draft, tip)])
        self._indicators = Prepared(Indicator, [Indicator(kind=kind, value=value) for kind, value in self._pairs()])
        self._namings = Prepared(Naming, [_naming(one) for found in self._named for one in found])
        kind = Report._meta.label_lower
        room = delivery.desk.compartment_id
        self._placements = Prepared(Placement, [Placement(kind=kind, compartment_id=room) for _ in drafts])
        self._prepare_authorities()

    def enter(self) -> list[Report]:
        """Add them all, with their numbers, names, authorities and what follows from them; part of a verb or a step.

        A bounded number of queries, however many reports. What calls it writes `WRITES`.
        """
        references = _numbers(self._delivery, len(self._ids), self._at)
        authorities = self._enter_authorities(references)
        identities = iter(self._sealed.enter())
        self._reports.insert(reference=references, authority_id=authorities)
        reports = list(
            Report.objects.filter(public_id__in=self._ids).select_related("desk__unit", "delivery").order_by("position")
        )
        numbers = [report.pk for report in reports]
        self._placements.insert(object_id=numbers)
        self._enter_persons(numbers, identities)
        self._enter_files(numbers)
        self._enter_namings(numbers)
        Delivery.objects.filter(pk=self._delivery.pk).update(
            reports=F("reports") + len(reports), unread=F("unread") + self._unread
        )
        relate(reports, self._at)
        first_look(reports, self._at)
        start_for(reports, self._at)
        tell(reports, self._at)
        write_all(reports)
        return reports

    def _hide(self, drafts: Sequence[Draft]) -> None:
        tips = [draft.tip for draft in drafts]
        self._minors = [possible_minors(tip, self._at) for tip in tips]
        hidden = [
            to_hide(tip, minors, confidential=draft.confidential)
            for tip, minors, draft in zip(tips, self._minors, drafts, strict=True)
        ]
        named = [(one.kind, one.particulars) for some in hidden for one in some.values()]
        self._sealed = SealedNames(named, self._delivery.desk.compartment, self._by, self._at)
        drawn = iter(self._sealed.pseudonyms)
        self._hidden = hidden
        pseudonyms = [{number: next(drawn) for number in some} for some in hidden]
        self._tips = [without(tip, some, names) for tip, some, names in zip(tips, hidden, pseudonyms, strict=True)]

    def _report(self, draft: Draft, tip: Tip, public: uuid.UUID) -> Report:
        delivery = self._delivery
        return Report(
            public_id=public,
            desk_id=delivery.desk_id,
            delivery_id=delivery.pk,
            position=draft.position,
            form=delivery.form,
            sender=_fitted(tip.sender or delivery.sender, 200),
            sender_number=_fitted(tip.number, 100),
            received_at=tip.received.utc if tip.received else None,
            arrived_at=delivery.arrived_at,
            entered_at=delivery.entered_at,
            tip=msgspec.to_builtins(tip),
            digest=draft.digest or keys.held().vault.keyed(_ROW, msgspec.msgpack.encode(draft.tip)),
            answers=dict(draft.answers),
        )

    def _persons_of(self, place: int) -> list[Person]:
        minors = self._minors[place]
        return [
            Person(
                number=number,
                role=person.role,
                told=msgspec.to_builtins(person),
                minor=minors[number].basis if number in minors else "",
            )
            for number, person in enumerate(self._tips[place].persons)
        ]

    def _pairs(self) -> list[tuple[str, str]]:
        """In order, so that two who add the same ones wait for each other rather than for ever."""
        return sorted({(str(one.kind), one.value) for found in self._named for one in found})

    def _prepare_authorities(self) -> None:
        """Each report's own authority; a report that names nobody's account, number or address carries none."""
        reached = [
            sorted({Account(str(one.kind), one.value) for one in found if one.strong and one.kind in _REACHED})
            for found in self._named
        ]
        self._carrying = [bool(accounts) for accounts in reached]
        every = sorted(kind.value for kind in DataKind)
        rows = [
            Authority(
                kind=PaperKind.PRELIMINARY,
                unit_id=self._delivery.desk.unit_id,
                exhibits=[],
                accounts=[[one.platform, one.native_id] for one in accounts],
                kinds=every,
                recorded_by=self._by,
                recorded_at=self._at,
            )
            for accounts in reached
            if accounts
        ]
        self._authorities = Prepared(Authority, rows)
        spans = preliminary_grounds("", [], self._at).activities
        permits = [
            Permit(activity=activity, valid_from=span.start, valid_until=span.end)
            for _ in rows
            for activity, span in spans.items()
        ]
        self._permits, self._permits_each = Prepared(Permit, permits), len(spans)

    def _enter_authorities(self, references: Sequence[str]) -> list[int | None]:
        own = [one for one, carries in zip(references, self._carrying, strict=True) if carries]
        self._authorities.insert(reference=own, giver=own)
        there = Authority.objects.filter(unit=self._delivery.desk.unit_id, reference__in=own)
        found = dict(there.values_list("reference", "pk"))
        numbers = [found[one] for one in own]
        self._permits.insert(authority_id=_each(numbers, [self._permits_each] * len(numbers)))
        return [found.get(one) for one in references]

    def _enter_persons(self, reports: Sequence[int], identities: Iterator[int]) -> None:
        counts = [len(tip.persons) for tip in self._tips]
        sealed = [
            next(identities) if number in hidden else None
            for hidden, count in zip(self._hidden, counts, strict=True)
            for number in range(count)
        ]
        self._persons.insert(report_id=_each(reports, counts), identity_id=sealed)

    def _enter_files(self, reports: Sequence[int]) -> None:
        kept = [
            self._kept(draft.kept[number]) if number in draft.kept else None
            for draft, tip in zip(self._drafts, self._tips, strict=True)
            for number in range(len(tip.files))
        ]
        self._files.insert(report_id=_each(reports, [len(tip.files) for tip in self._tips]), kept_id=kept)

    def _kept(self, stored: Stored) -> int:
        rooms, media_type = [self._delivery.desk.compartment], "application/octet-stream"
        return enter(stored, what=What.REPORT, media_type=media_type, by=self._by, at=self._at, rooms=rooms).pk

    def _enter_namings(self, reports: Sequence[int]) -> None:
        self._indicators.insert(ignore_conflicts=True)
        indicators = self._found_indicators()
        people = Person.objects.filter(report__in=reports).values_list("report", "number", "pk")
        persons = {(report, number): pk for report, number, pk in people}
        flat = [(report, one) for report, found in zip(reports, self._named, strict=True) for one in found]
        self._namings.insert(
            report_id=[report for report, _ in flat],
            indicator_id=[indicators[str(one.kind), one.value] for _, one in flat],
            person_id=[None if one.person is None else persons[report, one.person] for report, one in flat],
        )

    def _found_indicators(self) -> dict[tuple[str, str], int]:
        values = sorted({value for _, value in self._pairs()})
        found: dict[tuple[str, str], int] = {}
        for first in range(0, len(values), _AT_ONCE):
            there = Indicator.objects.filter(value__in=values[first : first + _AT_ONCE])
            found |= {(kind, value): pk for kind, value, pk in there.values_list("kind", "value", "pk")}
        return found


def _files_of(draft: Draft, tip: Tip) -> Iterator[ReportFile]:
    for number, file in enumerate(tip.files):
        yield ReportFile(
            number=number,
            told=msgspec.to_builtins(file),
            md5=_digest(file.md5, 16),
            sha256=_digest(file.sha256, 32),
            seen_by_sender=file.seen_by_sender,
            known=draft.known[number] if draft.known else None,
        )


def _digest(text: str, size: int) -> bytes | None:
    """What a sender calls a digest, where it is one."""
    return bytes.fromhex(text) if len(text) == 2 * size and set(text) <= set("0123456789abcdefABCDEF") else None


def _naming(one: Named) -> Naming:
    return Naming(where=one.where, strong=one.strong, port=one.port, at=one.at, proxy=one.proxy)


def _with_unread(tip: Tip, where: str, why: str) -> Tip:
    return msgspec.structs.replace(tip, unread=(*tip.unread, Unread(where, why)))


def _fitted(text: str, longest: int) -> str:
    """A text as long as its column is; a longer one ends in its digest, so that it stays apart from all others."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 33]}~{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _each(numbers: Sequence[int], counts: Sequence[int]) -> list[int]:
    """Each number as often as it is counted."""
    return [number for number, count in zip(numbers, counts, strict=True) for _ in range(count)]


def _numbers(delivery: Delivery, count: int, at: datetime) -> list[str]:
    """The next running numbers of the desk's year; whoever else takes some at this moment waits."""
    year = timezone.localtime(at).year
    Numbering.objects.get_or_create(desk=delivery.desk, year=year)
    numbering = Numbering.objects.select_for_update().get(desk=delivery.desk, year=year)
    taken = Authority.objects.filter(unit=delivery.desk.unit_id)
    while True:
        found = [reference(number, year) for number in range(numbering.last + 1, numbering.last + 1 + count)]
        numbering.last += count
        # Somebody may have recorded by hand the authority of a report that had this number elsewhere.
        if not taken.filter(reference__in=found).exists():
            numbering.save(update_fields=["last"])
            return found
