"""`kavalan scan`: what of a source is known, what is new, where it is, and what could not be read."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kavalan.cli.keys import PassphraseFile, manifest_errors, opened_key
from kavalan.cli.lists import CatalogueOption, open_catalogue
from kavalan.cli.progress import ProgressForm, Teller

if TYPE_CHECKING:
    from kavalan.cli.reproduce import Again
    from kavalan.scan import Position, ScanFacts, ScanRequest
    from kavalan.scan.manifest import SigningKey

T = TypeVar("T")
_LISTS = Path("lists")
_UNREAD, _REFUSED, _STOPPED, _INTERNAL = 1, 2, 3, 4


class ProfileName(StrEnum):
    """In which order a source is read."""

    FULL = "full"
    TRIAGE = "triage"


def scan(
    source: Annotated[
        Path | None, typer.Argument(help="A folder, an archive, a phone extraction, a disk image, a file.")
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="Folder for the results, outside the source; the same to go on.")],
    authority: Annotated[str | None, typer.Option(help="Reference of the authority under which it is done.")] = None,
    examiner: Annotated[str | None, typer.Option(help="Who does it.")] = None,
    lists: Annotated[
        list[str] | None, typer.Option("--lists", help="Name of a list to match against (repeat).")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="The unit that matches, where an agreement names units.")] = None,
    profile: Annotated[ProfileName, typer.Option(help="triage: what matters first.")] = ProfileName.FULL,
    seen_before: Annotated[
        list[Path] | None, typer.Option(help="Folder of an earlier scan whose contents are marked (repeat).")
    ] = None,
    radius: Annotated[int, typer.Option(min=0, max=40, help="Bits up to which pictures are near.")] = 31,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Decoding processes.")] = 2,
    progress: Annotated[ProgressForm, typer.Option(help="How far it is, on the standard error stream.")] = (
        ProgressForm.TEXT
    ),
    key: Annotated[Path | None, typer.Option(help="Key that signs the manifest (`kavalan keys new`).")] = None,
    passphrase_file: PassphraseFile = None,
    reproduce: Annotated[
        Path | None,
        typer.Option(
            metavar="MANIFEST", help="Repeat the scan of this manifest, as it was asked, and compare the rows."
        ),
    ] = None,
    even_so: Annotated[
        bool, typer.Option("--even-so", help="Repeat it though programs or lists are not those of then.")
    ] = False,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Fingerprint everything in a source and match it against hash lists. Stopped at any moment, it goes on.

    The same command goes on where a scan has stopped. Nothing is written into the source.

    Exit code: 0 complete, everything read; 1 complete, some items could not be read; 2 refused, nothing was begun;
    3 stopped, to be resumed; 4 internal error. With --reproduce: 0 the same rows, 1 other rows.
    """
    from kavalan.scan import RefusedError, ScanRequest
    from kavalan.scan.manifest import SIGNATURE

    with manifest_errors():
        signing = opened_key(key, passphrase_file) if key else None
        first = _again(reproduce, catalogue, even_so=even_so) if reproduce else None
    if first is not None:
        request = first.request(source, out, (authority, examiner), workers)
    else:
        request = ScanRequest(
            source=_given(source, "SOURCE"),
            out=out,
            authority=_given(authority, "--authority"),
            examiner=_given(examiner, "--examiner"),
            unit=unit,
            profile=profile.value,
            lists=tuple(lists or ()),
            seen_before=tuple(seen_before or ()),
            radius=radius,
            workers=workers,
        )
    try:
        facts = _run(request, catalogue, progress, signing)
    except RefusedError as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(_REFUSED) from error
    except Exception as error:
        typer.echo(f"kavalan: internal error: {type(error).__name__}: {error}", err=True)
        raise typer.Exit(_INTERNAL) from error
    _say(facts, out)
    if not (out / SIGNATURE).exists():
        typer.echo("kavalan: UNSIGNED: without --key nobody can tell whether the result was changed", err=True)
    if first is not None:
        raise typer.Exit(first.judged(facts, out))
    raise typer.Exit(_STOPPED if facts.end == "stopped" else _UNREAD if facts.counts.unread else 0)


def _given(value: T | None, name: str) -> T:
    if value is None:
        raise typer.BadParameter(f"missing {name}, unless --reproduce says what to scan")
    return value


def _again(manifest: Path, catalogue: Path, *, even_so: bool) -> Again:
    from kavalan.cli.reproduce import again

    return again(manifest, open_catalogue(catalogue) if catalogue.is_dir() else None, even_so=even_so)


def _run(request: ScanRequest, catalogue: Path, form: ProgressForm, key: SigningKey | None) -> ScanFacts:
    from kavalan.scan import Ahead, Outside, Position, RefusedError, run_scan
    from kavalan.scan.request import check_request

    check_request(request)
    if request.lists and not catalogue.is_dir():
        raise RefusedError(f"{catalogue} is no directory of lists; name it with --catalogue")
    lists = open_catalogue(catalogue) if request.lists else None
    with _signals() as stopping, Ahead(request.source) as ahead, Teller(form, ahead) as teller:
        last = Position()

        def tell(at: Position) -> None:
            nonlocal last
            last = at
            teller(at)

        outside = Outside(clock=_now, tell=tell, stopping=stopping, finish=_finisher(key))
        facts = run_scan(request, lists, outside)
        teller.end(last)
    return facts


def _finisher(key: SigningKey | None) -> Callable[[Path, ScanFacts], None]:
    def finish(out: Path, facts: ScanFacts) -> None:
        from kavalan.scan.manifest import write_manifest
        from kavalan.scan.results import write_results

        write_results(out, facts)
        write_manifest(out, facts, key)

    return finish


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _signals() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop: the first signal lets the item end, the second does not."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        typer.echo("kavalan: stopping after this item; once more to stop now", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(facts: ScanFacts, out: Path) -> None:
    counts = facts.counts
    typer.echo(f"{counts.items:,} items, {counts.bytes:,} bytes; not wholly read: {counts.unread:,}")
    if facts.lists:
        typer.echo(f"identical: {counts.identical:,}, MD5 only: {counts.md5_only:,}, near: {counts.near:,}")
    if facts.seen_before:
        typer.echo(f"seen before: {counts.seen_before:,}")
    if facts.end == "complete":
        typer.echo(f"complete; the report is {out / 'report.html'}")
    else:
        typer.echo(f"kavalan: stopped: {facts.why}", err=True)
        typer.echo("kavalan: the same command goes on from here", err=True)
