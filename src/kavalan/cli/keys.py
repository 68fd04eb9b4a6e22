"""`kavalan keys`: keys that sign results, and those of a workspace that has none yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.vault import RecoveryFile, proved_ceremony, vault_errors

if TYPE_CHECKING:
    from kavalan.scan.manifest import PublicKey, SigningKey

app = typer.Typer(
    help="Keys that sign results: make one, show its public half. Keys of a workspace that has none.",
    no_args_is_help=True,
)

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        envvar="KAVALAN_PASSPHRASE_FILE",
        help="The first line of this file is the passphrase of the key; asked for where none is named.",
    ),
]
# A passphrase is a line; a wrong file that is named must not be read whole.
_MOST_BYTES = 4096


@contextmanager
def manifest_errors() -> Iterator[None]:
    """A fault of a key, a manifest or a result ends the program with its text and exit code 2, not with a trace."""
    from kavalan.scan.manifest import KeyFileError, ManifestError

    try:
        yield
    except (KeyFileError, ManifestError, OSError) as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(2) from error


def opened_key(path: Path, passphrase_file: Path | None) -> SigningKey:
    """The private key in a file, its passphrase read or asked for.

    Raises:
        KeyFileError: it cannot be opened.
    """
    from kavalan.scan.manifest import open_key

    return open_key(path, passphrase(passphrase_file, f"Passphrase of {path}", twice=False))


@app.command("new")
def new(
    file: Annotated[Path, typer.Argument(help="Where the key goes; FILE.pub gets its public half.")],
    *,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make an Ed25519 key under a passphrase, readable by you alone. Nothing is ever overwritten.

    Exit code: 0 when it was made, 2 when not.
    """
    from kavalan.scan.manifest import KeyFileError, new_key

    with manifest_errors():
        public = Path(f"{file}.pub")
        if public.exists():
            raise KeyFileError(public, "is there already and is not overwritten; name another file")
        key = new_key(file, passphrase(passphrase_file, f"Passphrase for {file}", twice=True))
        public.write_text(key.pem, "ascii")
    typer.echo(f"{file}: the key; keep it and its passphrase apart\n{public}: its public half, for everybody")
    _show(key)


@app.command("found")
def found(
    workspace: WorkspaceOption,
    *,
    recovery: RecoveryFile = None,
    passphrase_file: PassphraseFile = None,
    media_free: Annotated[bool, typer.Option("--media-free", help="It may never hold pictures or videos.")] = False,
) -> None:
    """Make the keys and the vault of a workspace that was made before there were any; `kavalan init` makes them else.

    Exit code: 0 when they were made, 2 when not.
    """
    with desk_errors(), vault_errors():
        from kavalan.casework.founding import found_missing
        from kavalan.casework.workspace import enter

        enter(workspace)
        found_missing(
            workspace,
            lambda new: passphrase(passphrase_file, "Passphrase of the workspace's keys", twice=new),
            lambda: proved_ceremony(recovery),
            media_free=media_free,
        )
    typer.echo(f"{workspace}: keys and a vault; keep the passphrase and the recovery key apart from it and each other")


@app.command("show")
def show(
    file: Annotated[Path, typer.Argument(help="A key, its public half, or a signature.")],
    *,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Print the public half of a key and its fingerprint, to be read out and compared over the telephone.

    Exit code: 0, or 2 when there is no key in the file.
    """
    from kavalan.scan.manifest import read_public

    with manifest_errors():
        private = b"PRIVATE KEY" in _head(file)
        key = opened_key(file, passphrase_file).public if private else read_public(file)
    _show(key)
    typer.echo(key.pem, nl=False)


def _show(key: PublicKey) -> None:
    typer.echo(f"Fingerprint, SHA-256:\n{key.spoken}")


def passphrase(file: Path | None, prompt: str, *, twice: bool) -> bytes:
    """The first line of a file; where none is named, what a person types."""
    if file is None:
        text: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
        return text.encode()
    return _head(file).split(b"\n", 1)[0].rstrip(b"\r")


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return os.read(stream.fileno(), _MOST_BYTES)
