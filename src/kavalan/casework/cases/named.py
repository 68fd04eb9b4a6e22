"""What parts of cases are called, for who may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import QuerySet

from kavalan.casework.access.selectors import visible
from kavalan.casework.ledger.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.records import Record


@dataclass(frozen=True, slots=True)
class Name:
    """Something that lies in compartments: its sort in words, what its list calls it, and its public id."""

    sort: str
    name: str
    key: UUID

    @property
    def words(self) -> str:
        """Both."""
        return f"{self.sort} {self.name}"


def names_of(officer: Officer, things: Iterable[tuple[str, int]], now: datetime) -> Mapping[tuple[str, int], Name]:
    """What things are called, by label and number; those that the officer may not see are absent.

    A statement for each sort of thing, however many there are.
    """
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, number in things:
        by_kind[kind].add(number)
    found = {}
    for kind, numbers in by_kind.items():
        model: type[Record] = apps.get_model(kind)
        seen: QuerySet[Record] = QuerySet(model).filter(visible(model, officer, now), pk__in=numbers)
        for one in seen:
            found[kind, one.pk] = Name(kind_words(kind.rpartition(".")[2]), str(one), one.public_id)
    return found
