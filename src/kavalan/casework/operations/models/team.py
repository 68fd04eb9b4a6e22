"""A team of a search day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Team(Record):
    """Officers who search sites together, under a name that the operation gives them."""

    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "name"], name="team_once")]

    if TYPE_CHECKING:
        public_id: UUID
        operation_id: int
        members: RelatedManager[TeamMember]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody of a team, by badge; `officer` where the badge is one of this desk."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    badge = models.CharField(max_length=60)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="teams", null=True)
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "badge"], name="team_member_once")]

    if TYPE_CHECKING:
        team_id: int
        officer_id: int | None

    def __str__(self) -> str:
        return self.badge
