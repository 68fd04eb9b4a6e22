"""`kavalan chats search` and `kavalan chats terms`: asking what was read."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from kavalan.cli.chat_stores import stores_in
from kavalan.cli.output import shown_path
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kavalan.chats import Hit, Store
    from kavalan.identifiers import Terms

_LONGEST: Final = 300
"""Characters of a message that a line shows."""

StoresArgument = Annotated[
    list[Path], typer.Argument(metavar="DIR...", help="Folders that `chats read` wrote.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def search(
    stores: StoresArgument,
    *,
    words: Annotated[str, typer.Option("--words", help="All of these; `boat*` finds every word that begins so.")] = "",
    sounds_like: Annotated[
        str,
        typer.Option("--sounds-like", help="For each of these a word that sounds like it, in any of three scripts."),
    ] = "",
    most: Annotated[int, typer.Option("--most", min=1, help="Stop after so many messages of a store.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """Find messages by their words, in whichever spelling they are written, or by what the words sound like.

    Exit code: 0 when something was found, 1 when nothing was, 2 when a store could not be opened or asked.
    """
    if bool(words) == bool(sounds_like):
        raise typer.BadParameter("say --words or --sounds-like, one of the two")

    def asked(store: Store) -> Iterator[str]:
        if words:
            yield from (_line(hit, "", {}, as_json=as_json) for hit in store.search(words, most))
        for hit, heard in store.sounding(sounds_like, most) if sounds_like else ():
            yield _line(hit, f"sounds like: {', '.join(heard)}", {"sounds_like": heard}, as_json=as_json)

    _ask(stores, asked)


def terms(
    stores: StoresArgument,
    *,
    listed: Annotated[
        Path, typer.Option("--terms", help="Your list: a term a line, `net*` for beginnings, a label behind a tab.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Find every message that holds a term of your own list, in whichever spelling.

    Exit code: 0 when something was found, 1 when nothing was, 2 when the list or a store could not be read.
    """
    wanted = _terms_of(listed)

    def asked(store: Store) -> Iterator[str]:
        for hit, found in store.holding(wanted):
            told = dict.fromkeys(
                f"{one.term.text} ({one.term.label})" if one.term.label else one.term.text for one in found
            )
            as_data = [
                {"start": one.start, "end": one.end, "text": one.term.text, "label": one.term.label} for one in found
            ]
            yield _line(hit, f"terms: {', '.join(told)}", {"terms": as_data}, as_json=as_json)

    _ask(stores, asked)


def _terms_of(path: Path) -> Terms:
    from kavalan.identifiers import TermError, Terms, read_terms

    try:
        with path.open(encoding="utf-8") as lines:
            wanted = list(read_terms(lines))
    except (OSError, UnicodeDecodeError, TermError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        typer.echo(f"kavalan: {shown_path(os.fsencode(path))}: {printable(why)}", err=True)
        raise typer.Exit(2) from error
    if not wanted:
        typer.echo(f"kavalan: {shown_path(os.fsencode(path))}: no term stands in it", err=True)
        raise typer.Exit(2)
    return Terms(wanted)


def _ask(stores: Iterable[Path], asked: Callable[[Store], Iterator[str]]) -> NoReturn:
    """Print what every store answers, a line each."""
    from kavalan.chats import ChatError, Store

    found = False
    faults: set[str] = set()
    for path in (one for folder in stores for one in stores_in(folder)):
        try:
            with Store(path) as store:
                for line in asked(store):
                    found = True
                    sys.stdout.write(line)
        except ChatError as error:
            # What is wrong with the question is wrong with it in every store.
            if str(error) not in faults:
                typer.echo(f"kavalan: {printable(str(error))}", err=True)
            faults.add(str(error))
    raise typer.Exit(2 if faults else 0 if found else 1)


def _line(hit: Hit, why: str, more: dict[str, object], *, as_json: bool) -> str:
    """A message that was found, and by what."""
    if as_json:
        return json.dumps(hit._asdict() | more, ensure_ascii=True) + "\n"
    text = hit.text if len(hit.text) <= _LONGEST else f"{hit.text[:_LONGEST]}…"
    doubt = "".join(f" [{printable(one)}]" for one in (why, hit.flags) if one)
    who = printable(hit.sender) or "(the messenger)"
    where = f"{hit.key[:12]}…:{hit.key.rpartition(':')[2]} {printable(hit.time)} {printable(hit.conversation)}"
    return f"{where} | {who}: {printable(text)}{doubt}\n"
