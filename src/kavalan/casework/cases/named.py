"""What parts of cases are called, for who may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.parts_sections import open_contents
from kavalan.casework.exhibits.models import Content
from kavalan.casework.ledger.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.records import Record

_SHOWN: Final = 16
"""Signs of a digest by which people know a content again."""


@dataclass(frozen=True, slots=True)
class Name:
    """Something in a case: its sort in words, what its list calls it, and its public id; a content has none."""

    sort: str
    name: str
    key: UUID | None

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
    found: dict[tuple[str, int], Name] = {}
    for kind, numbers in by_kind.items():
        if kind == Content._meta.label_lower:
            # It lies in no compartment: it is seen through an exhibit.
            contents = open_contents(officer, now).filter(pk__in=numbers)
            found |= {(kind, one.pk): Name(gettext("content"), one.sha256_hex[:_SHOWN], None) for one in contents}
            continue
        model: type[Record] = apps.get_model(kind)
        seen: QuerySet[Record] = QuerySet(model).filter(visible(model, officer, now), pk__in=numbers)
        words = kind_words(kind.rpartition(".")[2])
        found |= {(kind, one.pk): Name(words, str(one), one.public_id) for one in seen}
    return found
