"""What hangs on a report, found from the models themselves: a table that is added later is reached, or it holds.

Rows of the rooms that work on reports go. A few stay without their content. Whatever else of the desk hangs on a report
keeps it from being purged: a person decided that it belongs to something.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import ForeignObjectRel, Q, QuerySet

from kavalan.casework.intake.models import Indicator
from kavalan.casework.triage.models import Bundle, Bundled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from django.db.models import Model

OURS: Final = frozenset({"intake", "triage", "routing"})
_GO: Final = frozenset({"retention.hold", "retention.challenge", "subjects.told"})
_STAY: Final[Mapping[str, Mapping[str, object]]] = {
    "intake.report": {},  # it is emptied by itself, and stays as the tombstone
    "clocks.clock": {"met_note": "", "dismissed_why": "", "correction_why": ""},  # that a duty was met stays told
    "retention.tombstone": {},
    "insight.reportdistrict": {},  # a district alone, by which a report that is gone is counted still
}
"""Rows that stay, and what of them is emptied."""
_OF_ANOTHER: Final = frozenset({("triage.duplicate", "first"), ("routing.held", "report")})
"""Rows that name a report by its reference alone and belong to another report, or to another unit's question."""


@dataclass(slots=True)
class Reach:
    """All that hangs on some rows.

    Attributes:
        goes: numbers of rows that go, by model.
        emptied: numbers of rows that stay without their content.
        elsewhere: labels of models of other rooms that hang here too: they hold it.
    """

    goes: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    emptied: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    elsewhere: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """How many rows go."""
        return sum(map(len, self.goes.values()))

    def add(self, model: type[Model], numbers: Collection[int]) -> None:
        """Let these rows go, with all that hangs on them."""
        new = set(numbers) - self.goes[model]
        if new:
            self.goes[model] |= new
            self.follow(model, new)

    def follow(self, model: type[Model], numbers: set[int]) -> None:
        """Reach what hangs on these rows, which themselves may stay."""
        for child, name in _children(model):
            found = set(QuerySet(child).filter(**{f"{name}__in": numbers}).values_list("pk", flat=True))
            label = child._meta.label_lower
            if not found:
                continue
            if label in _STAY:
                self.emptied[child] |= found
            elif child._meta.app_label in OURS or label in _GO:
                self.add(child, found)
            else:
                self.elsewhere.add(label)

    def named(self, target: type[Model]) -> set[int]:
        """Numbers of rows of a model that rows which go name: blobs of the vault, sealed names, indicators."""
        found: set[int] = set()
        for model, numbers in self.goes.items():
            for one in model._meta.concrete_fields:
                if one.is_relation and one.related_model is target:
                    rows: QuerySet[Model] = QuerySet(model).filter(pk__in=numbers, **{f"{one.name}__isnull": False})
                    found |= set(rows.values_list(one.attname, flat=True))
        return found

    def only_here(self, target: type[Model], numbers: Collection[int], passing: Collection[str] = ()) -> set[int]:
        """Which of these rows nothing names but what goes.

        Args:
            target: their model.
            numbers: of the rows.
            passing: labels of models that do not count.
        """
        left = set(numbers)
        for child, name in _children(target):
            if left and child._meta.label_lower not in passing:
                rows: QuerySet[Model] = QuerySet(child).filter(
                    ~Q(pk__in=self.goes.get(child, ())), **{f"{name}__in": left}
                )
                left -= set(rows.values_list(name, flat=True))
        return left

    def in_order(self) -> list[tuple[type[Model], set[int]]]:
        """What goes, so that no row goes before those that name it.

        Raises:
            ValueError: models name one another in a ring.
        """
        left, ordered = dict(self.goes), []
        while left:
            free = [model for model in left if not any(model in _targets(one) for one in left if one is not model)]
            if not free:
                raise ValueError("models name one another in a ring: their rows go in no order")
            ordered += [(model, left.pop(model)) for model in free]
        return ordered


def with_indicators(reach: Reach) -> Reach:
    """Let go also what was only named here: indicators, and the bundles that were about them."""
    bundles = set(Bundled.objects.filter(pk__in=reach.goes.get(Bundled, ())).values_list("bundle", flat=True))
    reach.add(Bundle, reach.only_here(Bundle, bundles))
    reach.add(Indicator, reach.only_here(Indicator, reach.named(Indicator)))
    return reach


def emptied_fields(model: type[Model]) -> Mapping[str, object]:
    """What of a model's rows is emptied where they stay."""
    return _STAY[model._meta.label_lower]


def _children(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Models that name this one, and by which field; those that give it no name back are among them."""
    for one in model._meta.get_fields(include_hidden=True):
        if isinstance(one, ForeignObjectRel) and (one.one_to_many or one.one_to_one):
            child, name = one.related_model, one.field.name
            if (child._meta.label_lower, name) not in _OF_ANOTHER:
                yield child, name


def _targets(model: type[Model]) -> set[type[Model]]:
    return {one.related_model for one in model._meta.concrete_fields if one.is_relation and one.related_model}
