"""The sorts of events that a case's timeline tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.happening import Asked, Happening, Words
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
from kavalan.casework.clocks.rules import limit_of
from kavalan.casework.custody.models import CustodyEvent, Handled
from kavalan.casework.custody.words import What
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Report
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.db.models import Model


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
    before = TaskChange.objects.filter(task=OuterRef("task"), pk__lt=OuterRef("pk")).order_by("-pk").values("state")
    # That it is to be done means another thing after each state that it was in.
    opened = Concat(Value("after "), Coalesce(Subquery(before[:1]), Value("nothing")))
    how = Choose(When(state=TaskState.OPEN, then=opened), default=F("state"))
    return TaskChange.objects.filter(task__case__in=family_of(asked.case)).annotate(_how=how)


def _custody(asked: Asked) -> QuerySet[CustodyEvent]:
    drawn = Handled.objects.filter(event=OuterRef("pk"), device__drawn__exhibit__in=asked.parts(Exhibit))
    seen = visible(CustodyEvent, asked.officer, asked.now)
    return CustodyEvent.objects.filter(Exists(drawn), seen, corrected_by__isnull=True)


def _clocks(asked: Asked) -> QuerySet[Clock]:
    hung = Q(exhibit__in=asked.parts(Exhibit)) | Q(report__in=asked.parts(Report))
    found = Clock.objects.filter(hung, corrected_by__isnull=True, dismissed_at__isnull=True)
    return found.annotate(_thing=Coalesce("report_id", "exhibit_id"))


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
    "after nothing": _("task to be done"),
    "after open": _("task given, or its day set anew"),
    "after done": _("task taken up again"),
    "after dropped": _("task taken up again"),
    TaskState.DONE: _("task done"),
    TaskState.DROPPED: _("task dropped"),
}


def _said(words: Mapping[str, Words]) -> Callable[[str, datetime], Words]:
    return lambda code, _at: words.get(code, code)


def _limit(name: str, at: datetime) -> Words:
    try:
        return limit_of(name, at).provision
    except RefusedError:
        # Of a day on which it did not hold: it is called as it is now, or by its name where the data lost it.
        versions = packaged_law().clocks.get(name, ())
        return versions[-1].provision if versions else name


def _act(name: str, _at: datetime) -> Words:
    return act.title if (act := packaged_law().acts.get(name)) else name


_ADDED: Final = ("added_at", "added_at", "added_by")
_THERE: Final[Mapping[str, Any]] = {"kind": F("kind"), "about": "object_id"}
_REPORT: Final[Mapping[str, Any]] = {"kind": Value(Report._meta.label_lower), "about": "pk"}
_EXHIBIT: Final[Mapping[str, Any]] = {"kind": Value(Exhibit._meta.label_lower), "about": "pk"}
_HUNG: Final[Mapping[str, Any]] = {
    "kind": Choose(When(report__isnull=False, then=_REPORT["kind"]), default=_EXHIBIT["kind"]),
    "about": "_thing",
}
_MADE: Final = ("at", "at", "by")
_UNMADE: Final = ("undone_at", "undone_at", "undone_by")
_WHY: Final[Mapping[str, Any]] = {"code": "sort", "text": "reason", "kind": _CASE}
_UNDONE_WHY: Final[Mapping[str, Any]] = {"code": "sort", "text": "undone_why", "kind": _CASE, "codes": _said(_UNDONE)}
_KEPT: Final = ("kept__kept_at", "kept__kept_at", "kept__kept_by")

HAPPENINGS: Final = (
    Happening(
        "opened", _("case opened"), _cases, ("opened_at", "opened_at", "opened_by"), "stages", kind=_CASE, about="pk"
    ),
    Happening(
        "stage",
        _("the case: %(code)s"),
        _stages,
        ("happened_at", "entered_at", "entered_by"),
        "stages",
        code="stage",
        codes=_said(dict(Stage.choices)),
        text="reason",
    ),
    Happening("lead", _("lead named"), _of(LeadHeld), ("since", "since", "named_by"), "stages", text="officer__name"),
    Happening(
        "marked",
        _("marked %(code)s"),
        _of(MarkingSet),
        ("set_at", "set_at", "set_by"),
        "stages",
        code="marking",
        codes=_said(dict(Marking.choices)),
        text="reason",
    ),
    Happening("charged", _("charge: %(code)s"), _of(Charge), _ADDED, "stages", code="act", codes=_act, text="section"),
    Happening(
        "numbered",
        _("number of another office: %(code)s"),
        _numbers,
        _ADDED,
        "stages",
        code="kind",
        codes=_said(dict(NumberKind.choices)),
        text="number",
    ),
    Happening("arrived", _("reached the unit"), _arrived, ("arrived_at", "entered_at", ""), "things", **_REPORT),
    Happening(
        "registered",
        _("registered"),
        _registered,
        ("registered_at", "registered_at", "registered_by"),
        "things",
        **_EXHIBIT,
    ),
    Happening("joined", _("put into the case"), _joined, _ADDED, "things", text="reason", **_THERE),
    Happening(
        "ended",
        _("taken out of the case"),
        _ended,
        ("ended_at", "ended_at", "ended_by"),
        "things",
        text="ended_why",
        **_THERE,
    ),
    Happening(
        "custody",
        _("custody: %(code)s"),
        _custody,
        ("at", "entered_at", "entered_by"),
        "things",
        code="what",
        codes=_said(dict(What.choices)),
        text="place",
    ),
    Happening(
        "clock",
        _("time limit began: %(code)s"),
        _clocks,
        ("started_at", "recorded_at", "recorded_by"),
        "clocks",
        code="name",
        codes=_limit,
        **_HUNG,
    ),
    Happening(
        "met",
        _("time limit met: %(code)s"),
        _met,
        ("met_at", "met_at", "met_by"),
        "clocks",
        code="name",
        codes=_limit,
        text="met_note",
        **_HUNG,
    ),
    Happening("paper", _("paper kept"), _of(CasePaper), _KEPT, "notes", text="title"),
    Happening("note", _("note"), _notes, ("happened_at", "written_at", "written_by"), "notes", text="text"),
    Happening(
        "task",
        "%(code)s",
        _changes,
        _MADE,
        "tasks",
        code="_how",
        codes=_said(_TASKS),
        text="task__title",
        key="task__public_id",
    ),
    Happening("from", "%(code)s", _from_here, _MADE, "cases", about="other_id", codes=_said(_FROM), **_WHY),
    Happening("to", "%(code)s", _to_here, _MADE, "cases", about="case_id", codes=_said(_TO), **_WHY),
    Happening("from-undone", "%(code)s", _undone_from, _UNMADE, "cases", about="other_id", **_UNDONE_WHY),
    Happening("to-undone", "%(code)s", _undone_to, _UNMADE, "cases", about="case_id", **_UNDONE_WHY),
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
