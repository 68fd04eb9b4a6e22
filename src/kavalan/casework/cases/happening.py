"""A sort of event that a case's timeline tells: a query, and which of its columns say what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import BigIntegerField, F, Q, QuerySet, SmallIntegerField, TextField, Value
from django.db.models.functions import Cast, Left
from django.utils.functional import Promise

from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Case, Part

if TYPE_CHECKING:
    from django.db.models import Model
    from django.db.models.expressions import Combinable

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
        what: happened, in words; with `%(code)s` where the code says more.
        rows: of the case, as far as who asks may see them.
        told: the columns of when it happened, when the desk was told, and who entered it; empty where the desk did.
        group: with which others it is chosen on the page.
        code: of what of its sort; empty where it has one only.
        codes: the words for a code at a time; the code itself without.
        text: of what was written with it.
        kind: of the label of the model of what it happened to, or that label itself.
        about: of the number of that.
        key: of a public id, for an address.
    """

    name: str
    what: Words
    rows: Callable[[Asked], QuerySet[Any]]
    told: tuple[str, str, str]
    group: str
    code: str = ""
    text: str = ""
    kind: Combinable = field(default_factory=lambda: Value(""))
    about: str = ""
    key: str = "public_id"
    codes: Callable[[str, datetime], Words] = field(default=lambda code, _at: code)

    def words(self, code: str, at: datetime) -> str:
        """What happened, in the page's language; the code itself where this version does not know it."""
        return str(self.what) % {"code": self.codes(code, at)}

    def read(self, asked: Asked, rank: int, after: tuple[datetime, int, int] | None) -> QuerySet[Any, Any]:
        """Its events as rows of `COLUMNS`, behind one event in the order of time, sort and number, all descending."""
        at, entered, who = self.told
        rows = self.rows(asked).filter(self._behind(rank, after)).order_by()
        found: QuerySet[Any, Any] = rows.annotate(
            e_rank=Value(rank, output_field=SmallIntegerField()),
            e_at=F(at),
            e_entered=F(entered),
            e_number=F("pk"),
            e_who=F(who) if who else Cast(Value(None), BigIntegerField()),
            e_code=_text(F(self.code) if self.code else Value("")),
            e_text=_text(Left(self.text, _LONGEST) if self.text else Value("")),
            e_kind=_text(self.kind),
            e_about=F(self.about) if self.about else Cast(Value(0), BigIntegerField()),
            e_key=F(self.key),
        ).values_list(*COLUMNS)
        return found

    def _behind(self, rank: int, after: tuple[datetime, int, int] | None) -> Q:
        if after is None:
            return Q()
        (moment, other, number), at = after, self.told[0]
        if rank == other:
            return Q(**{f"{at}__lt": moment}) | Q(**{at: moment, "pk__lt": number})
        return Q(**{f"{at}__{'lte' if rank < other else 'lt'}": moment})


def _text(said: Combinable) -> Cast:
    # A union has one type a column: PostgreSQL takes it from the first query that says one.
    return Cast(said, TextField())
