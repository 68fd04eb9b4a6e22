"""`kavalan vault`: the keys and the soundness of a vault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.desk import desk_errors

if TYPE_CHECKING:
    from kavalan.vault import Ceremony, Inspection, Vault

app = typer.Typer(
    help="The encrypted store of evidence: found one, verify it, change its passphrase.", no_args_is_help=True
)

Home = Annotated[Path, typer.Argument(metavar="DIR", help="The directory that holds `keys` and `vault`.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        envvar="KAVALAN_VAULT_PASSPHRASE_FILE",
        help="The first line of this file is the passphrase; asked for where none is named.",
    ),
]
RecoveryFile = Annotated[
    Path | None,
    typer.Option("--recovery", help="A file with a recovery key, on a stick say. Without it one is made and printed."),
]
_MOST_BYTES = 4096
_MOST_TRIES = 5
_ALL = 1 << 62


@contextmanager
def vault_errors() -> Iterator[None]:
    """A fault ends the program with its text and exit code 2, not with a trace."""
    from kavalan.vault import VaultError

    try:
        yield
    except (VaultError, OSError) as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(2) from error


@app.command("keygen")
def keygen() -> None:
    """Print a new recovery key, on a machine that is in no network: keep it on paper or on a stick, in a safe."""
    from kavalan.vault.age import Identity

    typer.echo(Identity.generate().text)


@app.command("new")
def new(
    home: Home,
    *,
    recovery: RecoveryFile = None,
    passphrase_file: PassphraseFile = None,
    media_free: Annotated[bool, typer.Option("--media-free", help="It may never hold pictures or videos.")] = False,
) -> None:
    """Found a vault: its keys under a passphrase, and the recovery key that is proved before anything depends on it.

    Exit code: 0 when it was founded, 2 when not.
    """
    from kavalan.vault import create_vault

    with vault_errors():
        ceremony = proved_ceremony(recovery)
        keys = ceremony.found(home / "keys", _passphrase(passphrase_file, "Passphrase of the vault", twice=True))
        create_vault(home / "vault", keys, media_free=media_free)
    typer.echo(f"{home}: a vault; keep its passphrase and its recovery key apart from it and from each other")


@app.command("passphrase")
def passphrase(
    home: Home,
    *,
    passphrase_file: PassphraseFile = None,
    new_file: Annotated[Path | None, typer.Option("--new-file", help="The first line is the new passphrase.")] = None,
) -> None:
    """Change the passphrase, that of a workspace's other keys with it. Blobs stay as they are.

    Exit code: 0 when it was changed, 2 when not.
    """
    from kavalan.casework.rewrapping import change_passphrase

    with desk_errors():
        old = _passphrase(passphrase_file, "Passphrase", twice=False)
        change_passphrase(home, old, _passphrase(new_file, "New passphrase", twice=True))
    typer.echo("The passphrase is changed. Copies of the former keys still open with the former one: destroy them.")


@app.command("recover")
def recover(
    home: Home,
    *,
    recovery: Annotated[Path, typer.Option("--recovery", help="A file with the recovery key.")],
    new_file: Annotated[Path | None, typer.Option("--new-file", help="The first line is the new passphrase.")] = None,
) -> None:
    """Set a new passphrase with the recovery key, where the former one is lost.

    Exit code: 0 when it was set, 2 when not.
    """
    from kavalan.casework.rewrapping import recover as recovered

    with desk_errors():
        recovered(home, recovery_key_in(recovery), _passphrase(new_file, "New passphrase", twice=True))
    typer.echo("The keys have a new passphrase. Put the recovery key away again.")


@app.command("verify")
def verify(
    home: Home,
    *,
    passphrase_file: PassphraseFile = None,
    budget: Annotated[
        int | None,
        typer.Option("--budget", min=0, help="Gibibytes to read, what was read longest ago first; else all."),
    ] = None,
) -> None:
    """Read the vault again and say what is missing or altered, by name.

    Exit code: 0 when nothing was found, 1 when something is at fault, 2 when it could not be opened.
    """
    from datetime import UTC, datetime

    from kavalan.vault import Inspector

    with vault_errors():
        vault = _opened(home, passphrase_file)
        inspection = Inspector(vault).run(_ALL if budget is None else budget << 30, lambda: datetime.now(UTC))
    _tell(inspection)
    raise typer.Exit(1 if inspection.standing.faults or inspection.faults else 0)


def _tell(inspection: Inspection) -> None:
    standing = inspection.standing
    for fault in sorted({(one.name, one.what) for one in (*inspection.faults, *standing.faults)}):
        typer.echo(f"{fault[0]}: {fault[1]}")
    typer.echo(f"{inspection.size} bytes read of {standing.size} in {standing.things} blobs and what is held in place")
    if standing.unverified:
        typer.echo(f"{standing.unverified} bytes were never verified or are at fault")
    elif standing.oldest:
        typer.echo(f"All verified since {standing.oldest:%Y-%m-%d %H:%M} UTC")


def proved_ceremony(recovery: Path | None) -> Ceremony:
    """A ceremony in which the recovery key was proved: the one in a file, or one that is printed and typed back.

    Raises:
        VaultError: it was not proved; nothing is on disk.
        OSError: the file cannot be read.
    """
    from kavalan.vault import Ceremony
    from kavalan.vault.age import Identity

    if recovery is None:
        ceremony = Ceremony()
        _prove(ceremony)
    else:
        text = recovery_key_in(recovery)
        ceremony = Ceremony(Identity.parse(text.upper()).recipient)
        ceremony.prove(text)
    return ceremony


def _prove(ceremony: Ceremony) -> None:
    """Print the recovery key and have it typed back, a few times."""
    from kavalan.vault import UnprovedError

    typer.echo(f"The recovery key. It is shown this once; write it down or print it:\n\n    {ceremony.recovery_key}\n")
    for tries in range(1, _MOST_TRIES + 1):
        try:
            ceremony.prove(typer.prompt("Type it back, from what you wrote", err=True))
        except UnprovedError as error:
            if tries == _MOST_TRIES:
                raise
            typer.echo(f"kavalan: {error}", err=True)
        else:
            return


def _opened(home: Path, passphrase_file: Path | None) -> Vault:
    from datetime import UTC, datetime

    from kavalan.vault import Vault, unlock

    keys = unlock(home / "keys", _passphrase(passphrase_file, "Passphrase", twice=False))
    return Vault(home / "vault", keys, lambda: datetime.now(UTC), is_media=_is_media)


def _is_media(head: bytes) -> bool:
    from kavalan.fingerprint.kinds import is_picture, is_video, kind_of

    kind = kind_of(head)
    return is_picture(kind) or is_video(kind)


def _passphrase(file: Path | None, prompt: str, *, twice: bool) -> bytes:
    if file is None:
        text: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
        return text.encode()
    return _head(file).split(b"\n", 1)[0].rstrip(b"\r")


def recovery_key_in(file: Path) -> str:
    """The key in a file as age-keygen writes it, its comments left out."""
    lines = _head(file).decode("ascii", "replace").splitlines()
    return next((line for line in lines if line.strip() and not line.startswith("#")), "")


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return os.read(stream.fileno(), _MOST_BYTES)
