"""Small rules of subjects: what can be linked, how sure a link is, how a hypothesis and a watch end, when to split."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.intake.indicators import ACCOUNT
from kavalan.identifiers import Kind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.utils.functional import Promise

Count = Annotated[int, msgspec.Meta(ge=1)]

LINKABLE: Final[dict[str, str | Promise]] = {
    ACCOUNT: _("account"),
    Kind.HANDLE.value: _("name of an account"),
    Kind.PHONE.value: _("telephone number"),
    Kind.EMAIL.value: _("e-mail address"),
    Kind.UPI.value: _("UPI address"),
    Kind.BANK_ACCOUNT.value: _("bank account"),
    Kind.BITCOIN.value: "Bitcoin",
    Kind.ETHEREUM.value: "Ethereum",
    Kind.TRON.value: "Tron",
    Kind.MONERO.value: "Monero",
}
"""Kinds of identifiers that are one holder's at a time; addresses on the network, links and digests are many's."""


class Certainty(TextChoices):
    """How sure it is that an account is the subject's."""

    SHOWN = "shown", _("shown by a paper or a seized thing")
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")


class Side(TextChoices):
    """What evidence speaks for."""

    FOR = "for", _("speaks for it")
    AGAINST = "against", _("speaks against it")


class Closed(TextChoices):
    """What became of a hypothesis; none of these says that somebody is guilty."""

    REFUTED = "refuted", _("it does not hold")
    NOT_FOLLOWED = "not_followed", _("not followed further")
    BEFORE_COURT = "before_court", _("before a court, which decides")


class Outcome(TextChoices):
    """What a watch was good for."""

    USEFUL = "useful", _("useful")
    NOT_USEFUL = "not_useful", _("not useful")


class Why(TextChoices):
    """Why an account is never a subject's."""

    CHILD = "child", _("A report names it as that of somebody who may be a child.")
    VICTIM = "victim", _("A report names it as that of a victim.")
    BYSTANDER = "bystander", _("Reports name it only as that of who reports, or of who received something.")


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much one officer may do.

    Attributes:
        officer_a_day: subjects that an officer opens in a day of the desk's zone.
        watch_days: the longest watch.
        watchers: officers whom one watch tells.
    """

    officer_a_day: Count
    watch_days: Count
    watchers: Count


class Reissue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """After how long without a sign an identifier of a kind may be another holder's, in words and with its source."""

    kind: str
    gap_days: Count
    words: str
    source: str
    certainty: Literal["V", "S", "M", "H"]

    @property
    def gap(self) -> timedelta:
        """As a span of time."""
        return timedelta(days=self.gap_days)


class _Reissues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Reissue, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between which nothing names an identifier: the last before, the first after."""

    last: date
    first: date

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.first - self.last).days


@cache
def limits() -> Limits:
    """The limits in force; data, changed with a reason in a file."""
    return msgspec.convert(_data("limits.toml"), Limits)


@cache
def reissue_of(kind: str) -> Reissue | None:
    """The rule for a kind of identifier; None where the service's own ids are never given out twice."""
    rules = msgspec.convert(_data("reissue.toml"), _Reissues).rule
    return next((rule for rule in rules if rule.kind == kind), None)


def gaps(signs: Collection[date], least: timedelta) -> list[Gap]:
    """Where an identifier may have changed hands: days with nothing between them for so long or longer, in order.

    Args:
        signs: days on which something names it, in any order.
        least: the shortest gap that counts.
    """
    return [Gap(last, first) for last, first in pairwise(sorted(set(signs))) if first - last >= least]


def span_fault(since: date | None, until: date | None) -> str | None:
    """Why an account cannot be linked for this time, or None; a day that is not known is None."""
    return "The last day lies before the first." if since and until and until < since else None


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans of days, each of which may be open, have a day in common."""
    (since, until), (begin, end) = one, other
    return (since is None or end is None or since <= end) and (begin is None or until is None or begin <= until)


def _data(name: str) -> object:
    return tomllib.loads((files("kavalan.casework.subjects") / "data" / name).read_text("utf-8"))
