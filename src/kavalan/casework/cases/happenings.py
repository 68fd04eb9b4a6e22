"""The sorts of events that a case's timeline tells, each a query of the same columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, SmallIntegerField, TextField, Value
from django.db.models.functions import Cast, Left
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import (
    Case,
    CasePaper,
    Charge,
    Effect,
    ExternalNumber,
    LeadHeld,
    MarkingSet,
    Note,
    Part,
    Rearrangement,
    Shift,
    Sort,
    StageReached,
    TaskChange,
    TaskState,
)
from kavalan.casework.cases.notes import open_to
from kavalan.casework.cases.rules import Marking, NumberKind, Stage
from kavalan.casework.clocks.models import Clock
from kavalan.casework.custody.models import CustodyEvent, Handled
from kavalan.casework.custody.words import What
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Report

if TYPE_CHECKING:
    from django.db.models import Model
    from django.db.models.expressions import Combinable

    from kavalan.casework.accounts.models import Officer

Words = str | Promise
COLUMNS: Final = ("e_rank", "e_at", "e_entered", "e_number", "e_who", "e_code", "e_text", "e_kind", "e_about", "e_key")
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which case, and when (aware UTC)."""

    officer: Officer
    case: Case
    now: datetime

    @property
    def here(self) -> Q:
        """A condition on rows of a case: of this one, or of one that was merged into it."""
        return Q(case__in=family_of(self.case))

    def parts(self, model: type[Model]) -> QuerySet[Part, int]:
        """The numbers of what of one model is in the case."""
        there = Part.objects.filter(self.here, kind=model._meta.label_lower, ended_at__isnull=True)
        return there.values_list("object_id", flat=True)


@dataclass(frozen=True, slots=True)
class Happening:
    """A sort of event.

    Attributes:
        name: its own.
        group: with which others it is chosen on the page.
        said: the words for each code; for the empty one, where it has no codes.
        rows: of the case, as far as who asks may see them.
        at: the column of when it happened.
        entered: of when the desk was told.
        who: of who entered it; empty where the desk did.
        code: of what of its sort; empty where it has one only.
        text: of what was written with it.
        kind: of the label of the model of what it happened to, or that label itself.
        about: of the number of that.
        key: of a public id, for an address.
    """

    name: str
    group: str
    said: Mapping[str, Words]
    rows: Callable[[Asked], QuerySet[Any]]
    at: str
    entered: str
    who: str = ""
    code: str = ""
    text: str = ""
    kind: Combinable = field(default_factory=lambda: Value(""))
    about: str = ""
    key: str = "public_id"

    def words(self, code: str) -> str:
        """What happened, in the page's language; the code itself where this version does not know it."""
        return str(self.said.get(code, code))

    def read(self, asked: Asked, rank: int, after: tuple[datetime, int, int] | None) -> QuerySet[Any, Any]:
        """Its events as rows of `COLUMNS`, behind one event in the order of time, sort and number, all descending."""
        rows = self.rows(asked).filter(self._behind(rank, after)).order_by()
        told: QuerySet[Any, Any] = rows.annotate(
            e_rank=Value(rank, output_field=SmallIntegerField()),
            e_at=F(self.at),
            e_entered=F(self.entered),
            e_number=F("pk"),
            e_who=F(self.who) if self.who else Cast(Value(None), BigIntegerField()),
            e_code=_text(F(self.code) if self.code else Value("")),
            e_text=_text(Left(self.text, _LONGEST) if self.text else Value("")),
            e_kind=_text(self.kind),
            e_about=F(self.about) if self.about else Cast(Value(0), BigIntegerField()),
            e_key=F(self.key),
        ).values_list(*COLUMNS)
        return told

    def _behind(self, rank: int, after: tuple[datetime, int, int] | None) -> Q:
        if after is None:
            return Q()
        at, other, number = after
        if rank == other:
            return Q(**{f"{self.at}__lt": at}) | Q(**{self.at: at, "pk__lt": number})
        return Q(**{f"{self.at}__{'lte' if rank < other else 'lt'}": at})


def _text(said: Combinable) -> Cast:
    # A union has one type a column: PostgreSQL takes it from the first query that says one.
    return Cast(said, TextField())


