"""`kavalan lists`: the hash lists of a workspace, taken in, shown, corrected and withdrawn from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kavalan.cli.fingerprints import entry_of

if TYPE_CHECKING:
    from kavalan.lists import Agreement, Catalogue, Status
    from kavalan.lists.readers import Reader, Report

app = typer.Typer(help="Hash lists: add, show, withdraw, verify.", no_args_is_help=True)

CatalogueOption = Annotated[
    Path,
    typer.Option("--catalogue", envvar="KAVALAN_LISTS", help="The directory that holds the lists."),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the list.")]
_LISTS = Path("lists")
_SHOWN_FAULTS = 10


@contextmanager
def list_errors() -> Iterator[None]:
    """A list's fault ends the program with its text and exit code 2, not with a trace."""
    from kavalan.lists import ListError

    try:
        yield
    except (ListError, ValueError) as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(2) from error


def open_catalogue(path: Path) -> Catalogue:
    """The catalogue at a path."""
    from kavalan.lists import Catalogue

    return Catalogue(path)


@app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="The owner's file.")],
    *,
    name: Annotated[str, typer.Option(help="Name of the list: lower-case letters, digits, '.', '_', '-'.")],
    owner: Annotated[str, typer.Option(help="Who made the list and answers for it.")],
    version: Annotated[str, typer.Option(help="The owner's name of this delivery.")],
    kind: Annotated[
        str, typer.Option(help="positive: known material; negative: decided not to be; known-good: NSRL.")
    ] = "positive",
    form: Annotated[str, typer.Option("--format", help="Format; told by the content where not given.")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="For CSV and text: FIELD=COLUMN (a name, or a number from 0).")
    ] = None,
    delimiter: Annotated[str, typer.Option(help="For CSV and text: between columns.")] = ",",
    header: Annotated[bool, typer.Option(help="For CSV and text: the first line names the columns.")] = True,
    scheme: Annotated[str, typer.Option(help="Category scheme that the list uses.")] = "",
    agreement: Annotated[str, typer.Option(help="Reference of the agreement with the owner.")] = "",
    purpose: Annotated[str, typer.Option(help="What the agreement allows the list to be used for.")] = "",
    unit: Annotated[list[str] | None, typer.Option(help="Unit that the agreement names (repeat).")] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day (UTC) on which the agreement ends.")
    ] = None,
    two_votes: Annotated[bool, typer.Option(help="Additions need the votes of two people.")] = False,
    vote: Annotated[list[str] | None, typer.Option(help="Who voted for this delivery (repeat).")] = None,
    changes: Annotated[
        bool, typer.Option(help="The file holds changes to the list of this name, not the whole of it.")
    ] = False,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Take in a list from its owner's file, or a new delivery in place of the old one.

    Nothing changes unless the whole file is read. Lines that cannot be taken over are counted and shown.

    Exit code: 0 when every line was taken over, 1 when some were not, 2 when nothing was.
    """
    from kavalan.lists import Kind, ListInfo
    from kavalan.lists.readers import ColumnReader, Columns, Report

    with list_errors():
        info = ListInfo(
            name=name,
            owner=owner,
            version=version,
            kind=Kind(kind),
            obtained=datetime.now(UTC),
            scheme=scheme,
            agreement=_agreement(agreement, purpose, unit or [], until),
            two_votes=two_votes,
        )
        columns = [_column(text) for text in column or []]
        if columns:
            reader: Reader = ColumnReader(Columns(scheme=scheme, delimiter=delimiter, header=header, **dict(columns)))
        else:
            reader = _reader(file, form)
        held = open_catalogue(catalogue)
        with _progress(file.name) as tell:
            if changes:
                report = Report()
                with held.edit(name) as editor:
                    editor.apply(reader.read(file, report, tell), vote or [])
                    editor.change_info(info)
            else:
                report = held.load(info, reader, file, votes=vote or [], progress=tell)
        _show_report(report, held.status(name))
    raise typer.Exit(1 if report.faulty else 0)


def _agreement(reference: str, purpose: str, units: list[str], until: datetime | None) -> Agreement | None:
    from kavalan.lists import Agreement

    if not reference:
        if purpose or units or until:
            raise ValueError("purpose, units and end belong to an agreement: give its reference with --agreement")
        return None
    return Agreement(
        reference=reference,
        purpose=purpose,
        units=tuple(units),
        until=until.replace(tzinfo=UTC) if until else None,
    )


def _reader(file: Path, form: str) -> Reader:
    from kavalan.lists.readers import FORMATS, ColumnReader, Columns, detect

    if not form:
        return detect(file)
    if form == "lines":
        return ColumnReader(Columns.one_hash_per_line())
    for reader in FORMATS:
        if reader.format == form:
            return reader
    known = ", ".join([*(reader.format for reader in FORMATS), "lines"])
    raise ValueError(f"no format {form!r}; known are {known}, and any text with --column")


def _column(text: str) -> tuple[str, Any]:
    field, found, column = text.partition("=")
    if not found:
        raise ValueError(f"--column {text}: give FIELD=COLUMN, as in sha256=Hash or md5=0")
    return field, int(column) if column.isdecimal() else column


def _show_report(report: Report, status: Status) -> None:
    typer.echo(f"{status.info.name}: {status.entries} entries, state {status.state}")
    for counted, title in (
        (report.not_near, "kept but not matched by distance"),
        (report.refused, "refused, never decoded"),
        (report.skipped, "left out"),
    ):
        for what, count in sorted(counted.items()):
            typer.echo(f"  {title}: {count} × {what}")
    if report.withdrawals:
        typer.echo(f"  withdrawals in the file: {report.withdrawals}")
    if report.faulty:
        typer.echo(f"  lines with faults: {report.faulty}")
        for fault in report.faults[:_SHOWN_FAULTS]:
            typer.echo(f"    {fault.position}: {fault.reason}")
        if report.faulty > _SHOWN_FAULTS:
            typer.echo(f"    … `kavalan lists info {status.info.name} --json` has the first thousand")


@app.command("info")
def info(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Lists; all where none is named.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, faults included.")] = False,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Say whose a list is, under which agreement, what it holds and what its file could not give."""
    with list_errors():
        held = open_catalogue(catalogue)
        for name in names or held.names():
            status = held.status(name)
            typer.echo(_as_json(status) if as_json else _as_text(status))


