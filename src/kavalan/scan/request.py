"""What a person asks of a scan, checked and settled into a plan."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from kavalan.lists import Catalogue
from kavalan.scan.errors import RefusedError
from kavalan.scan.facts import Profile
from kavalan.scan.hits import list_facts
from kavalan.scan.layout import LOCK, STATE
from kavalan.scan.plan import Asked, Plan, held_plan, settle_plan
from kavalan.scan.seen import seen_facts
from kavalan.scan.tools import tools
from kavalan.sources import SourceLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """What is asked.

    Attributes:
        source: a folder or a file.
        out: where the results go; not in the source.
        authority: reference of the authority under which it is done.
        examiner: who does it.
        unit: for whom agreements of lists are asked.
        profile: `full` or `triage`.
        lists: names in the catalogue; none is no error.
        seen_before: folders of earlier scans.
        radius: bits up to which pictures are near.
        workers: decoding processes; results do not depend on it.
        batch_rows: rows of a batch, at most.
        triage_at: aware, from which a triage counts back; None for the scan's own start. A scan that is repeated later
            counts from where it did.
    """

    source: Path
    out: Path
    authority: str
    examiner: str
    unit: str | None = None
    profile: Profile = "full"
    lists: tuple[str, ...] = ()
    seen_before: tuple[Path, ...] = ()
    radius: int = 31
    workers: int = 2
    batch_rows: int = 10_000
    triage_at: datetime | None = None


def check_request(request: ScanRequest) -> None:
    """See that it can be begun, before anything is written.

    Raises:
        RefusedError: it cannot; the text says why and what to do.
    """
    for name in ("authority", "examiner"):
        if not getattr(request, name).strip():
            raise RefusedError(f"the {name} is missing: a scan is done under an authority, by somebody")
    if not request.source.exists():
        raise RefusedError(f"{request.source} does not exist, or may not be seen")
    out = request.out.resolve()
    if out.is_relative_to(request.source.resolve()):
        raise RefusedError(f"{out} lies inside {request.source}: a scan must not write into its source")
    if out in {folder.resolve() for folder in request.seen_before}:
        raise RefusedError(f"{out} cannot have been seen before itself")
    if out.exists() and held_plan(out) is None and (found := _foreign(out)):
        raise RefusedError(f"{out} holds {found!a}, which is of no scan; name an empty folder")


def settled(
    request: ScanRequest,
    catalogue: Catalogue | None,
    parameters: dict[str, str],
    limits: SourceLimits,
    now: datetime,
) -> Plan:
    """The plan to follow: as it was settled when the scan first started.

    Args:
        request: checked.
        catalogue: of the lists.
        parameters: of the fingerprinter.
        limits: of the source.
        now: aware UTC.

    Raises:
        RefusedError: a list may not be used, an earlier scan is not there, or `out` holds another scan.
        OutputError: the folder cannot be written.
    """
    if request.lists and catalogue is None:
        raise RefusedError("lists are named, and there is no catalogue")
    asked = Asked(
        authority=request.authority,
        examiner=request.examiner,
        unit=request.unit,
        profile=request.profile,
        radius=request.radius,
        tools=tools(),
        scan=secrets.token_hex(16),
        started=now,
        triage_at=request.triage_at or now,
        lists=list_facts(catalogue, request.lists, request.unit) if catalogue and request.lists else (),
        seen_before=(),
    )
    where = os.fsencode(request.source.resolve()).hex()
    plan = Plan(where, request.batch_rows, parameters, limits, asked)
    before = tuple(seen_facts(folder, plan) for folder in request.seen_before)
    return settle_plan(request.source, request.out, replace(plan, asked=replace(asked, seen_before=before)))


def _foreign(out: Path) -> str | None:
    """Something that no scan writes before its plan."""
    if not out.is_dir():
        return out.name
    names = (path.name for path in out.iterdir())
    return next((name for name in names if name not in {LOCK, STATE} and not name.endswith(".partial")), None)
