"""Which rules a unit's reports are looked at by."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kavalan.casework.triage.models import RuleSet
from kavalan.tips.triage import read_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from kavalan.tips.triage import Rules


@lru_cache(maxsize=16)
def read(text: str) -> Rules:
    """Rules from their text; read once for many reports."""
    return read_rules(text.encode())


def in_force(units: Collection[int]) -> Mapping[int, RuleSet]:
    """The rules that each unit took last, by the unit's number; a unit without any is left out. One query."""
    taken = RuleSet.objects.filter(unit__in=units, taken_at__isnull=False).order_by("taken_at", "pk")
    return {rules.unit_id: rules for rules in taken if rules.unit_id is not None}


@cache
def packaged_text() -> str:
    """The rules that come with Kavalan, as they are written."""
    return (files("kavalan.tips.triage") / "data" / "rules.toml").read_text("utf-8")


def packaged(at: datetime) -> RuleSet:
    """The rules that come with Kavalan, as a row; part of the verb or step that looks by them."""
    text = packaged_text()
    digest = hashlib.sha256(text.encode()).digest()
    row, _ = RuleSet.objects.get_or_create(
        digest=digest, unit=None, defaults={"version": read(text).version, "text": text, "brought_at": at}
    )
    return row


def by_unit(units: Collection[int], at: datetime) -> Mapping[int, RuleSet]:
    """The rules of each unit: its own, or those that come with Kavalan; part of a verb or step."""
    own = in_force(units)
    if missing := set(units) - own.keys():
        return {**own, **dict.fromkeys(missing, packaged(at))}
    return own
