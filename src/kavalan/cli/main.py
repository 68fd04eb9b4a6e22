"""`kavalan`: one thin module per verb; nothing heavy is imported before a verb runs."""

from __future__ import annotations

from typing import Annotated

import typer

from kavalan import __version__
from kavalan.cli import (
    backup,
    chats,
    doctor,
    hash_files,
    init,
    insight,
    intake,
    keys,
    kit,
    ledger,
    lists,
    manifest,
    match,
    migrate,
    papers,
    restore,
    retention,
    routing,
    scan,
    search,
    serve,
    tips,
    user,
    vault,
)

app = typer.Typer(
    name="kavalan",
    help="Casework software for people who protect children from sexual exploitation online.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("hash")(hash_files.hash_files)
app.command("match")(match.match)
app.command("scan")(scan.scan)
app.add_typer(lists.app, name="lists")
app.add_typer(keys.app, name="keys")
app.add_typer(manifest.app, name="manifest")
app.add_typer(kit.app, name="kit")
app.add_typer(vault.app, name="vault")
app.add_typer(papers.app, name="paper")
app.add_typer(routing.app, name="routing")
app.add_typer(tips.app, name="tips")
app.add_typer(chats.app, name="chats")
app.add_typer(intake.app, name="intake")
app.command("init")(init.init)
app.add_typer(user.app, name="user")
app.command("serve")(serve.serve)
app.command("migrate")(migrate.migrate)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.add_typer(retention.app, name="retention")
app.add_typer(insight.app, name="insight")
app.add_typer(search.app, name="search")
app.add_typer(ledger.app, name="ledger")
app.command("doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kavalan {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Casework software for people who protect children from sexual exploitation online."""


def run() -> None:
    """The console script."""
    app()
