"""Writing down what the lists answered: one short transaction a batch, the same result however often it is tried."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kavalan.casework.exhibits.models import Exhibit, Item
from kavalan.casework.exhibits.rules import Novelty, Standing
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.hits.models import ErrorRate, Hit, Rematch, ScanMatching
from kavalan.casework.hits.rules import Method, Seen, lists_asked, standing
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import keep
from kavalan.casework.verbs import step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from kavalan.casework.accounts.models import Unit
    from kavalan.casework.hits.models import Asked

_DOUBTS = ("confirmed", "contradicted", "held", "suppressed_by")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the lists answered about some contents.

    Attributes:
        contents: their numbers.
        hits: not saved; each says something else of its content.
        seen: every list of the workspace, those that were not asked among them.
    """

    contents: tuple[int, ...]
    hits: tuple[Hit, ...]
    seen: tuple[Seen, ...]


@step(Job)
def renew(job: Job, now: datetime) -> None:
    """Say that the worker lives, while the lists are being asked."""
    keep(job, now)


class _Changes(NamedTuple):
    found: int
    withdrawn: int


@step(Hit, ErrorRate, Item, *KEPT, ScanMatching, Job)
def load_scan_batch(job: Job, exhibit: Exhibit, batch: int, answered: Answered, now: datetime) -> None:
    """Load what was answered about the contents of a batch of a scan.

    Raises:
        LeaseLostError: when the job is no longer this worker's; nothing is written.
    """
    keep(job, now)
    matching, _ = ScanMatching.objects.get_or_create(exhibit=exhibit)
    if matching.batch < batch:
        matching.batch = batch
        _note(matching, answered, _write(exhibit.authority.unit, answered, now), now)


@step(Hit, ErrorRate, Item, *KEPT, Rematch, Job)
def load_rematch_batch(job: Job, rematch: Rematch, answered: Answered, now: datetime) -> None:
    """Load what was answered about the next contents of a rematch.

    Raises:
        LeaseLostError: when the job is no longer this worker's; nothing is written.
    """
    current = Rematch.objects.select_related("unit", "job").get(pk=rematch.pk)
    done = current.contents + len(answered.contents)
    keep(job, now, cursor=current.job.cursor + 1, progress=done, attempts=0)
    current.after = max(answered.contents, default=current.after)
    _note(current, answered, _write(current.unit, answered, now), now)


def _note(asked: Asked, answered: Answered, changes: _Changes, now: datetime) -> None:
    asked.lists = lists_asked(asked.lists, answered.seen, len(answered.contents))
    asked.contents += len(answered.contents)
    asked.found += changes.found
    asked.withdrawn += changes.withdrawn
    asked.asked_at = now
    asked.save()


def _write(unit: Unit, answered: Answered, now: datetime) -> _Changes:
    """Add what is new, withdraw what the lists no longer say, keep the rest; then say it at the items."""
    before = list(Hit.objects.filter(unit=unit, content_id__in=answered.contents))
    living = {(hit.content_id, bytes(hit.said)): hit for hit in before if hit.withdrawn_at is None}
    found = {(hit.content_id, bytes(hit.said)): hit for hit in answered.hits}
    fresh = [hit for key, hit in found.items() if key not in living]
    for hit in fresh:
        hit.unit, hit.found_at = unit, now
    _quote(fresh)
    Hit.objects.bulk_create(fresh, ignore_conflicts=True)
    # A list that refused has said nothing, neither yes nor no.
    silent = {one.name for one in answered.seen if one.refusal}
    gone = [hit.pk for key, hit in living.items() if key not in found and hit.list_name not in silent]
    Hit.objects.filter(pk__in=gone).update(withdrawn_at=now)
    Hit.objects.bulk_update(_changed((living[key], found[key]) for key in living.keys() & found.keys()), _DOUBTS)
    touched = {hit.content_id for hit in (*before, *fresh)} | _hold(unit, answered.hits)
    _stand(unit, touched)
    return _Changes(len(fresh), len(gone))


def _quote(hits: Iterable[Hit]) -> None:
    """Give hits that came with a sentence of their own the stored one of the same words."""
    quoted = [(hit, hit.error_rate.text) for hit in hits if hit.error_rate is not None]
    texts = sorted({text for _, text in quoted})
    ErrorRate.objects.bulk_create([ErrorRate(text=text) for text in texts], ignore_conflicts=True)
    stored = {rate.text: rate for rate in ErrorRate.objects.filter(text__in=texts)}
    for hit, text in quoted:
        hit.error_rate = stored[text]


def _changed(pairs: Iterable[tuple[Hit, Hit]]) -> list[Hit]:
    """The stored hits of which other doubts are said now. Only a person lets go of one that is held."""
    changed = []
    for stored, now in pairs:
        told = (now.confirmed, now.contradicted, now.held or stored.held, now.suppressed_by)
        if told != (stored.confirmed, stored.contradicted, stored.held, stored.suppressed_by):
            stored.confirmed, stored.contradicted, stored.held, stored.suppressed_by = told
            changed.append(stored)
    return changed


def _hold(unit: Unit, hits: Iterable[Hit]) -> set[int]:
    """Hold the earlier hits on entries that are held now too; the contents on which there were any."""
    rows = defaultdict(set)
    for hit in hits:
        if hit.held:
            rows[hit.list_name, hit.state.partition("+")[0], hit.method == Method.NEAR].add(hit.entry_row)
    contents: set[int] = set()
    for (name, generation, near), entries in rows.items():
        earlier = Hit.objects.filter(
            unit=unit, list_name=name, entry_row__in=entries, state__startswith=f"{generation}+", held=False
        )
        earlier = earlier.filter(method=Method.NEAR) if near else earlier.exclude(method=Method.NEAR)
        contents.update(earlier.values_list("content_id", flat=True))
        earlier.update(held=True)
    return contents


def _stand(unit: Unit, contents: Collection[int]) -> None:
    """Say at the unit's items what the hits on their contents come to."""
    hits = defaultdict(list)
    for hit in Hit.objects.filter(unit=unit, content_id__in=contents):
        hits[hit.content_id].append(hit)
    alike: dict[Standing, list[int]] = defaultdict(list)
    for content, on_it in hits.items():
        alike[standing(on_it)].append(content)
    changed = {value: _theirs(unit, value, those) for value, those in alike.items()}
    exhibits = {exhibit for items in changed.values() for exhibit in items.values()}
    every = Item.objects.filter(pk__in=[item for items in changed.values() for item in items])
    with brought_forward(exhibits, every):
        for value, items in changed.items():
            theirs = Item.objects.filter(pk__in=items)
            if value > Standing.KNOWN_GOOD:
                # What is on a list is not left out, whatever earlier exhibits held.
                theirs.filter(novelty=Novelty.MET).update(novelty=Novelty.NEW)
            theirs.update(standing=value)


def _theirs(unit: Unit, value: Standing, contents: Collection[int]) -> dict[int, int]:
    """The unit's items of these contents that do not stand so yet, each with its exhibit."""
    # By content first: asked in one statement, SQLite goes through every item of the unit's exhibits instead.
    items = dict(Item.objects.filter(content_id__in=contents).exclude(standing=value).values_list("pk", "exhibit_id"))
    exhibits = Exhibit.objects.filter(pk__in=set(items.values()), authority__unit=unit)
    theirs = set(exhibits.values_list("pk", flat=True))
    return {item: exhibit for item, exhibit in items.items() if exhibit in theirs}
