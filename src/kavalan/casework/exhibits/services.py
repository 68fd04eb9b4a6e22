"""Registering exhibits and scanning them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import EXAMINERS, roles_in
from kavalan.casework.access.services import place
from kavalan.casework.authority.rules import Activity
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.evidence import evidence_at
from kavalan.casework.exhibits.field_claim import read_claim
from kavalan.casework.exhibits.models import Earlier, Exhibit, FieldScan, ScanBatch, Tally, Thinning
from kavalan.casework.exhibits.rules import scan_digest
from kavalan.casework.exhibits.thinning import earlier_exhibits, met
from kavalan.casework.jobs.models import ACTIVE, Job, State
from kavalan.casework.jobs.services import end, hold
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, step, verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kavalan.casework.access.models import Compartment
    from kavalan.ledger import Payload

SCAN = "exhibit.scan"
"""The kind of job that fingerprints an exhibit."""

THIN = "exhibit.thin"
"""The kind of job that says which items earlier exhibits held."""

THINNERS = EXAMINERS | {Role.INVESTIGATOR}
"""Who says that earlier exhibits were gone through."""


@dataclass(frozen=True, slots=True)
class ExhibitDraft:
    """An exhibit about to be registered, and the compartment in which it will lie.

    `even_unknown`: the result of a field scan is taken although nobody whose key is trusted here signed it.
    """

    reference: str
    source: Path
    compartment: Compartment
    description: str = ""
    even_unknown: bool = False

    def scope_reference(self) -> str:
        """As its authority names it."""
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it will lie."""
        return [self.compartment.pk]


@verb("exhibit.register", activity=Activity.COLLECT, roles=EXAMINERS)
def register_exhibit(act: Act, draft: ExhibitDraft) -> Done[Exhibit]:
    """Register a folder or a file as an exhibit; nothing of it is read yet.

    Raises:
        RefusedError: when it does not lie where evidence lies, or the authority has an exhibit of that reference.
    """
    exhibit, said = _registered(act, draft)
    return Done(exhibit, said)


@verb("exhibit.import_scan", activity=Activity.COLLECT, roles=EXAMINERS)
def import_scan(act: Act, draft: ExhibitDraft) -> Done[Exhibit]:
    """Register an exhibit whose scan was made elsewhere; `start_scan` loads its result, the source of the draft.

    Raises:
        RefusedError: as `register_exhibit`; or it is no result of a scan that came to its end, or was imported before.
    """
    claim = read_claim(draft.source)
    if FieldScan.objects.filter(Q(scan=claim.scan) | Q(manifest=claim.manifest)).exists():
        raise RefusedError("This scan was imported already: it is not taken in twice.")
    exhibit, said = _registered(act, draft)
    FieldScan.objects.create(
        exhibit=exhibit,
        scan=claim.scan,
        manifest=claim.manifest,
        examiner=claim.examiner,
        authority=claim.authority,
        started_at=claim.started,
        ended_at=claim.ended,
        even_unknown=draft.even_unknown,
    )
    return Done(exhibit, said | {"scan": claim.scan, "manifest": claim.manifest.hex(), "examiner": claim.examiner})


def _registered(act: Act, draft: ExhibitDraft) -> tuple[Exhibit, dict[str, str]]:
    source = evidence_at(draft.source)
    if Exhibit.objects.filter(authority=act.authority, reference=draft.reference).exists():
        raise RefusedError("%(reference)s is registered already.", reference=draft.reference)
    exhibit = Exhibit.objects.create(
        reference=draft.reference,
        description=draft.description,
        source=source,
        authority=act.authority,
        registered_by=act.officer,
        registered_at=act.at,
    )
    place(exhibit, draft.compartment)
    return exhibit, {
        "reference": draft.reference,
        "description": draft.description,
        "source": source.hex(),
        "compartment": str(draft.compartment.public_id),
    }


@verb("scan.start", activity=Activity.EXAMINE, roles=EXAMINERS)
def start_scan(act: Act, exhibit: Exhibit) -> Done[Exhibit]:
    """Ask for an exhibit to be fingerprinted; after a failed or cancelled scan it goes on from the last batch.

    Raises:
        RefusedError: when it is being scanned or was scanned whole.
    """
    exhibit = Exhibit.objects.select_for_update(of=("self",)).select_related("scan").get(pk=exhibit.pk)
    if exhibit.scan is not None and (exhibit.scan.active or exhibit.scan.state == State.DONE):
        state = exhibit.scan.get_state_display()
        raise RefusedError("The scan of %(exhibit)s: %(state)s.", exhibit=exhibit, state=state)
    exhibit.scan = Job.objects.create(kind=SCAN, officer=act.officer, authority=act.authority, created_at=act.at)
    exhibit.save(update_fields=["scan"])
    return Done(exhibit, {"job": str(exhibit.scan.public_id)})