def _of(model: type[Model]) -> Callable[[Asked], QuerySet[Any]]:
    """Every row of a model that hangs on cases."""
    return lambda asked: QuerySet(model).filter(asked.here)


def _cases(asked: Asked) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=family_of(asked.case))


def _joined(asked: Asked) -> QuerySet[Part]:
    # What a merge or a split brought is told by that.
    brought = Shift.objects.filter(part=OuterRef("pk"), effect=Effect.BROUGHT)
    return Part.objects.filter(asked.here, ~Exists(brought))


def _ended(asked: Asked) -> QuerySet[Part]:
    shifted = Shift.objects.filter(
        Q(rearrangement__at=OuterRef("ended_at")) | Q(rearrangement__undone_at=OuterRef("ended_at")),
        part=OuterRef("pk"),
    )
    return Part.objects.filter(asked.here, ~Exists(shifted), ended_at__isnull=False)


def _stages(asked: Asked) -> QuerySet[StageReached]:
    return StageReached.objects.filter(asked.here, corrected_by__isnull=True, void=False)


def _notes(asked: Asked) -> QuerySet[Note]:
    return Note.objects.filter(asked.here, open_to(asked.officer, asked.now), corrected_by__isnull=True)


def _from_here(asked: Asked) -> QuerySet[Rearrangement]:
    both = ~Q(sort=Sort.LINK) | visible(Case, asked.officer, asked.now, "other_id")
    return Rearrangement.objects.filter(both, case=asked.case.pk)


def _to_here(asked: Asked) -> QuerySet[Rearrangement]:
    both = ~Q(sort=Sort.LINK) | visible(Case, asked.officer, asked.now, "case_id")
    return Rearrangement.objects.filter(both, other__in=family_of(asked.case))


def _undone_from(asked: Asked) -> QuerySet[Rearrangement]:
    return _from_here(asked).filter(undone_at__isnull=False)


def _undone_to(asked: Asked) -> QuerySet[Rearrangement]:
    return _to_here(asked).filter(undone_at__isnull=False)


def _numbers(asked: Asked) -> QuerySet[ExternalNumber]:
    return ExternalNumber.objects.filter(asked.here, withdrawn_at__isnull=True)


def _changes(asked: Asked) -> QuerySet[TaskChange]:
    return TaskChange.objects.filter(task__case__in=family_of(asked.case))


def _custody(asked: Asked) -> QuerySet[CustodyEvent]:
    drawn = Handled.objects.filter(event=OuterRef("pk"), device__drawn__exhibit__in=asked.parts(Exhibit))
    seen = visible(CustodyEvent, asked.officer, asked.now)
    return CustodyEvent.objects.filter(Exists(drawn), seen, corrected_by__isnull=True)


def _clocks(asked: Asked) -> QuerySet[Clock]:
    hung = Q(exhibit__in=asked.parts(Exhibit)) | Q(report__in=asked.parts(Report))
    return Clock.objects.filter(hung, corrected_by__isnull=True, dismissed_at__isnull=True)


def _met(asked: Asked) -> QuerySet[Clock]:
    return _clocks(asked).filter(met_at__isnull=False)


def _arrived(asked: Asked) -> QuerySet[Report]:
    return Report.objects.filter(visible(Report, asked.officer, asked.now), pk__in=asked.parts(Report))


def _registered(asked: Asked) -> QuerySet[Exhibit]:
    return Exhibit.objects.filter(visible(Exhibit, asked.officer, asked.now), pk__in=asked.parts(Exhibit))


_CASE: Final = Value(Case._meta.label_lower)
_FROM: Final[Mapping[str, Words]] = {
    Sort.MERGE: _("merged into another case"),
    Sort.SPLIT: _("split off"),
    Sort.LINK: _("related to"),
}
_TO: Final[Mapping[str, Words]] = {
    Sort.MERGE: _("goes on here since a merge"),
    Sort.SPLIT: _("this was split off from"),
    Sort.LINK: _("related to"),
}
_UNDONE: Final[Mapping[str, Words]] = {
    Sort.MERGE: _("merge undone"),
    Sort.SPLIT: _("split undone"),
    Sort.LINK: _("no longer related to"),
}
_TASKS: Final[Mapping[str, Words]] = {
    TaskState.OPEN: _("task to be done"),
    TaskState.DONE: _("task done"),
    TaskState.DROPPED: _("task dropped"),
}

