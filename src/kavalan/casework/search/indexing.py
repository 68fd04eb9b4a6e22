"""Which objects have documents, and writing them in the transaction of the verb that changes their objects.

Every room whose objects can be found has a module `searched` with a function for each sort: it takes numbers of
objects and yields a `Draft` for each of them that can be found. What a verb was done to is written by itself, at the
verb's end (`written`); a verb or step that changes more says so (`write`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from django.apps import apps

from kavalan.casework.search.models import UNIT, SearchDocument
from kavalan.casework.search.rules import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from django.db.models import Model

    from kavalan.casework.search.draft import Draft

_FIELDS: Final = ("address", "anchor", "placed_kind", "placed_id", "title", "note", "lines", "words")


@dataclass(frozen=True, slots=True)
class Source:
    """A sort of objects that can be found.

    Attributes:
        kind: of their documents.
        model: Django's label.
        drafts: `module:function` that makes the drafts.
        route: of an object's page, which takes `Draft.address`.
        placed: labels of the models that lie in compartments and to which such an object belongs.
        through: by the label of a model whose rows tell something of such an object, the way from the row to the
            object, with dots: when a verb is done to such a row, the object's document is written.
    """

    kind: Kind
    model: str
    drafts: str
    route: str
    placed: Sequence[str]
    through: Mapping[str, str] = field(default_factory=dict)

    def make(self, numbers: Collection[int]) -> Iterable[Draft]:
        """The drafts of these objects."""
        module, _, name = self.drafts.partition(":")
        function: Callable[[Collection[int]], Iterable[Draft]] = getattr(import_module(module), name)
        return function(numbers)


SOURCES: Final[Sequence[Source]] = (
    Source(
        Kind.CASE,
        "cases.case",
        "kavalan.casework.cases.searched:case_drafts",
        "case",
        ("cases.case",),
        {"cases.externalnumber": "case"},
    ),
    Source(
        Kind.SUBJECT,
        "subjects.subject",
        "kavalan.casework.subjects.searched:subject_drafts",
        "subject",
        ("subjects.subject",),
        {"subjects.accountlink": "subject", "subjects.evidence": "subject"},
    ),
    Source(
        Kind.OPERATION,
        "operations.operation",
        "kavalan.casework.operations.searched:operation_drafts",
        "operation",
        ("operations.operation",),
    ),
    Source(
        Kind.REPORT,
        "intake.report",
        "kavalan.casework.intake.searched:report_drafts",
        "report",
        ("intake.report",),
        {"triage.possibleminor": "report", "routing.transfer": "report"},
    ),
    Source(
        Kind.EXHIBIT,
        "exhibits.exhibit",
        "kavalan.casework.exhibits.searched:exhibit_drafts",
        "exhibit",
        ("exhibits.exhibit",),
        {"uploads.upload": "exhibit"},
    ),
    Source(
        Kind.DEVICE,
        "custody.device",
        "kavalan.casework.custody.searched:device_drafts",
        "device",
        ("custody.device",),
    ),
    Source(
        Kind.SEIZURE,
        "custody.seizure",
        "kavalan.casework.custody.searched:seizure_drafts",
        "seizure",
        ("custody.seizure",),
    ),
    Source(
        Kind.AUTHORITY,
        "authority.authority",
        "kavalan.casework.authority.searched:authority_drafts",
        "authority",
        (UNIT,),
    ),
    Source(
        Kind.TASK,
        "cases.task",
        "kavalan.casework.cases.searched:task_drafts",
        "task",
        ("cases.case",),
    ),
    Source(
        Kind.NOTE,
        "cases.note",
        "kavalan.casework.cases.searched:note_drafts",
        "case-notes",
        ("cases.case",),
        {"cases.note": "corrects"},
    ),
)
"""All of them; the kinds in the order of `rules.Kind`."""


def source_of(kind: str) -> Source:
    """Where documents of a kind come from."""
    return next(source for source in SOURCES if source.kind == kind)


def written(subject: Model) -> None:
    """Write the documents that tell of what a verb was done to; nothing where none does. Part of every verb."""
    label = subject._meta.label_lower
    for source in SOURCES:
        if source.model == label:
            write(source, [subject.pk])
        if (way := source.through.get(label)) is not None and (found := attrgetter(way)(subject)) is not None:
            write(source, [found.pk])


def write_all(objects: Iterable[Model]) -> None:
    """Write the documents of these objects; part of a verb or step that changes them beside its own subject."""
    by_label = sorted(((one._meta.label_lower, one.pk) for one in objects), key=lambda pair: pair[0])
    for label, pairs in groupby(by_label, key=lambda pair: pair[0]):
        numbers = [number for _, number in pairs]
        for source in SOURCES:
            if source.model == label:
                write(source, numbers)


def write(source: Source, numbers: Collection[int]) -> None:
    """Write the documents of some objects, and remove those of them that cannot be found any more."""
    made = [draft.document(source.kind) for draft in source.make(numbers)]
    gone = set(numbers) - {document.object_id for document in made}
    if gone:
        SearchDocument.objects.filter(kind=source.kind, object_id__in=gone).delete()
    if made:
        SearchDocument.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=_FIELDS
        )


def forget(placed: type[Model], numbers: Collection[int]) -> None:
    """Remove all documents of what lies where these objects lie: they go."""
    SearchDocument.objects.filter(placed_kind=placed._meta.label_lower, placed_id__in=numbers).delete()


def objects_of(source: Source) -> type[Model]:
    """The model of a source."""
    return apps.get_model(source.model)