@house_verb("scan.cancel")
def cancel_scan(act: HouseAct, *, exhibit: Exhibit) -> Done[Exhibit]:
    """Ask a scan to stop before its next batch; one that has not begun ends at once. What is loaded stays.

    Raises:
        RefusedError: when the actor is no examiner where the exhibit lies, or there is nothing to cancel.
    """
    if not EXAMINERS & roles_in(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("Only an examiner where the exhibit lies cancels its scan.")
    job = Job.objects.select_for_update().filter(exhibit=exhibit).first()
    if job is None or not job.active:
        raise RefusedError("No scan of %(exhibit)s is under way.", exhibit=exhibit)
    if job.state == State.WAITING:
        end(job, State.CANCELLED, act.at)
    else:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
    return Done(exhibit, {"job": str(job.public_id)})


@verb("scan.finish", activity=Activity.EXAMINE, roles=EXAMINERS)
def finish_scan(act: Act, exhibit: Exhibit, *, job: Job) -> Done[Exhibit]:
    """Say that every item was read, with the digest over all batches."""
    hold(job)
    end(job, State.DONE, act.at)
    return Done(exhibit, _loaded(exhibit, job))


@house_verb("scan.stop", unattended=True)
def stop_scan(act: HouseAct, *, exhibit: Exhibit, job: Job, state: State, why: str) -> Done[Exhibit]:
    """Say that a scan ended before its end, with the digest over the batches that were loaded."""
    hold(job)
    end(job, state, act.at, why)
    return Done(exhibit, _loaded(exhibit, job, state=state.value, why=why))


@house_verb("exhibit.thin")
def thin_exhibit(act: HouseAct, *, exhibit: Exhibit, earlier: Sequence[Exhibit]) -> Done[Thinning]:
    """Say that earlier exhibits were gone through, so that an exhibit may be looked at without what they held.

    No authority is asked: nothing is opened by it, and everything stays where it is.

    Raises:
        RefusedError: when the actor does not work on it, one of the others is not open to them, later or not scanned
            whole, or it is not scanned whole itself, or being thinned.
    """
    if not THINNERS & roles_in(act.officer, exhibit.compartment_ids(), act.at):
        raise RefusedError("Who works on the exhibit thins it: an examiner, an investigator or a supervisor there.")
    exhibit = Exhibit.objects.select_for_update(of=("self",)).select_related("scan").get(pk=exhibit.pk)
    if exhibit.scan is None or exhibit.scan.state != State.DONE:
        raise RefusedError("It is thinned once its scan has come to its end.")
    offered = earlier_exhibits(act.officer, exhibit, act.at).filter(pk__in=[one.pk for one in earlier])
    if not earlier or offered.count() != len({one.pk for one in earlier}):
        raise RefusedError("Choose among the earlier exhibits that are open to you and scanned whole.")
    if Thinning.objects.filter(exhibit=exhibit, job__state__in=ACTIVE).exists():
        raise RefusedError("It is being thinned at this moment. Wait for the end of that.")
    job = Job.objects.create(kind=THIN, officer=act.officer, created_at=act.at)
    said = {"job": job, "chosen_by": act.officer, "chosen_at": act.at}
    thinning, _ = Thinning.objects.update_or_create(exhibit=exhibit, defaults=said)
    thinning.earlier.all().delete()
    Earlier.objects.bulk_create(Earlier(thinning=thinning, exhibit=one) for one in earlier)
    named = sorted(str(one.public_id) for one in earlier)
    return Done(thinning, {"exhibit": str(exhibit.public_id), "earlier": named, "job": str(job.public_id)})


@house_verb("thinning.finish", unattended=True)
def finish_thinning(act: HouseAct, *, thinning: Thinning, job: Job) -> Done[Thinning]:
    """Say that every item was asked about, and how many were met."""
    hold(job)
    end(job, State.DONE, act.at)
    return Done(thinning, _thinned(thinning, job))


@house_verb("thinning.stop", unattended=True)
def stop_thinning(act: HouseAct, *, thinning: Thinning, job: Job, state: State, why: str) -> Done[Thinning]:
    """Say that it came to another end; until it is done anew nothing is left out."""
    hold(job)
    end(job, state, act.at, why)
    return Done(thinning, {**_thinned(thinning, job), "state": state.value, "why": why})


def _thinned(thinning: Thinning, job: Job) -> Payload:
    tallies = Tally.objects.filter(exhibit=thinning.exhibit_id)
    return {"exhibit": str(thinning.exhibit.public_id), "job": str(job.public_id), "met": met(tallies)}


@step(FieldScan)
def record_signer(field: FieldScan, signer: str, *, trusted: bool) -> None:
    """Keep who was found to have signed a field scan; `scan.finish` tells the ledger."""
    FieldScan.objects.filter(pk=field.pk).update(signer=signer, trusted=trusted)


def _loaded(exhibit: Exhibit, job: Job, **more: str) -> Payload:
    batches = ScanBatch.objects.filter(exhibit=exhibit)
    digests = batches.order_by("number").values_list("sha256", flat=True)
    field = FieldScan.objects.filter(exhibit=exhibit).first()
    counts = batches.aggregate(items=Sum("rows", default=0), unread=Sum("unread", default=0))
    return {
        "job": str(job.public_id),
        "batches": len(digests),
        "items": counts["items"],
        "unread": counts["unread"],
        "sha256": scan_digest(map(bytes, digests)).hex(),
        **({"signer": field.signer or "nobody"} if field else {}),
        **more,
    }
