"""What an authority reaches, as one value, and what of the stored it opens, from one definition.

`Scope.conditions` says it once; `as_q` words it for the desk's items, `as_sql` for a side store in SQLite. A row that
does not state what the scope limits (a file without a time, a message without an account) is outside: what is unknown
is sealed.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_EVERYTHING = frozenset({"*", "%", "any", "all", "everything", "everyone"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DataKind(TextChoices):
    """What sort of data; the first three are `exhibits.rules.Family`, as items have it."""

    PICTURE = "picture", _("pictures")
    VIDEO = "video", _("videos")
    OTHER = "other", _("other files")
    MESSAGE = "message", _("messages")


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until, not at, `end`; aware UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """An account as a paper names it: the platform and the platform's own id for it, compared letter by letter."""

    platform: str
    native_id: str


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account as the desk keeps it (`intake.Indicator`), which a paper may spell in more than one way.

    Attributes:
        kind: as `phone` or `account`.
        value: in the form in which values are compared; of an account the service, a space, its own id there.
    """

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"

    def among(self, accounts: Collection[Account]) -> bool:
        """Whether one of the accounts is this: by kind and value, or by service and id.

        The id counts letter by letter; of the name of its service, letter case does not.
        """
        spelled = {f"{one.platform} {one.native_id}" for one in accounts}
        if str(self) in spelled:
            return True
        service, _, own = self.value.rpartition(" ")
        alike = [text for text in spelled if text.casefold() == self.value.casefold()]
        return bool(service) and any(text.endswith(f" {own}") for text in alike)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an authority reaches; what it does not name is outside.

    Attributes:
        exhibits: their references as the paper spells them.
        accounts: limits what states an account (messages); files state none. Empty: the paper limits no account.
        dates: limits when a file was modified or a message sent. None: the paper limits no date.
        kinds: the data it opens, each named.
    """

    exhibits: frozenset[str]
    accounts: frozenset[Account] = frozenset()
    dates: Span | None = None
    kinds: frozenset[DataKind] = frozenset(DataKind)

    def conditions(self, *, states_account: bool) -> Iterator[Condition]:
        """What a row must meet, all of it; the one definition.

        Args:
            states_account: whether rows of this store belong to accounts.
        """
        yield In("exhibit", tuple(sorted(self.exhibits)))
        yield In("kind", tuple(sorted(kind.value for kind in self.kinds)))
        if self.dates is not None:
            yield Between(self.dates)
        if self.accounts and states_account:
            yield OfAccount(tuple(sorted(self.accounts)))

    def limits_items(self, reference: str) -> bool:
        """Whether any item of that exhibit could lie outside; where none could, nobody has to count."""
        files = {DataKind.PICTURE, DataKind.VIDEO, DataKind.OTHER}
        return reference not in self.exhibits or self.dates is not None or not files <= self.kinds


@dataclass(frozen=True, slots=True)
class In:
    """A column (`exhibit` or `kind`) holds one of the values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The row's time lies in the span."""

    span: Span


@dataclass(frozen=True, slots=True)
class OfAccount:
    """The row belongs to one of the accounts."""

    accounts: tuple[Account, ...]


Condition = In | Between | OfAccount

_FIELDS = {"exhibit": "exhibit__reference", "kind": "family"}


def as_q(scope: Scope) -> Q:
    """A condition on `exhibits.Item`: it lies within. Its negation misses items without a time: subtract instead."""
    return reduce(and_, map(_q, scope.conditions(states_account=False)))


def _q(condition: Condition) -> Q:
    match condition:
        case In(column, values):
            return Q(**{f"{_FIELDS[column]}__in": values})
        case Between(span):
            return Q(modified__gte=span.start, modified__lt=span.end)
        case OfAccount():
            raise TypeError("items state no account")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a side store keeps what a scope speaks of, as SQL names that its maker wrote, never a user.

    `at` holds whole microseconds since 1970 (UTC); `exhibit`, `kind`, `platform` and `account` text. A store whose rows
    belong to no account leaves the last two empty.
    """

    exhibit: str = "exhibit"
    kind: str = "kind"
    at: str = "at"
    platform: str = "platform"
    account: str = "account"


def as_sql(scope: Scope, columns: Columns) -> tuple[str, tuple[str | int, ...]]:
    """A condition for SQLite with its parameters (`?`): the row lies within. It is true, false or null, never wide."""
    pieces = [_sql(each, columns) for each in scope.conditions(states_account=bool(columns.account))]
    return " AND ".join(text for text, _ in pieces), tuple(value for _, values in pieces for value in values)


def _sql(condition: Condition, columns: Columns) -> tuple[str, tuple[str | int, ...]]:
    match condition:
        case In(column, values):
            # One parameter however many values: SQLite bounds how many a statement may have.
            name = columns.exhibit if column == "exhibit" else columns.kind
            return f"{name} IN (SELECT value FROM json_each(?))", (json.dumps(values),)  # noqa: S608 our own column
        case Between(span):
            return f"({columns.at} >= ? AND {columns.at} < ?)", (microseconds(span.start), microseconds(span.end))
        case OfAccount(accounts):
            pairs = json.dumps([[one.platform, one.native_id] for one in accounts])
            listed = "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
            return f"({columns.platform}, {columns.account}) IN " + listed, (pairs,)


def microseconds(at: datetime) -> int:
    """An aware time as side stores keep it."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def scope_fault(scope: Scope) -> str | None:
    """Why this scope cannot be recorded, or None."""
    checks: tuple[Callable[[Scope], str | None], ...] = (_nothing_named, _too_wide, _dates_fault)
    return next((why for check in checks if (why := check(scope))), None)


def _nothing_named(scope: Scope) -> str | None:
    if not scope.exhibits and not scope.accounts:
        return gettext("An authority names its exhibits; without one it would mean everything.")
    if not scope.kinds:
        return gettext("An authority names the kinds of data that it opens.")
    return None


def _too_wide(scope: Scope) -> str | None:
    for reference in sorted(scope.exhibits):
        if not _is_name(reference):
            text = gettext(
                "“%(name)s” is not the reference of an exhibit: an authority for everything is not recorded."
            )
            return text % {"name": reference}
    for account in sorted(scope.accounts):
        if not (_is_name(account.platform) and _is_name(account.native_id)):
            text = gettext("“%(name)s” is not the name of an account: an authority for everything is not recorded.")
            return text % {"name": f"{account.platform} {account.native_id}"}
    return None


def _is_name(text: str) -> bool:
    """Whether it names one thing, in characters that every store keeps."""
    plain = not any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)
    return plain and bool(text.strip()) and text.strip().casefold() not in _EVERYTHING


def _dates_fault(scope: Scope) -> str | None:
    dates = scope.dates
    if dates is None:
        return None
    if dates.start.tzinfo is None or dates.end.tzinfo is None:
        return "The dates of what it reaches state no zone."
    return "What it reaches ends before it begins." if dates.end <= dates.start else None
