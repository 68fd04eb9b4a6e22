"""`kavalan tips`: what a report says, read from the form in which it came."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import msgspec
import typer

from kavalan.cli.output import shown_path
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from kavalan.tips import Bundle, Columns, Member, Tip, TipReader
    from kavalan.tips.triage import Fact

app = typer.Typer(help="Read reports as they come: referrals, e-mails, partners' tables.", no_args_is_help=True)

_UNREAD = 1


Files = Annotated[
    list[Path], typer.Argument(metavar="FILE|DIR...", help="Files that were reported or forwarded, or folders of them.")
]
FormOption = Annotated[
    str,
    typer.Option(
        "--form", help="cybertipline, print, bundle, mail or table; told by the file's ending where it is not given."
    ),
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

    Of a bundle also what lies in it and belongs to no referral. Nothing is fetched, kept or decided. Exit code: 0 when
    all was read, 1 when a part was not, 2 when a file was not.
    """
    _Run(_AsJson() if as_json else _AsText(), most).over(files, form, columns)


@app.command("look")
def look(files: Files, *, form: FormOption = "", columns: ColumnsOption = None, most: Most = sys.maxsize) -> None:
    """The first look: what speaks for haste, what can be worked with, each line with its weight and what it rests on.

    It closes nothing and decides nothing. Exit code as for `read`.
    """
    _Run(_AsLook(), most).over(files, form, columns)


class _Shown(Protocol):
    def tip(self, where: str, tip: Tip) -> str: ...

    def member(self, where: str, member: Member) -> str: ...


class _Run:
    """Reads files one after another and remembers how it went."""

    def __init__(self, shown: _Shown, most: int) -> None:
        self._shown, self._most = shown, most
        self._failed = self._unread = False

    def over(self, files: list[Path], form: str, columns: Path | None) -> None:
        """Show all of them; a bad one costs itself.

        Raises:
            typer.Exit: always, with how it went.
        """
        from kavalan.sandbox import StartError
        from kavalan.tips import TipError, TipReader, read_columns

        try:
            meaning = read_columns(columns) if columns else None
            with TipReader() as reader:
                for file in _single(files):
                    try:
                        self._file(reader, file, form or _form(file, meaning), meaning)
                    except (TipError, OSError) as error:
                        self._tell(str(error))
        except (TipError, StartError) as error:
            self._tell(str(error))
        raise typer.Exit(2 if self._failed else _UNREAD if self._unread else 0)

    def _file(self, reader: TipReader, file: Path, form: str, columns: Columns | None) -> None:
        from kavalan.tips import BUNDLE, open_bundle

        where = shown_path(os.fsencode(file))
        with file.open("rb") as opened:
            if form == BUNDLE:
                with open_bundle(opened.fileno(), reader) as bundle:
                    self._bundle(where, bundle)
                return
            for tip in islice(reader.read(opened, form, columns if form == "table" else None), self._most):
                self._tip(where, tip)
        if reader.failure:
            self._tell(f"{where}: {reader.failure.detail}")

    def _bundle(self, where: str, bundle: Bundle) -> None:
        from kavalan.sources import shown

        names = [f"{where} » {shown(member.path)}" for member in bundle.members]
        for referral in islice(bundle.referrals, self._most):
            self._tip(names[referral.member], referral.tip)
        for name, member in zip(names, bundle.members, strict=True):
            if member.use == "stray" or member.fault:
                self._unread |= bool(member.fault or member.why_no_referral)
                sys.stdout.write(self._shown.member(name, member))
        for path, reason in bundle.reasons:
            self._tell(f"{where}{f' » {shown(path)}' if path else ''}: {reason}")
        if not bundle.referrals:
            self._tell(f"{where}: nothing in it reads as a referral")

    def _tip(self, where: str, tip: Tip) -> None:
        self._unread |= bool(tip.unread)
        sys.stdout.write(self._shown.tip(where, tip))

    def _tell(self, why: str) -> None:
        self._failed = True
        typer.echo(f"kavalan: {why}", err=True)


def _single(files: list[Path]) -> Iterator[Path]:
    """Each file, and in place of a folder all files below it by their names."""
    for file in files:
        if file.is_dir():
            yield from sorted(path for path in file.rglob("*") if path.is_file() and not path.is_symlink())
        else:
            yield file


def _form(file: Path, columns: Columns | None) -> str:
    """By the ending alone: what is inside is told by the reader, which refuses another form.

    Raises:
        TipError: the ending says nothing, or a table comes without the meaning of its columns.
    """
    from kavalan.tips import BUNDLE, FORMS, TipError, form_told_by

    form = form_told_by(file.suffix)
    if not form:
        forms = ", ".join([*FORMS, BUNDLE])
        message = f"{shown_path(os.fsencode(file))}: its name does not tell its form; say --form {forms}"
        raise TipError(message)
    if form == "table" and columns is None:
        message = f"{shown_path(os.fsencode(file))}: say what its columns mean with --columns FILE (docs/tips.md)"
        raise TipError(message)
    return form


class _AsJson:
    def tip(self, where: str, tip: Tip) -> str:
        return json.dumps({"file": where} | msgspec.to_builtins(tip), ensure_ascii=True) + "\n"

    def member(self, where: str, member: Member) -> str:
        return json.dumps({"file": where} | _facts(member), ensure_ascii=True) + "\n"


class _AsText:
    def tip(self, where: str, tip: Tip) -> str:
        return "\n".join([printable(where), *_told(msgspec.to_builtins(tip), "  ")]) + "\n"

    def member(self, where: str, member: Member) -> str:
        return "\n".join([printable(where), *_told(_facts(member), "  ")]) + "\n"


class _AsLook:
    def tip(self, where: str, tip: Tip) -> str:
        return _looked(where, tip)

    def member(self, where: str, member: Member) -> str:
        """It says nothing that a look could count."""
        return f"{printable(where)}: {member.use}\n"


def _facts(member: Member) -> dict[str, Any]:
    digests = {name: getattr(member, name).hex() for name in ("md5", "sha1", "sha256")}
    told = {"fault": member.fault, "why_no_referral": member.why_no_referral, "remarks": member.remarks}
    return {"use": member.use, "size": member.size} | digests | told


def _looked(where: str, tip: Tip) -> str:
    from kavalan.tips.triage import assess, facts_of, packaged_rules

    rules = packaged_rules()
    found = assess(facts_of(tip, rules.values, datetime.now(UTC)), rules)
    lines = [f"{printable(where)}: {printable(tip.number) or 'no number'}"]
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
