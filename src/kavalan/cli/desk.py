"""What the commands that work on a workspace share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", envvar="KAVALAN_WORKSPACE", help="The directory that `kavalan init` made.")
]


@contextmanager
def desk_errors() -> Iterator[None]:
    """What the desk refuses ends the program with its text and exit code 2, not with a trace."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error as DatabaseError

    from kavalan.casework.errors import DeskError

    try:
        yield
    except (DeskError, DatabaseError, ImproperlyConfigured, OSError) as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(2) from error