def _as_json(status: Status) -> str:
    import msgspec

    facts = {
        **msgspec.to_builtins(status.info),
        "state": status.state,
        "entries": status.entries,
        "added": status.added,
        "withdrawn": status.withdrawn,
        "generation": msgspec.to_builtins(status.manifest, builtin_types=()),
    }
    return json.dumps(facts)


def _as_text(status: Status) -> str:
    face, agreement = status.info, status.info.agreement
    lines = [
        f"{face.name}: {face.kind} list of {face.owner}, version {face.version}, obtained {face.obtained:%Y-%m-%d}",
        f"  entries    {status.entries} ({status.added} added, {status.withdrawn} withdrawn since compiled)",
        f"  state      {status.state}",
    ]
    if face.scheme:
        lines.append(f"  scheme     {face.scheme}")
    if agreement:
        end = f", ends {agreement.until:%Y-%m-%d %H:%M} UTC" if agreement.until else ", without end"
        units = f", units {', '.join(agreement.units)}" if agreement.units else ""
        lines.append(f"  agreement  {agreement.reference}: {agreement.purpose or 'no purpose named'}{units}{end}")
    if face.two_votes:
        lines.append("  votes      additions need two people")
    if status.manifest.source.faulty:
        lines.append(f"  faults     {status.manifest.source.faulty} lines of its file could not be taken over")
    return "\n".join(lines)


@app.command("remove")
def remove(
    name: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Remove a list and all its bytes."""
    with list_errors():
        held = open_catalogue(catalogue)
        status = held.status(name)
        if not yes:
            typer.confirm(
                f"Remove {name} with its {status.entries} entries? It can only come back from its owner's file.",
                abort=True,
            )
        held.remove(name)
    typer.echo(f"{name} is removed")


@app.command("withdraw")
def withdraw(
    name: Name,
    hashes: Annotated[
        list[str], typer.Argument(metavar="HASH...", help="MD5, SHA-1, SHA-256 in hex, pdq:HEX, or key:ID.")
    ],
    *,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Withdraw entries: matching stops within a second, the bytes go at the next compaction.

    Exit code: 0 when something was withdrawn, 1 when nothing was there to withdraw.
    """
    with list_errors():
        selectors = [entry_of(text, number) for number, text in enumerate(hashes, start=1)]
        with open_catalogue(catalogue).edit(name) as editor:
            count = editor.withdraw(selectors)
    typer.echo(f"{name}: {count} entries withdrawn")
    raise typer.Exit(0 if count else 1)


@app.command("verify")
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Lists; all where none is named.")
    ] = None,
    *,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Read every byte of the lists and compare it with what was written."""
    with list_errors():
        held = open_catalogue(catalogue)
        for name in names or held.names():
            with _progress(name) as tell:
                held.verify(name, tell)
            typer.echo(f"{name}: every byte is what was written")


@app.command("compact")
def compact(name: Name, *, catalogue: CatalogueOption = _LISTS) -> None:
    """Write the list anew without what was withdrawn, so that those bytes leave the disk."""
    with list_errors():
        held = open_catalogue(catalogue)
        with held.edit(name) as editor:
            editor.compact()
        typer.echo(f"{name}: {held.status(name).entries} entries, state {held.status(name).state}")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
