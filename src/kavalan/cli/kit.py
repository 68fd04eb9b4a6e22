"""`kavalan kit`: a scan on a stick, for machines without network and without Python."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.keys import PassphraseFile, manifest_errors, opened_key
from kavalan.cli.lists import CatalogueOption, list_errors, open_catalogue
from kavalan.cli.manifest import PublicKeys

if TYPE_CHECKING:
    from kavalan.lists import Catalogue
    from kavalan.scan.kit import Kit, KitVerdict

app = typer.Typer(help="The field kit: make one on a stick, verify it.", no_args_is_help=True)

_LISTS = Path("lists")
_ALTERED, _UNVOUCHED = 1, 3


@app.command("make")
def make(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder on the stick.")],
    *,
    lists: Annotated[list[str] | None, typer.Option("--lists", help="Name of a list to copy (repeat).")] = None,
    key: Annotated[Path | None, typer.Option(help="Private key that signs the kit.")] = None,
    passphrase_file: PassphraseFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="The agreements of all lists named allow a copy: do not ask.")] = (
        False
    ),
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Write a field kit: this Python, Kavalan with what a scan needs, copies of lists, and plain instructions.

    Exit code: 0 when it was made and runs, 1 when it was made and does not run from there (the reason is said), 2
    when it was not made.
    """
    from kavalan.scan.kit import make_kit, try_kit

    with list_errors(), manifest_errors():
        held = open_catalogue(catalogue) if lists else None
        for name in lists or []:
            _ask(held, name, yes=yes)
        opened = opened_key(key, passphrase_file) if key else None
        kit = make_kit(folder, catalogue=held, lists=lists or [], key=opened, now=datetime.now(UTC), tell=_tell)
        fault = try_kit(folder)
    _show(folder, kit)
    if fault:
        typer.echo(f"It does not run from where it lies now:\n{fault}", err=True)
    raise typer.Exit(1 if fault else 0)


@app.command("verify")
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the kit.")],
    *,
    key: PublicKeys = None,
) -> None:
    """Read every byte of a kit and compare it with what was made. Ask a Kavalan that is not on the stick.

    Exit code: 0 when nothing is altered and one of the keys you gave has signed it; 1 when something is altered,
    missing or put in; 2 when it is no kit; 3 when nothing is altered, but it is unsigned or signed by another key.
    """
    from kavalan.scan.kit import verify_kit
    from kavalan.scan.manifest import read_public

    with manifest_errors():
        verdict = verify_kit(folder, [read_public(path) for path in key or []])
    for fault in verdict.faults:
        typer.echo(f"ALTERED: {fault}")
    typer.echo(_signed(verdict))
    if not verdict.faults:
        typer.echo(
            f"Nothing is altered: {len(verdict.kit.files)} files are those that were made {verdict.kit.made[:10]}."
        )
    raise typer.Exit(_ALTERED if verdict.faults else 0 if verdict.trusted else _UNVOUCHED)


def _tell(what: str) -> None:
    typer.echo(f"kavalan: {what}", err=True)


def _ask(catalogue: Catalogue | None, name: str, *, yes: bool) -> None:
    """A list under an agreement leaves the house only when a person says that the agreement allows it."""
    agreement = catalogue.status(name).info.agreement if catalogue else None
    if agreement and not yes:
        purpose = f" ({agreement.purpose})" if agreement.purpose else ""
        typer.confirm(f"{name}: does {agreement.reference}{purpose} allow a copy on a stick?", abort=True, err=True)


def _show(folder: Path, kit: Kit) -> None:
    signed = f"signed with {kit.signer}" if kit.signer else "UNSIGNED: nobody can tell whether it was changed"
    typer.echo(
        f"{folder}: a field kit of {kit.size / (1 << 20):.0f} MiB in {len(kit.files)} files, {signed}\n"
        f"It runs on {kit.machine} with the GNU C library 2.{kit.c_library} or later: sh {folder / 'scan.sh'}"
    )
    for one in kit.lists:
        typer.echo(f"  {one.name}: version {one.version}, {one.entries} entries")


def _signed(verdict: KitVerdict) -> str:
    if verdict.signer is None:
        return "UNSIGNED: nobody vouches for this kit; whoever had the stick could have changed it"
    if verdict.trusted:
        return f"Signed with the key {verdict.signer.fingerprint}, which you trust."
    return (
        "The signer is not among the keys you gave. Compare this fingerprint with the owner of the key:\n"
        f"{verdict.signer.spoken}"
    )
