"""`kavalan user`: who works at the desk."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.keys import passphrase
from kavalan.cli.sign_in import signed_in

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer, Unit


class Kind(StrEnum):
    """What a unit is, as `accounts.UnitKind` has it: Django is not set up while a command's options are read."""

    POLICE = "police"
    NGO = "ngo"
    HOTLINE = "hotline"
    PLATFORM = "platform"


app = typer.Typer(help="Who works at the desk: enrol, list, let in again.", no_args_is_help=True)


@app.command("add")
def add(
    workspace: WorkspaceOption,
    *,
    badge: Annotated[str, typer.Option(prompt="Badge of the new officer", help="By which they sign in.")],
    name: Annotated[str, typer.Option(prompt="Name and rank", help="As others see it.")],
    unit: Annotated[str, typer.Option(prompt="Unit", help="Founded if there is none of this name.")],
    unit_kind: Annotated[
        Kind, typer.Option(help="What a unit that is founded is: the law's time limits run only for whom they bind.")
    ] = Kind.POLICE,
    password_file: Annotated[
        Path | None, typer.Option(help="Its first line is the password of the new officer; asked for without.")
    ] = None,
    by: Annotated[str, typer.Option(help="Your badge; not needed for the first officer.")] = "",
    by_password_file: Annotated[
        Path | None, typer.Option(help="Its first line is your password; asked for without.")
    ] = None,
    by_code: Annotated[
        str, typer.Option(help="The code of your app, or a recovery code; asked for once you have an app.")
    ] = "",
) -> None:
    """Enrol an officer. The first one needs nobody; every other is enrolled by an administrator, who signs in for it.

    Exit code: 0 when enrolled, 2 when not.
    """
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        with signed_in(by, by_password_file, by_code) as actor:
            password = passphrase(password_file, f"Password for {badge}", twice=True).decode()
            officer = _enrol(actor, badge.strip(), name.strip(), (unit.strip(), unit_kind), password)
    typer.echo(f"{officer}, {officer.unit}: enrolled. They sign in with badge and password.")


@app.command("reset")
def reset(
    workspace: WorkspaceOption,
    badge: Annotated[str, typer.Argument(help="Whose sign-in.")],
    *,
    reason: Annotated[str, typer.Option(prompt="Reason, which the officer and the auditor read", help="Why.")],
    password_file: Annotated[
        Path | None, typer.Option(help="Its first line is the new password; asked for without.")
    ] = None,
) -> None:
    """Let an officer in again whom nobody at the desk can let in: the one administrator without telephone and codes.

    The officer gets a new password, sets up an app anew at the next sign-in, need not wait after failures any more, and
    is told. Whoever can read the workspace's files can do this; the ledger has it as done by nobody, at the machine.
    While another administrator is there, the page of the officer is the better way.

    Exit code: 0 when reset, 2 when not.
    """
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        officer = _officer(badge)
        password = passphrase(password_file, f"New password for {badge}", twice=True).decode()
        _reset(officer, password, reason)
    typer.echo(f"{officer}: reset. They sign in with badge and the new password, and set up their app.")


@app.command("list")
def list_officers(workspace: WorkspaceOption) -> None:
    """List the officers: badge, name, unit, roles, whether they work here and have an app, when they last signed in."""
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        rows = [("badge", "name", "unit", "roles", "state", "last sign-in"), *_rows()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _rows() -> list[tuple[str, ...]]:
    from django.utils import timezone

    from kavalan.casework.accounts.selectors import all_officers

    now = timezone.now()
    return [
        (
            each.officer.badge,
            each.officer.name,
            each.officer.unit.name,
            ", ".join(each.roles) or "none",
            _state(active=each.officer.is_active, has_app=each.has_app),
            f"{timezone.localtime(each.last_sign_in):%Y-%m-%d %H:%M}" if each.last_sign_in else "never",
        )
        for each in all_officers(now)
    ]


def _state(*, active: bool, has_app: bool) -> str:
    if not active:
        return "has left"
    return "works here" if has_app else "works here, no app yet"


def _officer(badge: str) -> Officer:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.errors import RefusedError

    officer = Officer.objects.filter(badge=badge).first()
    if officer is None:
        message = f"Nobody has the badge {badge}; `kavalan user list` shows who there is."
        raise RefusedError(message)
    return officer


def _reset(officer: Officer, password: str, reason: str) -> None:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from kavalan.casework.accounts.services import reset_at_machine
    from kavalan.casework.errors import RefusedError

    try:
        reset_at_machine(None, timezone.now(), officer=officer, password=password, reason=reason)
    except ValidationError as weak:
        raise RefusedError(" ".join(weak.messages)) from weak


def _enrol(actor: Officer | None, badge: str, name: str, unit: tuple[str, Kind], password: str) -> Officer:
    """Two verbs; the second is tried in thought before the first, so that no unit is founded for nobody."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.accounts.services import enrol_officer
    from kavalan.casework.errors import RefusedError

    if not (badge and name and unit[0]):
        raise RefusedError("Badge, name and unit are all needed.")
    if Officer.objects.filter(badge=badge).exists():
        message = f"There is an officer with the badge {badge} already."
        raise RefusedError(message)
    try:
        validate_password(password, Officer(badge=badge, name=name))
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    now = timezone.now()
    return enrol_officer(actor, now, badge=badge, name=name, unit=_unit(actor, *unit), password=password)


def _unit(actor: Officer | None, name: str, kind: Kind) -> Unit:
    from django.utils import timezone

    from kavalan.casework.accounts.models import Unit
    from kavalan.casework.accounts.services import found_unit
    from kavalan.casework.accounts.unit_kinds import UnitKind

    there = Unit.objects.filter(name=name).first()
    return there or found_unit(actor, timezone.now(), name=name, kind=UnitKind(kind.value))
