"""`kavalan routing`: tables of offices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Tables of offices: check one before the desk takes it in.", no_args_is_help=True)


@app.command("check")
def check(
    table: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The table; docs/routing.md describes it.")],
) -> None:
    """Check a unit's own table, beside the packaged one, and say what it holds.

    Exit code: 0 when it holds together, 2 when not.
    """
    from kavalan.casework.routing.tables import MOST_BYTES, TableError, packaged_table, read_table
    from kavalan.sandbox import printable

    try:
        with table.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode()
        found = read_table(text, packaged_table())
    except (OSError, UnicodeDecodeError, TableError) as error:
        typer.echo(f"kavalan: {table}: {error}", err=True)
        raise typer.Exit(2) from error
    packaged = {office.id for office in packaged_table().office}
    again = sum(office.id in packaged for office in found.office)
    typer.echo(f"{table}: {printable(found.title)}, drawn up {found.drawn_up}")
    typer.echo(f"Offices: {len(found.office)}, in place of packaged ones: {again}; further places: {len(found.place)}")
