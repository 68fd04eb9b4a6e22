"""Which items the privilege seal leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.privilege.models import PrivilegeSeal

if TYPE_CHECKING:
    from kavalan.casework.exhibits.models import Exhibit


def unprivileged() -> Q:
    """A condition on items: they are not sealed as privileged."""
    return ~Q(Exists(PrivilegeSeal.objects.filter(item=OuterRef("pk"), opened_at__isnull=True)))


def privileged_count(exhibit: Exhibit) -> int:
    """How many items of the exhibit are sealed as privileged."""
    return PrivilegeSeal.objects.filter(item__exhibit=exhibit, opened_at__isnull=True).count()
