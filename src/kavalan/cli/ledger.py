"""`kavalan ledger`: does the record of all that was done still prove itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.desk import WorkspaceOption, desk_errors
from kavalan.cli.keys import PassphraseFile, opened_key, passphrase

if TYPE_CHECKING:
    from kavalan.casework.ledger.verification import Findings
    from kavalan.ledger import Note, Statement, ToldPayload

app = typer.Typer(help="The ledger of a workspace: sign what it holds, check it, prove it.", no_args_is_help=True)

_ALTERED, _UNVOUCHED = 1, 3

Anchor = Annotated[
    Path | None,
    typer.Option(
        "--anchor",
        help="The file that checkpoints are appended to; another machine or medium is best. "
        "[default: what KAVALAN_ANCHOR says, or ledger-anchor.txt in the workspace]",
    ),
]


@app.command("key")
def key(*, workspace: WorkspaceOption, passphrase_file: PassphraseFile = None) -> None:
    """Make the key that signs the ledger's checkpoints, under a passphrase. Nothing is ever overwritten.

    Exit code: 0 when it was made, 2 when not.
    """
    with _errors():
        _configure(workspace)
        from kavalan.casework.ledger.keyring import found_key, key_file

        path = key_file(workspace)
        made = found_key(workspace, passphrase(passphrase_file, f"Passphrase for {path}", twice=True))
    typer.echo(f"{path}: the key; keep its passphrase elsewhere\nFingerprint, SHA-256:\n{made.spoken}")


@app.command("checkpoint")
def checkpoint(*, workspace: WorkspaceOption, anchor: Anchor = None, passphrase_file: PassphraseFile = None) -> None:
    """Sign what the ledger holds now, keep that, and append it to the anchor. What was signed before is not read again.

    Exit code: 0, or 2 when it cannot be done.
    """
    with _errors():
        _configure(workspace)
        from django.utils import timezone

        from kavalan.casework.ledger.checkpoints import make_checkpoint
        from kavalan.casework.ledger.keyring import key_file, trusted_keys

        key, trusted = opened_key(key_file(workspace), passphrase_file), trusted_keys(workspace)
        note = make_checkpoint(key, trusted, _anchor(anchor), timezone.now())
    typer.echo(note.text, nl=False)


@app.command("verify")
def verify(
    *,
    workspace: WorkspaceOption,
    anchor: Anchor = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            help="A slip, a checkpoint, another anchor, or a text with the number of entries and the 64 digits of the "
            "root (repeat).",
        ),
    ] = None,
) -> None:
    """Read every entry and hold it against checkpoints, anchor and slips. Whatever was altered is named.

    Exit code: 0 when all holds and something outside the database vouches for it; 1 when something was altered,
    dropped, put in or written anew; 2 when it cannot be checked; 3 when all holds, but nothing outside vouches for it.
    """
    with _errors():
        statements = [one for path in against or [] for one in _stated(path)]
        _configure(workspace)
        from kavalan.casework.ledger.keyring import trusted_keys
        from kavalan.casework.ledger.verification import look

        findings = look(_anchor(anchor), trusted_keys(workspace), statements)
    for sentence in _sentences(findings):
        typer.echo(sentence)
    if findings.faults:
        raise typer.Exit(_ALTERED)
    raise typer.Exit(0 if findings.audit.voucher else _UNVOUCHED)


@app.command("slip")
def slip(
    file: Annotated[Path, typer.Argument(help="Where the page goes (HTML); never overwritten.")],
    *,
    workspace: WorkspaceOption,
) -> None:
    """Write the last checkpoint as a page to be printed, signed and filed.

    Exit code: 0, or 2 when there is no checkpoint.
    """
    with _errors():
        _configure(workspace)
        from django.utils import timezone

        from kavalan.casework.ledger.keyring import trusted_keys
        from kavalan.casework.ledger.proofs import last_checkpoint
        from kavalan.casework.ledger.slip import slip as page

        note, signer = last_checkpoint(trusted_keys(workspace))
        _write(file, page(note, signer, timezone.now()).encode())
    typer.echo(f"{file}: {_of(note)}; print it, sign it, file it")


@app.command("prove")
def prove(
    entry: Annotated[int, typer.Argument(min=1, help="Number of the entry.")],
    file: Annotated[Path, typer.Argument(help="Where the proof goes (JSON); never overwritten.")],
    *,
    workspace: WorkspaceOption,
    payload_for: Annotated[
        str | None,
        typer.Option("--payload-for", metavar="BADGE", help="Tell what was said, to this supervisor, who signs in."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why the payload is told; kept in the ledger.")] = "",
) -> None:
    """Write one entry so that it can be proved alone. The payload is told only to a supervisor, and that is recorded.

    Exit code: 0, or 2 when it cannot be proved or told.
    """
    with _errors():
        _configure(workspace)
        from kavalan.casework.ledger.keyring import trusted_keys
        from kavalan.casework.ledger.proofs import prove as proved

        trusted = trusted_keys(workspace)
        proof = proved(entry, trusted)
        if payload_for is not None:
            proof = proved(entry, trusted, _told(entry, payload_for, reason))
        _write(file, proof.text)
    typer.echo(f"{file}: entry {entry}, provable alone with verify_ledger.py")


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet.")],
    *,
    workspace: WorkspaceOption,
) -> None:
    """Write the whole ledger with the program that checks it on any machine: ids and hashes, no names, no payloads.

    Exit code: 0, or 2 when it cannot be written.
    """
    with _errors():
        _configure(workspace)
        from kavalan.casework.ledger.keyring import trusted_keys
        from kavalan.casework.ledger.proofs import VERIFIER
        from kavalan.casework.ledger.proofs import export as exported

        count = exported(folder, trusted_keys(workspace))
    typer.echo(f"{folder}: {count} entries; check them with: python3 {folder / VERIFIER} {folder}")


def _told(entry: int, badge: str, reason: str) -> ToldPayload:
    """What was said with an entry, after it is recorded that this officer is told."""
    from django.contrib.auth import authenticate
    from django.utils import timezone

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.errors import RefusedError
    from kavalan.casework.ledger.models import LedgerEntry
    from kavalan.casework.ledger.services import disclose_payload, told_payload

    word = typer.prompt(f"Password of {badge}", hide_input=True, err=True)
    officer = authenticate(username=badge, password=word)
    if not isinstance(officer, Officer):
        raise RefusedError("Badge and password do not belong together.")
    disclose_payload(officer, timezone.now(), number=entry, reason=reason)
    told = told_payload(bytes(LedgerEntry.objects.get(number=entry).payload))
    if told is None:
        raise RefusedError("What was said with this entry has been purged; its hash alone is left.")
    return told


def _sentences(findings: Findings) -> Iterator[str]:
    yield from (f"ALTERED: {fault}" for fault in findings.faults)
    if not findings.faults:
        yield f"{findings.entries} entries: none is changed, missing, doubled or moved."
    if voucher := findings.audit.voucher:
        yield f"Vouched for: the first {voucher.size}, by {voucher.where}."
    yield from (f"Note: {remark}." for remark in findings.remarks)


def _stated(path: Path) -> list[Statement]:
    import html

    from kavalan.ledger import statements_in

    return statements_in(html.unescape(path.read_text("utf-8", "replace")), str(path), outside=True)


def _of(note: Note) -> str:
    return f"the checkpoint of {note.checkpoint.size} entries"


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(data)


def _anchor(given: Path | None) -> Path:
    """Where the desk carries its checkpoints too, unless the command says otherwise."""
    from django.conf import settings

    if given is not None:
        return given
    anchor: Path = settings.KAVALAN_ANCHOR
    return anchor


def _configure(workspace: Path) -> None:
    from kavalan.casework.workspace import configure

    configure(workspace)


@contextmanager
def _errors() -> Iterator[None]:
    """A fault of a key, an anchor or a file ends the program with its text and exit code 2, not with a trace."""
    from kavalan.ledger import AnchorError, KeyFileError, NoStatementError

    with desk_errors():
        try:
            yield
        except (AnchorError, KeyFileError, NoStatementError) as error:
            typer.echo(f"kavalan: {error}", err=True)
            raise typer.Exit(2) from error
