"""Typing a seizure in: rows are kept as they come, and one verb enters all of them or none."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.db.models import Max

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.authority.rules import Activity
from kavalan.casework.custody.memo import memo_of
from kavalan.casework.custody.models import CustodyEvent, Device, Draft, DraftRow
from kavalan.casework.custody.numbers import new_label
from kavalan.casework.custody.roles import KEEPERS, place_all
from kavalan.casework.custody.rows import MOST_ROWS, Row, faults_of, tidy
from kavalan.casework.custody.services.seizures import entered
from kavalan.casework.custody.telling import Found, Party, Told, tell
from kavalan.casework.custody.words import SealState, What
from kavalan.casework.errors import RefusedError
from kavalan.casework.search.indexing import write_all
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, step, verb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kavalan.casework.access.models import Compartment
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.custody.memo import Memo
    from kavalan.casework.custody.models import Seizure


@house_verb("seizure.draft")
def begin_draft(
    act: HouseAct, *, authority: Authority, compartment: Compartment, reference: str, memo: Memo
) -> Done[Draft]:
    """Begin to type a seizure in; its authority is asked for each thing when it is entered.

    Raises:
        RefusedError: when the actor keeps nothing in the compartment, the authority is another unit's, the memo has no
            reference or is entered already, or it lies ahead.
    """
    if not KEEPERS & roles_in(act.officer, [compartment.pk], act.at):
        raise RefusedError("Only who works in this compartment enters a seizure there.")
    if authority.unit_id != act.officer.unit_id:
        raise RefusedError("It was given to another unit.")
    if not reference.strip():
        raise RefusedError("The memo needs a reference.")
    if memo.at > act.at:
        raise RefusedError("This lies ahead: an event is entered once it has happened.")
    if authority.seizures.filter(reference=reference.strip()).exists():
        raise RefusedError("%(reference)s is registered already.", reference=reference.strip())
    draft = Draft.objects.create(
        officer=act.officer,
        authority=authority,
        compartment=compartment,
        reference=reference.strip(),
        facts=memo.kept(),
        begun_at=act.at,
    )
    return Done(draft, {"reference": draft.reference, "authority": str(authority.public_id)})


@house_verb("seizure.discard")
def discard_draft(act: HouseAct, *, draft: Draft) -> Done[Draft]:
    """Throw away what was typed; nothing was registered.

    Raises:
        RefusedError: when it is another officer's, or was entered or thrown away already.
    """
    draft = _open(draft, act.officer)
    rows = draft.rows.count()
    draft.rows.all().delete()
    draft.discarded_at, draft.typing = act.at, {}
    draft.save(update_fields=["discarded_at", "typing"])
    return Done(draft, {"rows": rows})


@step(Draft, DraftRow)
def save_row(draft: Draft, officer: Officer, said: Mapping[str, str]) -> None:
    """Keep a row as it was typed, right or not.

    Raises:
        RefusedError: when the draft is not the officer's or not open any more, or full.
    """
    _append(_open(draft, officer), [tidy(said)], load=0)
    Draft.objects.filter(pk=draft.pk).update(typing={})


@step(Draft)
def keep_typing(draft: Draft, officer: Officer, said: Mapping[str, str]) -> None:
    """Keep a row that is half typed, for whoever loses the connection.

    Raises:
        RefusedError: as `save_row`.
    """
    Draft.objects.filter(pk=_open(draft, officer).pk).update(typing=tidy(said))


@step(Draft, DraftRow)
def load_rows(draft: Draft, officer: Officer, rows: Sequence[Row]) -> None:
    """Keep the rows of a table behind those that are there, right or not.

    Raises:
        RefusedError: as `save_row`.
    """
    held = _open(draft, officer)
    last = held.rows.aggregate(last=Max("load", default=0))["last"]
    _append(held, rows, load=last + 1)


@step(Draft, DraftRow)
def take_back_load(draft: Draft, officer: Officer) -> None:
    """Take the rows of the last table away.

    Raises:
        RefusedError: as `save_row`; or no table is there.
    """
    held = _open(draft, officer)
    last = held.rows.aggregate(last=Max("load", default=0))["last"]
    if not last:
        raise RefusedError("No table is there to be taken back.")
    held.rows.filter(load=last).delete()


@step(Draft, DraftRow)
def drop_row(draft: Draft, officer: Officer, number: int) -> None:
    """Take a row away; what it said is typed anew.

    Raises:
        RefusedError: as `save_row`; or there is no such row.
    """
    held = _open(draft, officer)
    row = held.rows.filter(number=number).first()
    if row is None:
        raise RefusedError("This row is not there any more.")
    Draft.objects.filter(pk=held.pk).update(typing=row.said)
    row.delete()


@verb("seizure.enter", activity=Activity.COLLECT, roles=KEEPERS)
def enter_seizure(act: Act, draft: Draft) -> Done[CustodyEvent]:
    """Register all things of a draft as seized, each with its seal and its state, or none: one entry for the batch.

    What the law sets for a search begins with it.

    Raises:
        RefusedError: when the draft is another officer's or not open, a row is at fault, or there is none.
    """
    draft = _open(draft, act.officer)
    rows = {row.number: tidy(row.said) for row in draft.rows.order_by("number")}
    if not rows or draft.authority_id != act.authority.pk:
        raise RefusedError("There is nothing to enter.")
    if faults := draft_faults(draft, rows):
        raise RefusedError("Nothing was entered: %(count)d rows are at fault. See beside them.", count=len(faults))
    memo = memo_of(draft.facts)
    seizure = entered(act, draft.reference, memo, draft.compartment_ids())
    devices = _registered(act, draft, seizure, list(rows.values()))
    found = {device.pk: _found(row) for device, row in zip(devices, rows.values(), strict=True)}
    taker = Party(words=memo.seized_by_words) if memo.seized_by_words else Party(act.officer)
    told = Told(What.COLLECTED, memo.at, taker=taker, place=memo.place)
    event = tell(act.officer, act.at, devices, told, each=found)
    draft.rows.all().delete()
    draft.seizure = seizure
    draft.save(update_fields=["seizure"])
    place_all([event], draft.compartment_ids())
    write_all([seizure, *devices])
    return Done(event, {**_said(seizure, rows), **memo.kept()})


def draft_faults(draft: Draft, rows: Mapping[int, Row]) -> dict[int, list[str]]:
    """What keeps each row of a draft from being entered, by its number."""
    references = [row.get("reference", "") for row in rows.values()]
    there = Device.objects.filter(authority=draft.authority_id, reference__in=references)
    named = draft.authority.exhibits
    covered = None if draft.reference in named else frozenset(named)
    return faults_of(rows, frozenset(there.values_list("reference", flat=True)), covered)


def _open(draft: Draft, officer: Officer) -> Draft:
    """The draft as it is now, locked, if it is this officer's and still open."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("authority", "compartment").get(pk=draft.pk)
    if held.officer_id != officer.pk:
        raise RefusedError("Another officer is typing this in.")
    if not held.is_open:
        raise RefusedError("This was entered or thrown away already.")
    return held


