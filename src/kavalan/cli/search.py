"""`kavalan search`: what is searched, made anew."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors

app = typer.Typer(help="What is searched: documents of all that the desk holds.", no_args_is_help=True)


@app.command("rebuild")
def rebuild(workspace: WorkspaceOption) -> None:
    """Make all that is searched anew, from what the desk holds; what is there is found meanwhile.

    It may be stopped at any moment: this command then goes on where it was, and so does the worker.

    Exit code: 0 when all is done, 2 when a worker is at it or the database cannot be written.
    """
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(workspace)
        for line in _rebuilt():
            typer.echo(line)


def _rebuilt() -> Iterator[str]:
    from django.utils import timezone

    from kavalan.casework.search.filling import begun, pieces, refresh, total
    from kavalan.casework.search.services import fill, finish_filling

    filling, of = begun(timezone.now()), total()
    told = ""
    for piece in pieces(filling):
        fill(filling, piece, None, timezone.now())
        # A line for each kind, and for every ten thousand objects of it.
        if (line := f"{piece.kind.label}: {piece.done // 10_000}") != told:
            told = line
            yield f"{piece.kind.label}: {piece.done:,} of {of:,} done"
    done = finish_filling(None, timezone.now(), filling=filling, job=None)
    refresh()
    yield f"All is made anew, from {of:,} things ({done.public_id})."
