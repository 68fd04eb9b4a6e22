"""What a scan was asked to do, kept beside its batches so that a resumed run is the same run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from kavalan.scan.errors import ScanMismatchError
from kavalan.scan.facts import ListFacts, Profile, SeenFacts
from kavalan.scan.layout import PLAN
from kavalan.scan.tables import write_whole
from kavalan.sources import SourceLimits


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asked for, and what was settled when the scan first started.

    Attributes:
        authority: reference.
        examiner: who.
        unit: for whom agreements are asked.
        profile: see `ScanFacts`.
        radius: bits up to which pictures are near.
        tools: name to version.
        scan: random, 32 hex digits.
        started: first start, UTC.
        triage_at: from which a triage counts back.
        lists: in the state in which they are asked from then on.
        seen_before: earlier scans, as far as they had come.
    """

    authority: str
    examiner: str
    unit: str | None
    profile: Profile
    radius: int
    tools: dict[str, str]
    scan: str
    started: datetime
    triage_at: datetime
    lists: tuple[ListFacts, ...]
    seen_before: tuple[SeenFacts, ...]


class Plan(msgspec.Struct, frozen=True):
    """What the rows of a scan depend on.

    Attributes:
        source: its absolute path, in hex.
        batch_rows: rows of a batch, at most.
        parameters: of the fingerprinter.
        limits: of the source.
        asked: None for a scan that only leaves batches, to be matched by others.
    """

    source: str
    batch_rows: int
    parameters: dict[str, str]
    limits: SourceLimits | None = None
    asked: Asked | None = None


_SETTLED = ("scan", "started", "triage_at", "lists", "seen_before")
_WORDS = {"source": "source", "batch_rows": "rows a batch", "limits": "limits of archives", "tools": "tools"}


def held_plan(out: Path) -> Plan | None:
    """The plan in a folder; None where no scan was begun.

    Raises:
        ScanMismatchError: it is no plan.
    """
    try:
        return msgspec.json.decode((out / PLAN).read_bytes(), type=Plan)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise ScanMismatchError(f"{out / PLAN} is not the plan of a scan of this version: {error}") from error


def settle_plan(root: Path, out: Path, plan: Plan) -> Plan:
    """The plan to follow: the one in the folder where it asks for the same, else this one, which is written there.

    Args:
        root: the source.
        out: the folder; made if missing.
        plan: what is asked now.

    Raises:
        ScanMismatchError: the folder holds another scan, or lies in the source.
        OutputError: the folder cannot be written.
    """
    if out.resolve().is_relative_to(root.resolve()):
        raise ScanMismatchError(f"{out} lies inside {root}: a scan must not write into its source")
    held = held_plan(out)
    if held is None:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / PLAN, msgspec.json.encode(plan))
        return plan
    if differing := differences(held, plan):
        raise ScanMismatchError(
            f"{out} holds another scan (of it differ: {', '.join(differing)}); name an empty folder or repeat that "
            "scan's parameters"
        )
    return held


def differences(held: Plan, plan: Plan) -> list[str]:
    """What is asked otherwise, in words; of lists and earlier scans the names only, since their state is settled."""
    found = [_WORDS[name] for name in ("source", "batch_rows", "limits") if getattr(held, name) != getattr(plan, name)]
    found += _keys(held.parameters, plan.parameters)
    if held.asked is None or plan.asked is None:
        return found if held.asked is plan.asked else [*found, "the verb that made it"]
    fields = [name for name in Asked.__struct_fields__ if name not in {*_SETTLED, "tools"}]
    found += [name for name in fields if getattr(held.asked, name) != getattr(plan.asked, name)]
    found += [f"the version of {name}" for name in _keys(held.asked.tools, plan.asked.tools)]
    if [one.name for one in held.asked.lists] != [one.name for one in plan.asked.lists]:
        found.append("lists")
    if [one.path for one in held.asked.seen_before] != [one.path for one in plan.asked.seen_before]:
        found.append("scans seen before")
    return found


def _keys(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
