"""`kavalan insight`: the map of the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors

app = typer.Typer(help="Figures of the work: the map that they are drawn on.", no_args_is_help=True)


@app.callback()
def insight() -> None:
    """Figures of the work: the map that they are drawn on."""


@app.command("boundaries")
def boundaries(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON in longitude and latitude.")],
    *,
    workspace: WorkspaceOption,
    source: Annotated[str, typer.Option(help="Where the boundaries are from: it stands below the map.")],
    state: Annotated[str, typer.Option(help="The State's id in the routing tables.")] = "in-32",
    code: Annotated[str, typer.Option(help="The property with a district's LGD code.")] = "DIST_LGD",
) -> None:
    """Draw districts by boundaries that you were given, in place of tiles. Whether they may be shown is yours to know.

    Exit code: 0 when they are drawn, 2 when they cannot be.
    """
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        from kavalan.casework.insight.boundaries import keep_boundaries

        made = keep_boundaries(file, state=state, code=code, source=source)
        typer.echo(f"{len(made.shapes)} districts of {made.state} are drawn by their boundaries.")
