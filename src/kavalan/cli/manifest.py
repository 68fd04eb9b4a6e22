"""`kavalan manifest`: is a result what its signer saw, and is it the same as another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.keys import manifest_errors

if TYPE_CHECKING:
    from kavalan.scan.manifest import Verdict

app = typer.Typer(help="Signed manifests of scans: verify one, compare two.", no_args_is_help=True)

_ALTERED, _UNVOUCHED = 1, 3

PublicKeys = Annotated[
    list[Path] | None,
    typer.Option("--key", help="Public key of a signer that you trust (repeat)."),
]


@app.command("verify")
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that a scan left.")],
    *,
    key: PublicKeys = None,
) -> None:
    """Read every byte of a result and compare it with its signed manifest. Whatever is altered is named.

    Exit code: 0 when it is complete, nothing is altered and one of the keys you gave has signed it; 1 when something
    is altered, missing or put in; 2 when it has no manifest; 3 when nothing is altered, but it is unsigned, signed by
    another key, or the scan was stopped before its end.
    """
    from kavalan.scan.manifest import read_public, sentences
    from kavalan.scan.manifest import verify as verified

    with manifest_errors():
        verdict = verified(folder, [read_public(path) for path in key or []])
    for sentence in sentences(verdict):
        typer.echo(sentence)
    raise typer.Exit(_code(verdict))


@app.command("compare")
def compare(
    first: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a scan.")],
    second: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of another scan of the same source.")],
) -> None:
    """Compare two scans row by row, times of last access left aside. Verify both first.

    Exit code: 0 when they are identical, 1 when they differ, 2 when one cannot be read.
    """
    from kavalan.scan.manifest import MANIFEST, differences, read_manifest, told

    with manifest_errors():
        sides = [(out, read_manifest(out / MANIFEST).counts.batches) for out in (first, second)]
        comparison = differences(*sides)
    for sentence in told(comparison):
        typer.echo(sentence)
    raise typer.Exit(0 if comparison.identical else _ALTERED)


def _code(verdict: Verdict) -> int:
    if verdict.faults:
        return _ALTERED
    return 0 if verdict.standing == "known" and verdict.manifest.end == "complete" else _UNVOUCHED
