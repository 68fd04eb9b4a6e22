"""`kavalan chats preview`: a table of calls or payments as its columns make it, before it is read into a store."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from kavalan.cli.output import shown_path
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats import ChatReader, Columns, Event, Export, Message


def _region(said: str) -> str:
    from kavalan.identifiers import regions

    if said.upper() not in regions():
        raise typer.BadParameter(f"{said}: two letters of a country, such as IN")
    return said.upper()


RegionOption = Annotated[
    str, typer.Option("--region", callback=_region, help="Whose plan reads numbers without a country's prefix.")
]
ColumnsOption = Annotated[
    Path | None,
    typer.Option("--columns", help="What the columns of a table of calls or payments mean (TOML; docs/chats.md)."),
]
_LONGEST: Final = 160
"""Characters of a row that a line shows."""


def preview(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table of calls or payments, as CSV.")],
    *,
    columns: Annotated[Path, typer.Option("--columns", help="What its columns mean (TOML; docs/chats.md).")],
    region: RegionOption = "IN",
    most: Annotated[int, typer.Option("--most", min=1, max=1000, help="Stop after so many rows.")] = 5,
) -> None:
    """Show what the columns of a table are taken for, and its first rows so read. Nothing is kept.

    Exit code: 0, or 2 when the table or the meaning of its columns cannot be read.
    """
    from kavalan.chats import ChatError, ChatReader, open_exports
    from kavalan.sandbox import StartError

    meaning = columns_in(columns)
    try:
        with ChatReader() as reader, open_exports(file, "table") as exports:
            for export in exports:
                sys.stdout.write(f"{shown_path(os.fsencode(file))}\n{_meanings(meaning)}")
                for line in _rows(reader, export, meaning, region, most):
                    sys.stdout.write(f"  {line}\n")
            failure = reader.failure
    except (ChatError, StartError) as error:
        _refuse(str(error))
    if failure is not None:
        _refuse(f"{shown_path(os.fsencode(file))}: {failure.detail.removeprefix('ChatError: ')}")


def _refuse(why: str) -> NoReturn:
    typer.echo(f"kavalan: {printable(why)}", err=True)
    raise typer.Exit(2)


def columns_in(path: Path | None) -> Columns | None:
    """What a file says that columns mean; None for no file.

    Raises:
        typer.Exit: it cannot be read; the reason is told.
    """
    from kavalan.chats import ChatError, read_columns

    try:
        return read_columns(path) if path is not None else None
    except ChatError as error:
        typer.echo(f"kavalan: {printable(str(error))}", err=True)
        raise typer.Exit(2) from error


def _meanings(columns: Columns | None) -> str:
    meaning = columns.meaning if columns is not None else {}
    return "".join(f"  column {printable(name)}: {means}\n" for name, means in meaning.items())


def _rows(reader: ChatReader, export: Export, columns: Columns | None, region: str, most: int) -> Iterator[str]:
    from kavalan.chats import Batch, Request

    request = Request("table", export.sha256, export.name, region=region, columns=columns)
    people: dict[str, str] = {}
    shown = 0
    for said in reader.read(export.text, request):
        if not isinstance(said, Batch):
            continue
        done = {one.seq: one for one in said.events}
        people |= {one.id: one.native for one in said.accounts}
        for message in said.messages:
            yield printable(_row(message, done.get(message.seq), people))
            shown += message.kind != "system"
            if shown >= most:
                return


def _row(message: Message, event: Event | None, people: dict[str, str]) -> str:
    said = "; ".join(message.text.splitlines())
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    if message.kind == "system":
        return f"kept as it stands: {said}"
    giver = people.get(message.sender_id, message.sender_name)
    taker = ", ".join(people.get(key, key) for key in event.target_ids) if event else ""
    when = message.time_local or f"no time ({message.time_text})"
    doubt = f" [{message.flags}]" if message.flags else ""
    value = f" {event.value}" if event and event.value else ""
    return f"{when} ({message.time_certainty}) {message.kind}{value}: {giver or '?'} to {taker or '?'} | {said}{doubt}"