def _append(draft: Draft, rows: Sequence[Row], load: int) -> None:
    kept = draft.rows.aggregate(last=Max("number", default=0))["last"]
    if draft.rows.count() + len(rows) > MOST_ROWS:
        raise RefusedError("A memo holds at most %(most)d things: begin another.", most=MOST_ROWS)
    DraftRow.objects.bulk_create(
        DraftRow(draft=draft, number=number, said=row, load=load) for number, row in enumerate(rows, kept + 1)
    )


def _registered(act: Act, draft: Draft, seizure: Seizure, rows: Sequence[Row]) -> list[Device]:
    named = draft.authority.exhibits
    devices = Device.objects.bulk_create(
        Device(
            authority=act.authority,
            seizure=seizure,
            covered_by=row["reference"] if row["reference"] in named else draft.reference,
            label=new_label(),
            as_shown=bool(row.get("as_shown")),
            seal=row.get("seal", ""),
            **{name: row.get(name, "") for name in ("reference", "sort", "make", "model", "serial")},
            **{name: row.get(name, "") for name in ("imei", "imei_2", "iccid")},
        )
        for row in rows
    )
    place_all(devices, draft.compartment_ids())
    return devices


def _found(row: Row) -> Found:
    state = SealState(row.get("seal_state") or (SealState.INTACT if row.get("seal") else SealState.UNKNOWN))
    return Found(row.get("seal", ""), state, row.get("isolation", ""), note=row.get("note", ""))


def _said(seizure: Seizure, rows: Mapping[int, Row]) -> dict[str, str | int]:
    digest = hashlib.sha256(json.dumps(list(rows.values()), sort_keys=True).encode()).hexdigest()
    return {"seizure": str(seizure.public_id), "reference": seizure.reference, "things": len(rows), "sha256": digest}
