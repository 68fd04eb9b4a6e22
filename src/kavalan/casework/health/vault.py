"""The vault beside the desk's records of it; no key is needed. `kavalan vault verify` reads what lies there."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DatabaseError

from kavalan.casework.health.finding import Finding
from kavalan.casework.vault.models import Kept, VaultFault
from kavalan.casework.vault.standing import standing
from kavalan.casework.workspace import vault_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_TOLD: Final = 5
_DIGITS: Final = "0123456789abcdef"


def blobs(path: Path) -> Iterator[Finding]:
    """Whether all that the desk answers for lies in the vault, and what lies there that it does not answer for."""
    vault = vault_of(path)
    if not vault.is_dir():
        return
    missing: list[str] = []
    strays = 0
    try:
        for prefix in map("".join, product(_DIGITS, _DIGITS)):
            there = {one.stem for kind in ("blobs", "held") for one in (vault / kind / prefix).glob("*.age")}
            kept = Kept.objects.filter(name__startswith=prefix, destroyed_at__isnull=True)
            missing += sorted(set(kept.filter(doomed_at__isnull=True).values_list("name", flat=True)) - there)
            strays += len(there - set(kept.values_list("name", flat=True)))
    except DatabaseError:
        return  # the look at its form has told it
    if missing:
        named = ", ".join(missing[:_TOLD])
        text = f"{len(missing)} things that the desk answers for are not in it: {named}"
        cure = "`kavalan restore` the last backup that has them into a new folder and copy `NAME.age` from its `vault`"
        yield Finding("vault", text, cure)
    if strays:
        # No fault: nobody was told that they are kept, and they are encrypted.
        text = f"{strays} blobs belong to no record: bringing them was cut short; bringing them again takes them up"
        yield Finding("vault", text)
    if not missing and not strays:
        yield Finding("vault", "holds what the desk answers for, and nothing else")


def reading(path: Path, now: datetime) -> Iterator[Finding]:
    """Whether all of it was read again in time, and what was found wrong.

    Args:
        path: the workspace.
        now: aware UTC.
    """
    if not vault_of(path).is_dir():
        return
    try:
        faults = list(VaultFault.objects.filter(cured_at__isnull=True).order_by("pk"))
    except DatabaseError:
        return  # the look at its form has told it
    for fault in faults[:_TOLD]:
        yield Finding("vault", f"{fault.name}: {fault.what}", "the page of the vault says what it is of")
    if len(faults) > _TOLD:
        yield Finding("vault", f"{len(faults) - _TOLD} more are at fault", "`kavalan vault verify DIR` names them all")
    kept, days = standing(path), settings.KAVALAN_VERIFY_DAYS
    if kept is not None and not faults and not kept.all_verified_within(days, now):
        cure = "serve the desk by night, or run `kavalan vault verify DIR`; KAVALAN_REHASH_GIB reads more a night"
        yield Finding("vault", f"not all of it was read and found whole within {days} days", cure)
