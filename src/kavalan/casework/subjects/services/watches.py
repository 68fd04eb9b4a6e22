"""Watching an account: officers are told of newly received material that names it, for a time, under an authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.selectors import visible
from kavalan.casework.authority.rules import Activity
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.subjects.models import AccountLink, Subject, Told, Watch, Watcher
from kavalan.casework.subjects.protected import require_unprotected
from kavalan.casework.subjects.rules import limits
from kavalan.casework.subjects.working import held, held_open, require_nameless
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, verb

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.subjects.rules import Outcome
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class Terms:
    """What a watch is for, whom it tells, and when it ends (aware UTC)."""

    purpose: str
    officers: Collection[Officer]
    until: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a watch was good for, in a word and in words."""

    outcome: Outcome
    words: str


@verb("watch.begin", activity=Activity.WATCH, roles=frozenset(WORKS))
def begin_watch(act: Act, link: AccountLink, *, terms: Terms) -> Done[Watch]:
    """Have officers told when newly and lawfully received material names an account of a subject.

    Nothing is searched for, followed or asked. The authority must permit to watch and name the account, and is asked
    again whenever something would be told.

    Raises:
        RefusedError: when the authority, the role or the account's link does not allow it, the hypothesis is closed,
            the account is watched already, the actor began the last watch of it (another officer renews), or the terms
            name nobody, somebody who may not see the subject, no purpose, or an end that the rules do not allow.
    """
    link = _held_link(act, link)
    before = _last(link)
    if before is not None and before.in_force(act.at):
        raise RefusedError("This account is watched already; another officer can renew that watch.")
    if before is not None and before.begun_by_id == act.officer.pk:
        raise RefusedError("You began the last watch of this account: another officer looks at it and begins the next.")
    made = _begun(act, link, terms, None)
    return Done(made, _said(made))


@verb("watch.renew", activity=Activity.WATCH, roles=frozenset(WORKS))
def renew_watch(act: Act, link: AccountLink, *, terms: Terms, found: Found) -> Done[Watch]:
    """Renew the last watch of an account: by another officer than who began it, who says what came of it so far.

    Raises:
        RefusedError: when the authority, the role or the account's link does not allow it, there is no watch that waits
            for its end, the actor began it, or the terms do not fit as in `watch.begin`.
    """
    link = _held_link(act, link)
    before = _last(link)
    if before is None or before.outcome:
        raise RefusedError("There is no watch of this account that could be renewed: begin one.")
    if before.begun_by_id == act.officer.pk:
        raise RefusedError("You began this watch: another officer renews it.")
    _concluded(before, act.officer, act.at, found)
    made = _begun(act, link, terms, before)
    return Done(made, {**_said(made), "renews": str(before.public_id), "outcome": before.outcome})


@house_verb("watch.end")
def end_watch(act: HouseAct, *, watch: Watch, found: Found) -> Done[Watch]:
    """End a watch, or say after its last day what came of it.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the outcome was recorded already, or nothing
            is said of it.
    """
    held(act, watch.subject)
    watch = Watch.objects.select_for_update(of=("self",)).select_related("subject").get(pk=watch.pk)
    if watch.outcome:
        raise RefusedError("What came of this watch was recorded already.")
    _concluded(watch, act.officer, act.at, found)
    return Done(watch, {**_said(watch), "outcome": watch.outcome, "words": watch.outcome_words})


@house_verb("watch.acknowledge")
def acknowledge(act: HouseAct, *, told: Told) -> Done[Told]:
    """Say that one knows what a watch told.

    Raises:
        RefusedError: when somebody else was told, or it was acknowledged already.
    """
    told = Told.objects.select_for_update(of=("self",)).select_related("watch", "report").get(pk=told.pk)
    if told.officer_id != act.officer.pk:
        raise RefusedError("Somebody else was told this.")
    if told.read_at is not None:
        raise RefusedError("You have acknowledged this already.")
    told.read_at = act.at
    told.save(update_fields=["read_at"])
    return Done(told, {"watch": str(told.watch.public_id), "report": str(told.report.public_id)})


def _held_link(act: Act, link: AccountLink) -> AccountLink:
    held_open(act, link.subject)
    link = AccountLink.objects.select_related("subject", "indicator").get(pk=link.pk)
    if link.indicator is None or not link.on(timezone.localdate(act.at)):
        raise RefusedError("This account is not thought to be the subject’s today.")
    require_unprotected(link.indicator.pk)
    return link


def _last(link: AccountLink) -> Watch | None:
    theirs = Watch.objects.select_for_update(of=("self",)).filter(subject=link.subject_id, indicator=link.indicator_id)
    return theirs.order_by("-pk").first()


def _begun(act: Act, link: AccountLink, terms: Terms, renews: Watch | None) -> Watch:
    purpose = required(terms.purpose, "Say what the watch is for.")
    if link.indicator is not None:
        require_nameless(act.officer, act.at, [purpose], [link.indicator])
    _require_fitting(act, link.subject, terms)
    made = Watch.objects.create(
        subject=link.subject,
        indicator=link.indicator,
        authority=act.authority,
        purpose=purpose,
        begun_by=act.officer,
        begun_at=act.at,
        until=terms.until,
        renews=renews,
    )
    Watcher.objects.bulk_create(Watcher(watch=made, officer=one) for one in sorted(terms.officers, key=lambda o: o.pk))
    return made


def _require_fitting(act: Act, subject: Subject, terms: Terms) -> None:
    most = limits()
    permit = act.authority.permits.get(activity=Activity.WATCH)
    last = min(permit.valid_until, act.at + timedelta(days=most.watch_days))
    if not act.at < terms.until <= last:
        told = f"{timezone.localtime(last):%Y-%m-%d %H:%M}"
        raise RefusedError("A watch ends by %(last)s: its authority and the rules allow no longer.", last=told)
    if not 0 < len(terms.officers) <= most.watchers:
        raise RefusedError("Name one officer at least who is told, and %(most)s at most.", most=most.watchers)
    for officer in terms.officers:
        if not Subject.objects.filter(visible(Subject, officer, act.at), pk=subject.pk).exists():
            raise RefusedError("%(who)s is not let in where this subject lies.", who=officer)


def _concluded(watch: Watch, officer: Officer, at: datetime, found: Found) -> None:
    watch.outcome_words = required(found.words, "Say what came of the watch.")
    watch.outcome = found.outcome
    # It ended by itself on its last day; who says later what came of it changes nothing about that.
    watch.ended_at, watch.ended_by = watch.ended_at or min(at, watch.until), watch.ended_by or officer
    watch.save(update_fields=["outcome", "outcome_words", "ended_at", "ended_by"])


def _said(watch: Watch) -> Payload:
    return {
        "subject": str(watch.subject.public_id),
        "account": str(watch.indicator) if watch.indicator else None,
        "purpose": watch.purpose,
        "until": watch.until.isoformat(),
        "officers": sorted(str(one.officer.public_id) for one in watch.watchers.select_related("officer")),
    }
