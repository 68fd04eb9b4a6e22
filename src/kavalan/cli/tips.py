"""`kavalan tips`: what a report says, read from the form in which it came."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from kavalan.cli.output import shown_path
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from kavalan.tips import Columns, Tip
    from kavalan.tips.triage import Fact

app = typer.Typer(help="Read reports as they come: referrals, e-mails, partners' tables.", no_args_is_help=True)

_UNREAD = 1
_ENDINGS = {".json": "cybertipline", ".eml": "mail", ".csv": "table", ".tsv": "table"}


Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that were reported or forwarded.")]
FormOption = Annotated[
    str, typer.Option("--form", help="cybertipline, mail or table; told by the file's ending where it is not given.")
]
ColumnsOption = Annotated[
    Path | None, typer.Option("--columns", help="What the columns of a table mean (TOML; docs/tips.md has its form).")
]
Most = Annotated[int, typer.Option("--most", min=1, help="Stop after so many tips of a file: a preview.")]


@app.command("read")
def read(
    files: Files,
    *,
    form: FormOption = "",
    columns: ColumnsOption = None,
    most: Most = sys.maxsize,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what each file says, and beside it what was not understood and what could not be read.

    Nothing is fetched, kept or decided. Exit code: 0 when all was read, 1 when a part was not, 2 when a file was not.
    """
    _each(files, form, columns, most, _line if as_json else _lines)


@app.command("look")
def look(files: Files, *, form: FormOption = "", columns: ColumnsOption = None, most: Most = sys.maxsize) -> None:
    """The first look: what speaks for haste, what can be worked with, each line with its weight and what it rests on.

    It closes nothing and decides nothing. Exit code as for `read`.
    """
    _each(files, form, columns, most, _looked)


def _each(files: list[Path], form: str, columns: Path | None, most: int, shown: Callable[[Path, Tip], str]) -> None:
    from kavalan.tips import TipError, TipReader, read_columns

    failed = unread = False
    try:
        meaning = read_columns(columns) if columns else None
        asked = [(file, form or _form(file, meaning)) for file in files]
        with TipReader() as reader:
            for file, its_form in asked:
                with file.open("rb") as opened:
                    for tip in islice(reader.read(opened, its_form, meaning), most):
                        unread |= bool(tip.unread)
                        sys.stdout.write(shown(file, tip))
                if reader.failure:
                    failed = True
                    typer.echo(f"kavalan: {shown_path(os.fsencode(file))}: {reader.failure.detail}", err=True)
    except (TipError, OSError) as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(2) from error
    raise typer.Exit(2 if failed else _UNREAD if unread else 0)


def _form(file: Path, columns: Columns | None) -> str:
    """By the ending alone: what is inside is told by the reader, which refuses another form.

    Raises:
        TipError: the ending says nothing, or a table comes without the meaning of its columns.
    """
    from kavalan.tips import FORMS, TipError

    form = _ENDINGS.get(file.suffix.lower(), "")
    if not form:
        message = f"{shown_path(os.fsencode(file))}: its name does not tell its form; say --form {', '.join(FORMS)}"
        raise TipError(message)
    if form == "table" and columns is None:
        message = f"{shown_path(os.fsencode(file))}: say what its columns mean with --columns FILE (docs/tips.md)"
        raise TipError(message)
    return form


def _line(file: Path, tip: Tip) -> str:
    record = {"file": shown_path(os.fsencode(file))} | msgspec.to_builtins(tip)
    return json.dumps(record, ensure_ascii=True) + "\n"


def _lines(file: Path, tip: Tip) -> str:
    told = _told(msgspec.to_builtins(tip), "  ")
    return "\n".join([printable(shown_path(os.fsencode(file))), *told]) + "\n"


def _looked(file: Path, tip: Tip) -> str:
    from kavalan.tips.triage import assess, facts_of, packaged_rules

    rules = packaged_rules()
    found = assess(facts_of(tip, rules.values, datetime.now(UTC)), rules)
    lines = [f"{printable(shown_path(os.fsencode(file)))}: {printable(tip.number) or 'no number'}"]
    lines += [f"  urgent: {one.floor.words} ({_because(one.fact)})" for one in found.urgent]
    for score in (found.risk, found.workability, found.viewing):
        lines.append(f"  {score.scale} {score.points}, {score.unknown} of {len(score.lines)} unknown")
        lines += [f"    {one.points:+4}  {one.line.words}: {_because(one.fact)}" for one in score.lines]
    return "\n".join(lines) + "\n"


def _because(fact: Fact) -> str:
    if fact.answer is None:
        return "unknown"
    return f"{'yes' if fact.answer else 'no'}, {printable(', '.join(fact.because))}"


def _told(values: dict[str, Any], indent: str) -> Iterator[str]:
    """A line for everything that says something, names before values."""
    for name, value in values.items():
        words = name.replace("_", " ")
        match value:
            case None | "" | () | []:
                continue
            case {"said": str(said), **moment}:
                utc = f" ({moment['utc']})" if moment.get("utc") else ""
                yield f"{indent}{words}: {printable(said)}{utc}"
            case dict():
                yield from _under(indent + words, _told(value, indent + "  "))
            case [str(), *_]:
                yield f"{indent}{words}: {printable(', '.join(map(str, value)))}"
            case list() | tuple():
                for one in value:
                    yield from _under(indent + words, _parts(one, indent + "  "))
            case _:
                yield f"{indent}{words}: {printable(str(value))}"


def _parts(one: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 whatever a list of a record holds
    if isinstance(one, dict):
        yield from _told(one, indent)
    else:
        yield indent + printable(": ".join(map(str, one)))


def _under(heading: str, lines: Iterator[str]) -> Iterator[str]:
    """A heading only where something stands under it."""
    for number, line in enumerate(lines):
        if number == 0:
            yield heading
        yield line
