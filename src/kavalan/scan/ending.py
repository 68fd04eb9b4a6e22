"""The facts of a scan, put together from its plan, its state and its figures."""

from __future__ import annotations

import os
from datetime import datetime

from msgspec.structs import asdict, replace

from kavalan.lists import Catalogue
from kavalan.scan.facts import Counts, ScanFacts
from kavalan.scan.hits import refusals
from kavalan.scan.plan import Plan
from kavalan.scan.position import Position
from kavalan.scan.request import ScanRequest
from kavalan.scan.state import State
from kavalan.scan.triage import RECENT
from kavalan.sources import shown


def facts_of(
    request: ScanRequest, plan: Plan, state: State, position: Position, catalogue: Catalogue | None
) -> ScanFacts:
    """What a scan was.

    Args:
        request: what was asked.
        plan: that was followed.
        state: its last one; one that is not complete has stopped.
        position: of its finished batches.
        catalogue: of the lists.

    Raises:
        ValueError: the plan is of a scan that nobody asked hits of.
    """
    asked = plan.asked
    if asked is None:
        raise ValueError("a scan of another verb has no such facts")
    refused = refusals(catalogue, [one.name for one in asked.lists], asked.unit) if catalogue and state.why else {}
    source = request.source.resolve()
    return ScanFacts(
        scan=asked.scan,
        source=os.fsencode(source),
        shown=shown(os.fsencode(source)),
        source_kind="folder" if source.is_dir() else "file",
        authority=asked.authority,
        examiner=asked.examiner,
        unit=asked.unit,
        profile=asked.profile,
        lists=tuple(replace(one, refused=refused.get(one.name)) for one in asked.lists),
        seen_before=asked.seen_before,
        parameters=_parameters(plan),
        tools=asked.tools,
        started=asked.started,
        ended=state.updated,
        sandbox=state.sandbox,
        sandbox_complete=state.sandbox_complete,
        runs=state.runs,
        end="complete" if state.state == "complete" else "stopped",
        why=state.why,
        counts=_counts(position),
    )


def stopped(state: State, why: str, now: datetime) -> State:
    """The state of a scan that can be resumed."""
    return replace(state, state="stopped", why=why, updated=now)


def _parameters(plan: Plan) -> dict[str, str]:
    asked = plan.asked
    limits = {
        f"limits.{name}": f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in (asdict(plan.limits) if plan.limits else {}).items()
    }
    more = {"batch_rows": str(plan.batch_rows)}
    if asked is not None:
        more |= {"radius": str(asked.radius), "second_look": str(asked.profile == "full")}
        if asked.profile == "triage":
            more["triage.since"] = (asked.triage_at - RECENT).isoformat()
    return plan.parameters | limits | more


def _counts(position: Position) -> Counts:
    return Counts(
        items=position.finished,
        unread=position.finished_unread,
        bytes=position.finished_size,
        pictures=position.pictures,
        videos=position.videos,
        seen_before=position.seen_before,
        batches=position.batches,
        **asdict(position.found),
    )
