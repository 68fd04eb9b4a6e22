"""`kavalan intake`: reports taken in at the machine itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.keys import passphrase
from kavalan.cli.output import shown_path
from kavalan.cli.sign_in import signed_in

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import ColumnMapping, Delivery, Desk

app = typer.Typer(help="Take reports in at the machine itself: files that are too large for a browser, or too many.")


@app.callback()
def intake() -> None:
    """Take reports in at the machine itself: files that are too large for a browser, or too many."""


@app.command("take")
def take(
    workspace: WorkspaceOption,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Referrals, e-mails, tables, bundles.")],
    *,
    desk: Annotated[str, typer.Option("--desk", help="Unit of the desk; not needed where you work at one only.")] = "",
    columns: Annotated[str, typer.Option("--columns", help="Name of a saved meaning of columns, for tables.")] = "",
    sender: Annotated[str, typer.Option("--sender", help="Who sent them, where they do not say it themselves.")] = "",
    badge: Annotated[str, typer.Option("--badge", help="Your badge; asked for without.")] = "",
    password_file: Annotated[
        Path | None, typer.Option(help="Its first line is your password; asked for without.")
    ] = None,
    code: Annotated[
        str, typer.Option(help="The code of your app, or a recovery code; asked for once you have one.")
    ] = "",
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Its first line is the passphrase of the workspace's keys; asked for without.")
    ] = None,
) -> None:
    """Take files in at a desk, as its page does; the worker of the served desk then reads them.

    Each is told with the SHA-256 under which it is kept. A table without --columns waits at the desk until somebody
    says what its columns mean.

    Exit code: 0 when all were taken in, 1 when some were not, 2 when nothing could begin.
    """
    with desk_errors():
        from kavalan.casework import keys
        from kavalan.casework.errors import RefusedError
        from kavalan.casework.workspace import configure

        configure(workspace)
        keys.hold(
            keys.unlock(workspace, passphrase(passphrase_file, "Passphrase of the workspace's keys", twice=False))
        )
        failed = False
        with signed_in(badge, password_file, code) as officer:
            if officer is None:
                raise RefusedError("This workspace has no officers yet: `kavalan user add` enrols the first.")
            there = _desk(officer, desk)
            meaning = _columns(there, columns) if columns else None
            for file in files:
                name = shown_path(os.fsencode(file))
                try:
                    taken = _taken(officer, there, file, meaning, sender)
                except (RefusedError, OSError) as error:
                    failed = True
                    typer.echo(f"kavalan: {name}: {error}", err=True)
                else:
                    typer.echo(f"{name}: {taken.get_form_display()}, SHA-256 {bytes(taken.sha256 or b'').hex()}")
    raise typer.Exit(1 if failed else 0)


def _desk(officer: Officer, unit: str) -> Desk:
    from django.utils import timezone

    from kavalan.casework.errors import RefusedError
    from kavalan.casework.intake.selectors import desks_of

    there = [one for one in desks_of(officer, timezone.now()) if unit in {"", one.unit.name}]
    if len(there) != 1:
        raise RefusedError("Name the desk with --desk UNIT: one at which you take reports in.")
    return there[0]


def _columns(desk: Desk, name: str) -> ColumnMapping:
    from kavalan.casework.errors import RefusedError
    from kavalan.casework.intake.selectors import mappings_of

    found = [one for one in mappings_of(desk.unit_id) if one.name == name]
    if not found:
        raise RefusedError("No meaning of columns is saved under this name: the page of a waiting table saves one.")
    return found[0]


def _taken(officer: Officer, desk: Desk, file: Path, columns: ColumnMapping | None, sender: str) -> Delivery:
    from django.utils import timezone

    from kavalan.casework.errors import RefusedError
    from kavalan.casework.intake.rules import Form, form_of
    from kavalan.casework.intake.services import Parcel, begin_delivery
    from kavalan.casework.vault.store import put

    form = form_of(file.suffix)
    if form is None:
        raise RefusedError("Its name does not tell what it is: a report is .json, .eml, .csv, .zip or .pdf.")
    with file.open("rb") as opened:
        stored = put(opened)
    now = timezone.now()
    meaning = columns if form == Form.TABLE else None
    parcel = Parcel(stored, form, os.fsencode(file.name)[:1000], now, sender=sender, columns=meaning)
    return begin_delivery(officer, now, desk=desk, parcel=parcel)