HAPPENINGS: Final = (
    Happening("opened", "stages", {"": _("case opened")}, _cases, "opened_at", "opened_at", "opened_by"),
    Happening(
        "stage", "stages", dict(Stage.choices), _stages, "happened_at", "entered_at", "entered_by", "stage", "reason"
    ),
    Happening(
        "lead", "stages", {"": _("lead named")}, _of(LeadHeld), "since", "since", "named_by", text="officer__name"
    ),
    Happening(
        "marked", "stages", dict(Marking.choices), _of(MarkingSet), "set_at", "set_at", "set_by", "marking", "reason"
    ),
    Happening("charged", "stages", {}, _of(Charge), "added_at", "added_at", "added_by", "act", "section"),
    Happening(
        "numbered", "stages", dict(NumberKind.choices), _numbers, "added_at", "added_at", "added_by", "kind", "number"
    ),
    Happening(
        "arrived",
        "things",
        {"": _("report reached the unit")},
        _arrived,
        "arrived_at",
        "entered_at",
        kind=Value(Report._meta.label_lower),
        about="pk",
    ),
    Happening(
        "registered",
        "things",
        {"": _("exhibit registered")},
        _registered,
        "registered_at",
        "registered_at",
        "registered_by",
        kind=Value(Exhibit._meta.label_lower),
        about="pk",
    ),
    Happening(
        "joined",
        "things",
        {"": _("put into the case")},
        _joined,
        "added_at",
        "added_at",
        "added_by",
        text="reason",
        kind=F("kind"),
        about="object_id",
    ),
    Happening(
        "ended",
        "things",
        {"": _("taken out of the case")},
        _ended,
        "ended_at",
        "ended_at",
        "ended_by",
        text="ended_why",
        kind=F("kind"),
        about="object_id",
    ),
    Happening("custody", "things", dict(What.choices), _custody, "at", "entered_at", "entered_by", "what", "place"),
    Happening(
        "clock",
        "clocks",
        {},
        _clocks,
        "started_at",
        "recorded_at",
        "recorded_by",
        "name",
    ),
    Happening(
        "met",
        "clocks",
        {"": _("time limit met")},
        _met,
        "met_at",
        "met_at",
        "met_by",
        text="met_note",
    ),
    Happening(
        "paper",
        "notes",
        {"": _("paper kept")},
        _of(CasePaper),
        "kept__kept_at",
        "kept__kept_at",
        "kept__kept_by",
        text="title",
    ),
    Happening(
        "note",
        "notes",
        {"": _("note")},
        _notes,
        "happened_at",
        "written_at",
        "written_by",
        text="text",
    ),
    Happening(
        "task",
        "tasks",
        _TASKS,
        _changes,
        "at",
        "at",
        "by",
        "state",
        "task__title",
        key="task__public_id",
    ),
    Happening(
        "from",
        "cases",
        _FROM,
        _from_here,
        "at",
        "at",
        "by",
        "sort",
        "reason",
        kind=_CASE,
        about="other_id",
    ),
    Happening(
        "to",
        "cases",
        _TO,
        _to_here,
        "at",
        "at",
        "by",
        "sort",
        "reason",
        kind=_CASE,
        about="case_id",
    ),
    Happening(
        "from-undone",
        "cases",
        _UNDONE,
        _undone_from,
        "undone_at",
        "undone_at",
        "undone_by",
        "sort",
        "undone_why",
        kind=_CASE,
        about="other_id",
    ),
    Happening(
        "to-undone",
        "cases",
        _UNDONE,
        _undone_to,
        "undone_at",
        "undone_at",
        "undone_by",
        "sort",
        "undone_why",
        kind=_CASE,
        about="case_id",
    ),
)
"""All of them; their order decides between events of one moment."""

GROUPS: Final[Mapping[str, Words]] = {
    "stages": _("The case itself"),
    "things": _("Reports, exhibits, custody"),
    "clocks": _("Time limits"),
    "notes": _("Notes and papers"),
    "tasks": _("Tasks"),
    "cases": _("Other cases"),
}
"""What can be chosen on the page of a timeline."""
