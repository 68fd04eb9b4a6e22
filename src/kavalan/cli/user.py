"""`kavalan user`: who works at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.keys import passphrase

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer, Unit

app = typer.Typer(help="Who works at the desk: enrol an officer.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """A command of its own even while there is one: `kavalan user add`."""


@app.command("add")
def add(
    workspace: WorkspaceOption,
    *,
    badge: Annotated[str, typer.Option(prompt="Badge of the new officer", help="By which they sign in.")],
    name: Annotated[str, typer.Option(prompt="Name and rank", help="As others see it.")],
    unit: Annotated[str, typer.Option(prompt="Unit", help="Founded if there is none of this name.")],
    password_file: Annotated[
        Path | None, typer.Option(help="Its first line is the password of the new officer; asked for without.")
    ] = None,
    by: Annotated[str, typer.Option(help="Your badge; not needed for the first officer.")] = "",
    by_password_file: Annotated[
        Path | None, typer.Option(help="Its first line is your password; asked for without.")
    ] = None,
) -> None:
    """Enrol an officer. The first one needs nobody; every other is enrolled by an officer, who is asked to sign in.

    Exit code: 0 when enrolled, 2 when not.
    """
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        actor = _actor(by, by_password_file)
        password = passphrase(password_file, f"Password for {badge}", twice=True).decode()
        officer = _enrol(actor, badge.strip(), name.strip(), unit.strip(), password)
    typer.echo(f"{officer}, {officer.unit}: enrolled. They sign in with badge and password.")


def _actor(badge: str, password_file: Path | None) -> Officer | None:
    """The officer who enrols; nobody while there is none."""
    from django.contrib.auth import authenticate

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.errors import RefusedError

    if not Officer.objects.exists():
        return None
    badge = badge or typer.prompt("This desk has officers. Your badge", err=True)
    password = passphrase(password_file, f"Password of {badge}", twice=False).decode()
    actor = authenticate(None, username=badge, password=password)
    if not isinstance(actor, Officer):
        raise RefusedError("Badge and password do not belong together: nobody was enrolled.")
    return actor


def _enrol(actor: Officer | None, badge: str, name: str, unit: str, password: str) -> Officer:
    """Two verbs; the second is tried in thought before the first, so that no unit is founded for nobody."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.accounts.services import enrol_officer
    from kavalan.casework.errors import RefusedError

    if not (badge and name and unit):
        raise RefusedError("Badge, name and unit are all needed.")
    if Officer.objects.filter(badge=badge).exists():
        message = f"There is an officer with the badge {badge} already."
        raise RefusedError(message)
    try:
        validate_password(password, Officer(badge=badge, name=name))
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    now = timezone.now()
    return enrol_officer(actor, now, badge=badge, name=name, unit=_unit(actor, unit), password=password)


def _unit(actor: Officer | None, name: str) -> Unit:
    from django.utils import timezone

    from kavalan.casework.accounts.models import Unit
    from kavalan.casework.accounts.services import found_unit

    return Unit.objects.filter(name=name).first() or found_unit(actor, timezone.now(), name=name)
