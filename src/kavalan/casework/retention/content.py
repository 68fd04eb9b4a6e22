"""What exactly goes with a report, by the sort of the schedule, and taking it out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet

from kavalan.casework.access.models import Placement
from kavalan.casework.authority.models import Authority
from kavalan.casework.identities.models import Identity, SealedVersion
from kavalan.casework.intake.models import Delivery, Naming, Person, Report, ReportFile
from kavalan.casework.intake.rules import Lane, PersonRole
from kavalan.casework.jobs.models import Job
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.retention.reach import Reach, emptied_fields, with_indicators
from kavalan.casework.retention.schedules import Of
from kavalan.casework.search.indexing import forget, write_all
from kavalan.casework.vault.models import Kept

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

_HASHES: Final = ("md5", "sha256")
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Content:
    """What goes with one report.

    Attributes:
        reach: the rows.
        files: of which only the hashes go.
        delivery: whose original goes too, since nothing else of it is left; None otherwise.
        sealed: numbers of identities of which what is sealed goes.
        blobs: of the vault.
    """

    reach: Reach
    files: list[ReportFile]
    delivery: Delivery | None
    sealed: set[int]
    blobs: list[Kept]


def content_of(report: Report, of: Of, beside: Collection[int]) -> Content:
    """What goes with a report.

    Args:
        report: with its delivery.
        of: what the schedule is about.
        beside: numbers of the reports that go in the same purge.
    """
    reach, files = Reach(), list[ReportFile]()
    match of:
        case Of.REPORT:
            reach.follow(Report, {report.pk})
        case Of.REPORTER:
            reach.add(Person, report.persons.filter(role=PersonRole.REPORTER).values_list("pk", flat=True))
        case _:
            files = list(unmatched(report.files.all()))
            reach.add(Naming, _of_files(report, files).values_list("pk", flat=True))
    with_indicators(reach)
    identities = reach.only_here(Identity, reach.named(Identity), {"identities.sealedversion"})
    delivery = report.delivery if of == Of.REPORT and _is_last(report, beside) else None
    named = reach.named(Kept) | ({delivery.kept_id} if delivery and delivery.kept_id else set())
    passing = {"intake.delivery"} if delivery else set()
    blobs = Kept.objects.filter(pk__in=reach.only_here(Kept, named, passing), doomed_at__isnull=True)
    return Content(reach, files, delivery, identities, list(blobs.order_by("pk")))


def unmatched(files: QuerySet[ReportFile]) -> QuerySet[ReportFile]:
    """Those of which a list was asked that does not know them, and of which a hash is still there."""
    known = files.filter(known=False)
    return (known.filter(md5__isnull=False) | known.filter(sha256__isnull=False)).order_by("pk")


def take_out(report: Report, of: Of, content: Content) -> None:
    """Take it out of the database; part of a step."""
    _forget_said([report.public_id] if of == Of.REPORT else [], content)
    SealedVersion.objects.filter(identity__in=content.sealed).delete()
    for model, numbers in content.reach.emptied.items():
        if fields := emptied_fields(model):
            QuerySet(model).filter(pk__in=numbers).update(**fields)
    for model, numbers in content.reach.in_order():
        Placement.objects.filter(kind=model._meta.label_lower, object_id__in=numbers).delete()
        forget(model, numbers)
        QuerySet(model).filter(pk__in=numbers).delete()
    match of:
        case Of.REPORT:
            _empty(report)
        case Of.REPORTER:
            _rewrite(report, _without_reporters(report.tip))
        case _:
            ReportFile.objects.filter(pk__in=[file.pk for file in content.files]).update(md5=None, sha256=None)
            for file in content.files:
                file.told = _without_hashes(file.told)
                file.save(update_fields=["told"])
            _rewrite(report, _without_file_hashes(report.tip, {file.number for file in content.files}))
    if content.delivery:
        _empty_delivery(content.delivery)
    # What is left of it is found; of a report that was purged, nothing is.
    write_all([report])


def _is_last(report: Report, beside: Collection[int]) -> bool:
    others = Report.objects.filter(delivery=report.delivery_id).exclude(pk__in={report.pk, *beside})
    gone = Report.objects.filter(tombstones__purge__of=Of.REPORT, tombstones__done_at__isnull=False)
    return not others.exclude(pk__in=gone).exists()


def _of_files(report: Report, files: list[ReportFile]) -> QuerySet[Naming]:
    values = {bytes(one).hex() for file in files for one in (file.md5, file.sha256) if one is not None}
    return report.namings.filter(indicator__value__in=values)


def _forget_said(subjects: list[UUID], content: Content) -> None:
    """What was said beside the ledger's entries about them; the entries stay, and hold without it."""
    for model, numbers in content.reach.goes.items():
        if any(one.name == "public_id" for one in model._meta.concrete_fields):
            subjects += list(QuerySet(model).filter(pk__in=numbers).values_list("public_id", flat=True))
    if content.delivery:
        subjects.append(content.delivery.public_id)
    for first in range(0, len(subjects), _BATCH):
        digests = LedgerEntry.objects.filter(subject__in=subjects[first : first + _BATCH]).values("payload")
        LedgerPayload.objects.filter(digest__in=digests).delete()


def _empty(report: Report) -> None:
    Authority.objects.filter(report=report).update(accounts=[])
    report.sender = report.sender_number = ""
    report.tip, report.answers, report.digest = {"form": report.form}, {}, b""
    report.received_at = report.taken_by = report.duplicate_of = None
    report.risk = report.workability = report.viewing = report.unknown = 0
    report.lane = Lane.ORDINARY
    report.save()


def _empty_delivery(delivery: Delivery) -> None:
    delivery.name, delivery.sender, delivery.fault, delivery.beside = b"", "", "", []
    delivery.kept = delivery.sha256 = delivery.digest = None
    delivery.save()
    Job.objects.filter(delivery=delivery).update(fault="")


def _rewrite(report: Report, tip: dict[str, Any]) -> None:
    report.tip = tip
    report.save(update_fields=["tip"])


def _without_reporters(tip: dict[str, Any]) -> dict[str, Any]:
    persons = tip.get("persons", [])
    gone = [number for number, person in enumerate(persons) if person.get("role") == PersonRole.REPORTER]
    places = tuple(f"persons[{number}]" for number in gone)
    return {
        **tip,
        "persons": [
            {"role": PersonRole.REPORTER.value} if number in gone else person for number, person in enumerate(persons)
        ],
        **{
            name: [one for one in tip[name] if not any(str(text).startswith(places) for text in one.values())]
            for name in ("places", "stood")
            if name in tip and places
        },
    }


def _without_hashes(told: dict[str, Any]) -> dict[str, Any]:
    pairs = [pair for pair in told.get("said", []) if "hash" not in str(pair[0]).lower()]
    return {**told, **dict.fromkeys(_HASHES, ""), "said": pairs}


def _without_file_hashes(tip: dict[str, Any], numbers: Collection[int]) -> dict[str, Any]:
    files = tip.get("files", [])
    told = [_without_hashes(file) if number in numbers else file for number, file in enumerate(files)]
    return {**tip, "files": told}
