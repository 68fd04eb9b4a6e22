"""Units and their officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Unit(Record):
    """A police unit, an NGO or a desk: whose officers work together."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by their badge."""


class Officer(AbstractBaseUser, Record):
    """A person who works at the desk, known by a badge."""

    # Signing in writes no domain table.
    last_login = None

    badge = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="officers")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "badge"
    REQUIRED_FIELDS = ["name"]

    if TYPE_CHECKING:
        unit_id: int
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.name} ({self.badge})"
