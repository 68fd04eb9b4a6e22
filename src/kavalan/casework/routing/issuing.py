"""Making a letter: its data from the desk's records, its file into the vault, and then the verb that records it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from kavalan.casework.accounts.selectors import rank_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Form, PersonRole
from kavalan.casework.routing.selectors import term_of
from kavalan.casework.routing.services import issue_letter
from kavalan.casework.routing.working import works_at
from kavalan.casework.vault.store import put_printed, vault
from kavalan.papers import File, Ground, Officer, PaperError, TransferLetter, ZeroFirLetter
from kavalan.papers.apart import render_apart

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer as Working
    from kavalan.casework.routing.models import IssuedLetter, Transfer
    from kavalan.papers import Letter


@dataclass(frozen=True, slots=True)
class Fir:
    """An FIR that was registered irrespective of the area: where, its number, when (aware UTC), and the charges."""

    station: str
    number: str
    registered_at: datetime
    sections: tuple[str, ...]


def issue(officer: Working, transfer: Transfer, at: datetime, *, fir: Fir | None, place: str = "") -> IssuedLetter:
    """Issue the letter of a transfer, or with an FIR the one that goes with that; takes a second or two.

    Raises:
        RefusedError: when the officer may not, the keys are locked, or the letter cannot be set; the text says why.
    """
    # Asked again by the verb; asked here so that nothing is set for who may not.
    if not works_at(officer, transfer.from_desk, at):
        raise RefusedError("Only who works at that intake desk does this.")
    vault()
    try:
        letter = letter_of(officer, transfer, at, fir=fir, place=place)
        file = render_apart(letter)
    except PaperError as error:
        raise RefusedError(str(error)) from error
    return issue_letter(officer, at, transfer=transfer, letter=letter, stored=put_printed(BytesIO(file)))


def letter_of(officer: Working, transfer: Transfer, at: datetime, *, fir: Fir | None, place: str = "") -> Letter:
    """What the letter shows."""
    said = _said(officer, transfer, at) | ({"place": place} if place else {})
    if fir is None:
        return TransferLetter(**said)
    return ZeroFirLetter(
        **said,
        station=fir.station,
        fir=fir.number,
        registered_at=fir.registered_at.astimezone(UTC),
        sections=fir.sections,
    )


def _said(officer: Working, transfer: Transfer, at: datetime) -> dict[str, Any]:
    report = transfer.report
    rank = rank_of(officer, timezone.localdate(at))
    children = report.persons.filter(role=PersonRole.VICTIM, identity__isnull=False).select_related("identity")
    files = report.files.order_by("number")
    return {
        "prepared_at": at.astimezone(UTC).replace(microsecond=0),
        "prepared_by": Officer(officer.badge, rank.title if rank else "rank not recorded"),
        "unit": transfer.from_desk.unit.name,
        "zone": settings.TIME_ZONE,
        "to": transfer.office,
        "reference": transfer.sender_reference,
        # In English, as the paper's other free text.
        "kind": Form(report.form).name.lower().replace("_", " "),
        "arrived_at": report.arrived_at.astimezone(UTC),
        "digest_of_report": bytes(report.digest).hex(),
        "reason": transfer.reason,
        "children": tuple(str(one.identity) for one in children.order_by("number")),
        "files": tuple(File(one.number + 1, bytes(one.sha256).hex() if one.sha256 else None) for one in files),
        "ground": _ground(transfer),
    }


def _ground(transfer: Transfer) -> Ground | None:
    term = term_of(transfer.from_desk.unit_id, transfer.row)
    return Ground(transfer.row, term.certainty, term.source) if term else None
