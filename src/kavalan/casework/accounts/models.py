"""Units, their officers, what officers are and may do, and how they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kavalan.casework.accounts.ranks import ranks
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.unit_kinds import KIND_MEANS, UnitKind
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.law import Rank


class Unit(Record):
    """A police unit, an NGO or a desk: whose officers work together. `kind` says which law binds it."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=UnitKind, default=UnitKind.POLICE)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return self.name

    @property
    def kind_means(self) -> str:
        """What its kind means for what the law asks of it, in the page's language."""
        return str(KIND_MEANS[UnitKind(self.kind)])


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by their badge."""


class Officer(AbstractBaseUser, Record):
    """A person who works at the desk, known by a badge."""

    # Who signed in when is `DeskSession`'s to say.
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
        ranks: RelatedManager[RankHeld]
        roles: RelatedManager[RoleHeld]
        resets: RelatedManager[SignInReset]

    def __str__(self) -> str:
        return f"{self.name} ({self.badge})"


class RankHeld(Record):
    """An officer has a rank from a day on, until the next row's day. Rows are added and never changed."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="ranks")
    rank = models.CharField(max_length=40)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "since"], name="rank_once_a_day")]

    @property
    def described(self) -> Rank:
        """What the law as data says of it."""
        return ranks()[self.rank]

    def __str__(self) -> str:
        return f"{self.rank} since {self.since}"


class RoleHeld(Record):
    """An officer has a role from a moment until another, or until it is taken back."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=OfficerRole)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    if TYPE_CHECKING:
        public_id: UUID
        officer_id: int

    def __str__(self) -> str:
        return f"{self.role} since {self.since}"


class ConductAccepted(Record):
    """An officer accepted the code of conduct in one of its versions."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="conduct")
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "version"], name="conduct_once")]

    def __str__(self) -> str:
        return f"{self.version} at {self.at}"


class Authenticator(Record):
    """The secret that an officer's telephone shares with the desk, sealed; worth nothing until a code confirmed it.

    `last_step` is the newest 30-second step whose code was used: no code of it or of an earlier one is taken again.
    """

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="authenticator")
    sealed = models.BinaryField(max_length=100)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"authenticator of {self.officer_id}"

    if TYPE_CHECKING:
        officer_id: int


class RecoveryCode(models.Model):
    """One of an officer's recovery codes, as a keyed digest; used once."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.officer_id}"

    if TYPE_CHECKING:
        officer_id: int


class DeskSession(Record):
    """One sign-in of an officer, from its beginning until it ends, is ended, or is too old.

    `last_seen` is when a person last did something there; a page that asks by itself does not move it.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="sessions")
    device = models.CharField(max_length=100)
    address = models.CharField(max_length=45)
    since = models.DateTimeField()
    last_seen = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "since"], name="session_of_officer")]

    def __str__(self) -> str:
        return f"{self.device} since {self.since}"

    if TYPE_CHECKING:
        officer_id: int
        public_id: UUID


class SignInReset(Record):
    """Somebody gave an officer a new password and took their app away; the officer is told until they have read it.

    `by` is the administrator; nobody where it was done at the machine, by whoever can read the workspace's files.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="resets")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"reset at {self.at}"

    if TYPE_CHECKING:
        officer_id: int
        public_id: UUID


class Attempts(Record):
    """How often somebody failed to sign in, under one badge from strange or from known addresses, or from one address.

    `key` is a keyed digest: what was typed as a badge may have been a password. `officer` is the one whose badge it is;
    `address` stands only where the row is about an address.
    """

    key = models.BinaryField(max_length=32, unique=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="attempts", null=True)
    address = models.CharField(max_length=45)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID
        officer_id: int | None

    def __str__(self) -> str:
        return f"{self.failures} failures"
