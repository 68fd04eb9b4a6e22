"""`kavalan chats`: exported chats, read whole into stores that can be asked."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from kavalan.cli.chat_members import members
from kavalan.cli.chat_repeats import repeats
from kavalan.cli.chat_search import search, terms
from kavalan.cli.chat_tables import ColumnsOption, RegionOption, columns_in, preview
from kavalan.cli.output import shown_path
from kavalan.cli.progress import ProgressForm
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats import Asked, ChatReader, Collected, Export, Exports, Order, Source

app = typer.Typer(help="Read exported chats: who said what, who was there when.", no_args_is_help=True)
app.command("members")(members)
app.command("preview")(preview)
app.command("repeats")(repeats)
app.command("search")(search)
app.command("terms")(terms)

_DOUBTFUL: Final = 1
_UNREAD: Final = 2
_MOST_TOLD: Final = 20
_EVERY: Final = 1.0


@app.command("read")
def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Exported chats: files, folders, or the .zip or .ufdr.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the stores; each source has its own in it.")],
    authority: Annotated[str, typer.Option(help="Reference of the authority under which it is read.")],
    examiner: Annotated[str, typer.Option(help="Who reads it.")],
    date_order: Annotated[
        str, typer.Option(metavar="dmy|mdy|ymd|ydm", help="Of dates, where the export cannot tell and you know.")
    ] = "",
    zone: Annotated[str, typer.Option(help="In which the export was written, such as Asia/Kolkata.")] = "",
    region: RegionOption = "IN",
    columns: ColumnsOption = None,
    progress: Annotated[ProgressForm, typer.Option(help="How far it is, on the standard error stream.")] = (
        ProgressForm.TEXT
    ),
    as_json: Annotated[bool, typer.Option("--json", help="The reports as JSON, one a line.")] = False,
) -> None:
    """Read exports, each into a store of its own, and say what was understood, doubtful and unreadable.

    Exit code: 0 when all was understood, 1 when something is doubtful, unreadable or to be asked, 2 when an export
    could not be read.
    """
    from kavalan.chats import ORDERS, Asked, ChatError, ChatReader
    from kavalan.sandbox import StartError

    if date_order and date_order not in ORDERS:
        raise typer.BadParameter(f"{date_order}: one of {', '.join(ORDERS)}", param_hint="--date-order")
    order = next((one for one in ORDERS if one == date_order), None)
    asked = Asked(authority, examiner, datetime.now(UTC), order, zone, region, columns_in(columns))
    code = 0
    with ChatReader() as reader:
        for file in files:
            try:
                for collected in _collect(reader, file, out, asked, progress):
                    if isinstance(collected, int):
                        code = max(code, collected)
                        continue
                    code = max(code, _DOUBTFUL if _asks(collected) else 0)
                    sys.stdout.write(_as_json(file, collected) if as_json else _as_text(file, collected))
            except (ChatError, StartError) as error:
                typer.echo(f"kavalan: {printable(str(error))}", err=True)
                code = _UNREAD
    raise typer.Exit(code)


def _collect(
    reader: ChatReader, file: Path, out: Path, asked: Asked, progress: ProgressForm
) -> Iterator[Collected | int]:
    """What was read, one source after another; for what was not, an exit code."""
    from kavalan.chats import ChatError, collect, open_exports

    with open_exports(file, "table" if asked.columns else "") as exports:
        yield _tell_passed(file, exports)
        for export in exports:
            try:
                yield collect(reader, export, out, asked, _Teller(progress, export.name))
            except ChatError as error:
                # It costs itself, and not what lies beside it.
                typer.echo(f"kavalan: {_named(file, export)}: {printable(str(error))}", err=True)
                yield _UNREAD


def _named(file: Path, source: Export | Source) -> str:
    """A source by what the examiner named and its own name within that."""
    named = shown_path(os.fsencode(file))
    return named if source.name == file.name else f"{named} » {printable(source.name)}"


def _tell_passed(file: Path, exports: Exports) -> int:
    """Say what is not read, and little of what there is much of; the exit code."""
    named = shown_path(os.fsencode(file))
    said: Counter[str] = Counter()
    for one in exports.passed:
        said[one.why] += 1
        if said[one.why] <= _MOST_TOLD:
            typer.echo(f"kavalan: {printable(f'{named}/{one.name}' if one.name else named)}: {one.why}", err=True)
    for why, count in said.items():
        if count > _MOST_TOLD:
            typer.echo(f"kavalan: {named}: {count - _MOST_TOLD:,} more: {why}", err=True)
    return _DOUBTFUL if any(one.lost for one in exports.passed) else 0


def _asks(collected: Collected) -> bool:
    """Whether a person must look: something is doubtful or missing, or the order of dates is not known."""
    reading = collected.reading
    return bool(reading.doubtful or reading.unreadable or not collected.whole) or reading.date_order.order is None


class _Teller:
    """Says now and then how many messages were read."""

    def __init__(self, form: ProgressForm, name: str) -> None:
        self._form, self._name, self._told = form, name, time.monotonic()

    def __call__(self, messages: int) -> None:
        now = time.monotonic()
        if self._form is ProgressForm.NONE or now - self._told < _EVERY:
            return
        self._told = now
        if self._form is ProgressForm.JSON:
            typer.echo(json.dumps({"source": self._name, "messages": messages}), err=True)
        else:
            typer.echo(f"kavalan: {printable(self._name)}: {messages:,} messages", err=True)


def _as_json(file: Path, collected: Collected) -> str:
    told = {
        "file": shown_path(os.fsencode(file)),
        "store": str(collected.folder),
        "source": msgspec.to_builtins(collected.source),
        "reading": msgspec.to_builtins(collected.reading),
    }
    return json.dumps(told, ensure_ascii=True) + "\n"


def _as_text(file: Path, collected: Collected) -> str:
    source, reading = collected.source, collected.reading
    files = f", of {len(source.pieces)} files" if source.pieces else ""
    order = reading.date_order
    lines = [
        f"{_named(file, source)}{files}",
        f"  {reading.form}, SHA-256 {source.sha256}",
        (
            f"  {reading.messages:,} messages, {reading.system:,} of them the messenger's own;"
            f" {reading.understood:,} understood"
        ),
        f"  from {reading.first or 'unknown'} to {reading.last or 'unknown'}",
        f"  dates: {order.order or _question(order.candidates)} ({order.confidence}: {printable(order.told)})",
    ]
    lines += [f"  doubtful, {doubt.count}: {doubt.reason}" for doubt in reading.doubtful]
    lines += [f"  unreadable, {doubt.count}: {doubt.reason}" for doubt in reading.unreadable]
    lines += [f"  note: {printable(warning)}" for warning in reading.warnings]
    return "\n".join([*lines, f"  store: {collected.folder}", ""])


def _question(candidates: list[Order]) -> str:
    return f"to be asked, {' or '.join(candidates)}"
