"""`kavalan chats repeats`: the same file or long text, seen in several chats."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kavalan.cli.chat_stores import stores_in
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from kavalan.chats import Repeat, Sight

_LONGEST: Final = 300
"""Characters of a text that are shown."""


def repeats(
    stores: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders that `chats read` wrote.")],
    *,
    chats: Annotated[int, typer.Option("--chats", min=1, help="Seen in at least so many chats.")] = 2,
    most: Annotated[int, typer.Option("--most", min=1, help="Messages told of one content; all are counted.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show files and long texts that were seen in several chats, the earliest message first.

    Seen again is not passed on: who has it from whom, these sources do not say, and the first one seen may have it from
    a chat that nobody has read.

    Exit code: 0 when something was found, 1 when nothing was, 2 when a store could not be opened.
    """
    from kavalan.chats import ChatError, Store
    from kavalan.chats import repeats as repeated

    found = failed = False
    with ExitStack() as opened:
        held = []
        for path in (one for folder in stores for one in stores_in(folder)):
            try:
                held.append(opened.enter_context(Store(path)))
            except ChatError as error:
                typer.echo(f"kavalan: {printable(str(error))}", err=True)
                failed = True
        for repeat in repeated(held, chats=chats, most=most):
            found = True
            sys.stdout.write(_as_json(repeat) if as_json else _as_text(repeat))
    raise typer.Exit(2 if failed else 0 if found else 1)


def _as_json(repeat: Repeat) -> str:
    told = repeat._asdict() | {"sights": [sight._asdict() for sight in repeat.sights]}
    return json.dumps(told, ensure_ascii=True) + "\n"


def _as_text(repeat: Repeat) -> str:
    first = repeat.sights[0]
    shown = first.media_name if first.what != "text" else " ".join(first.text.split())
    cut = "…" if len(shown) > _LONGEST else ""
    lines = [
        f"{first.what} {repeat.digest}, seen in {repeat.chats:,} chats, {repeat.times:,} messages",
        f"  {printable(shown[:_LONGEST])}{cut}",
        *map(_line, repeat.sights),
    ]
    left = repeat.times - len(repeat.sights)
    return "\n".join([*lines, *([f"  and {left:,} more"] if left else []), ""])


def _line(sight: Sight) -> str:
    time = sight.time_local or "time unknown"
    stated = "" if sight.what != "file, as stated" else ", digest as the source states it"
    return f"  {time} {printable(sight.conversation)} | {printable(sight.sender)} ({sight.key}{stated})"
