"""Signing in at the machine: what an officer commands there is done as that officer, whom the ledger names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kavalan.cli.keys import passphrase

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer

HERE = "this machine"
"""Where a session stands whose officer sits at the machine itself; failures there are counted as from any address."""


@contextmanager
def signed_in(badge: str, password_file: Path | None, code: str) -> Iterator[Officer | None]:
    """The officer of a badge, who has proved it as at the sign-in page; nobody while the workspace has no officers.

    Args:
        badge: asked for where it is empty.
        password_file: its first line is the password; asked for where it is None.
        code: of the officer's app, or a recovery code; asked for where it is empty and the officer has an app.

    Raises:
        RefusedError: when the proof is wrong, or the officer must wait before the next try.
    """
    from django.utils import timezone

    from kavalan.casework.accounts.models import Authenticator, Officer
    from kavalan.casework.accounts.services import Arrival, begin_session, end_session

    if not Officer.objects.exists():
        yield None
        return
    badge = badge or typer.prompt("This desk has officers. Your badge", err=True)
    officer = _by_password(badge, passphrase(password_file, f"Password of {badge}", twice=False).decode())
    if not Authenticator.objects.filter(officer=officer, confirmed_at__isnull=False).exists():
        # Enrolled, and not at the sign-in page yet, where the app is set up.
        yield officer
        return
    code = code or typer.prompt(f"Code of the app of {badge}", err=True)
    _count(badge)
    session = begin_session(officer, timezone.now(), code=code, arrival=Arrival("kavalan", HERE))
    try:
        yield officer
    finally:
        end_session(officer, timezone.now(), session=session)


def _by_password(badge: str, password: str) -> Officer:
    from django.contrib.auth import authenticate
    from django.utils import timezone

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.accounts.services import forgive_attempt
    from kavalan.casework.errors import RefusedError

    _count(badge)
    officer = authenticate(None, username=badge, password=password)
    if not isinstance(officer, Officer):
        raise RefusedError("Badge and password do not belong together: nothing was done.")
    forgive_attempt(badge=badge, address=HERE, now=timezone.now())
    return officer


def _count(badge: str) -> None:
    """Count a try before it is judged, as the sign-in page does."""
    from django.utils import timezone

    from kavalan.casework.accounts.services import count_attempt
    from kavalan.casework.errors import RefusedError

    until = count_attempt(badge=badge, address=HERE, now=timezone.now())
    if until is not None:
        message = f"Too many attempts. Try again after {timezone.localtime(until):%H:%M:%S}."
        raise RefusedError(message)
