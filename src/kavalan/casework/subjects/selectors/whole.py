"""All of one subject for its page, as far as the officer who reads it may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import visible
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Report
from kavalan.casework.subjects.models import AccountLink, Closing, Evidence, Merging, Statement, Subject, Watch
from kavalan.casework.subjects.protected import protected_among
from kavalan.casework.subjects.rules import Side
from kavalan.casework.subjects.selectors.subjects import visible_subjects
from kavalan.casework.subjects.selectors.watches import watches_for
from kavalan.casework.subjects.telling import halted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.subjects.rules import Why


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account, what it rests on as far as that is open, why it must not be a subject's, which others it is of."""

    link: AccountLink
    rests_on: Report | Exhibit | None
    protected: Why | None
    others: Sequence[Subject]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence, and what it points at as far as that is open."""

    evidence: Evidence
    points_at: Report | Exhibit | None


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A watch, whether it is in force, and why it tells nothing although it is; empty where it tells."""

    watch: Watch
    in_force: bool
    halted: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A subject with those that go on in it.

    Attributes:
        statements: how the hypothesis was put, the newest first.
        merged: the mergings in force into it of which the officer may see both.
    """

    accounts: Sequence[AccountRow]
    past_accounts: Sequence[AccountRow]
    evidence_for: Sequence[EvidenceRow]
    evidence_against: Sequence[EvidenceRow]
    withdrawn: Sequence[EvidenceRow]
    watches: Sequence[WatchRow]
    statements: Sequence[Statement]
    closings: Sequence[Closing]
    merged: Sequence[Merging]


def whole(subject: Subject, officer: Officer, now: datetime) -> Whole:
    """All of it; a bounded number of queries."""
    merged = _merged(subject, officer, now)
    numbers = [subject.pk, *(one.gone_id for one in merged)]
    links = AccountLink.objects.filter(subject__in=numbers)
    links = links.select_related("subject", "indicator", "linked_by", "ended_by")
    accounts = list(_accounts(list(links.order_by("pk")), officer, now))
    pieces = Evidence.objects.filter(subject__in=numbers).select_related("subject", "entered_by", "ended_by")
    evidence = list(_evidence(list(pieces.order_by("pk")), officer, now))
    standing = [row for row in evidence if row.evidence.ended_at is None]
    return Whole(
        [row for row in accounts if row.link.ended_at is None],
        [row for row in accounts if row.link.ended_at is not None],
        [row for row in standing if row.evidence.side == Side.FOR],
        [row for row in standing if row.evidence.side == Side.AGAINST],
        [row for row in evidence if row.evidence.ended_at is not None],
        watch_rows(list(watches_for(officer, now).filter(subject__in=numbers)), now),
        list(subject.statements.select_related("said_by").order_by("-pk")),
        list(subject.closings.select_related("closed_by", "undone_by").order_by("-pk")),
        merged,
    )


def watch_rows(watches: Sequence[Watch], now: datetime) -> list[WatchRow]:
    """Watches as lists show them."""
    why = halted(watches, now)
    return [WatchRow(one, one.in_force(now), why.get(one.pk, "")) for one in watches]


def _merged(subject: Subject, officer: Officer, now: datetime) -> list[Merging]:
    there = Merging.objects.filter(visible(Subject, officer, now, "gone_id"), kept=subject, undone_at__isnull=True)
    return list(there.select_related("gone", "kept", "merged_by").order_by("pk"))


def _accounts(links: Sequence[AccountLink], officer: Officer, now: datetime) -> Iterator[AccountRow]:
    indicators = [link.indicator_id for link in links if link.indicator_id and link.ended_at is None]
    protected = protected_among(indicators)
    others = _others(links, officer, now)
    rests_on = _opened(links, officer, now)
    for link in links:
        why = protected.get(link.indicator_id or 0) if link.ended_at is None else None
        yield AccountRow(link, rests_on[link.pk], why, others.get(link.indicator_id or 0, []))


def _evidence(pieces: Sequence[Evidence], officer: Officer, now: datetime) -> Iterator[EvidenceRow]:
    points_at = _opened(pieces, officer, now)
    for piece in pieces:
        yield EvidenceRow(piece, points_at[piece.pk])


def _opened(
    rows: Sequence[AccountLink | Evidence], officer: Officer, now: datetime
) -> Mapping[int, Report | Exhibit | None]:
    """What each row names, where the officer may see that."""
    reports = Report.objects.filter(visible(Report, officer, now)).defer("tip", "digest", "answers")
    exhibits = Exhibit.objects.filter(visible(Exhibit, officer, now))
    there = reports.in_bulk([row.report_id for row in rows if row.report_id])
    lying = exhibits.in_bulk([row.exhibit_id for row in rows if row.exhibit_id])
    return {row.pk: there.get(row.report_id or 0) or lying.get(row.exhibit_id or 0) for row in rows}


def _others(links: Sequence[AccountLink], officer: Officer, now: datetime) -> Mapping[int, list[Subject]]:
    """Other subjects, open to the officer, of which the same accounts are thought to be."""
    own = {link.subject_id for link in links}
    indicators = [link.indicator_id for link in links if link.indicator_id]
    there = AccountLink.objects.filter(indicator__in=indicators, ended_at__isnull=True).exclude(subject__in=own)
    pairs = there.filter(visible(Subject, officer, now, "subject_id")).values_list("indicator_id", "subject_id")
    seen = visible_subjects(officer, now).in_bulk([subject for _, subject in pairs])
    found: dict[int, list[Subject]] = {}
    for indicator, subject in pairs:
        if indicator is not None:
            found.setdefault(indicator, []).append(seen[subject])
    return found
