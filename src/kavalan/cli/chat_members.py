"""`kavalan chats members`: who was in a chat, and who administered it, from when to when."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kavalan.cli.chat_stores import stores_in
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from kavalan.chats import ChatMembers, RoleHeld

_BOTH = ("creator", "admin")


def members(
    stores: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders that `chats read` wrote.")],
    *,
    role: Annotated[
        list[str] | None,
        typer.Option(
            metavar="creator|admin|member|poster|forwarder", help="Several may be given. [default: creator, admin]"
        ),
    ] = None,
    account: Annotated[str, typer.Option(help="Only this one: a number, however written, or a whole name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for each chat.")] = False,
) -> None:
    """Show who administered each chat, or had another part in it, from when to when, and what proves it.

    What no message and no list says is not filled in: who is first seen writing was there before for an unknown time.

    Exit code: 0 when something was found, 1 when nothing was, 2 when a store could not be opened.
    """
    from kavalan.chats import ROLES, ChatError, Store, members_of

    roles = frozenset(role or _BOTH)
    if unknown := sorted(roles - set(ROLES)):
        raise typer.BadParameter(f"{unknown[0]}: one of {', '.join(ROLES)}", param_hint="--role")
    found = failed = False
    for path in (one for folder in stores for one in stores_in(folder)):
        try:
            with Store(path) as store:
                for chat in members_of(store, roles, account):
                    found = True
                    sys.stdout.write(_as_json(chat) if as_json else _as_text(chat))
        except ChatError as error:
            typer.echo(f"kavalan: {printable(str(error))}", err=True)
            failed = True
    raise typer.Exit(2 if failed else 0 if found else 1)


def _as_json(chat: ChatMembers) -> str:
    told = chat._asdict() | {"parts": [part._asdict() for part in chat.parts]}
    return json.dumps(told, ensure_ascii=True) + "\n"


def _as_text(chat: ChatMembers) -> str:
    stated = ""
    if chat.stated_members is not None:
        at = f", {chat.stated_at}" if chat.stated_at else ""
        stated = f" of {chat.stated_members:,} stated ({printable(chat.stated_by)}{at})"
    kind = f", {printable(chat.kind)}" if chat.kind else ""
    title = printable(chat.title) or "(no name)"
    head = f"{title}{kind}: {chat.messages:,} messages, known members {chat.known_members:,}{stated}"
    return "\n".join([head, *map(_line, chat.parts), ""])


def _line(part: RoleHeld) -> str:
    name = printable(part.name) or "(no name)"
    number = printable(part.native) if part.native not in {"", part.name} else ""
    prefix = f"number prefix {part.number_prefix}" if part.number_prefix else ""
    beside = ", ".join(filter(None, (number, prefix)))
    since = f"since {part.since} ({part.since_by})" if part.since else f"since when is not known ({part.since_by})"
    until = f", until {part.until} ({part.until_by})" if part.until else f", {_end(part.until_by)}"
    more = [
        f"added by {printable(part.by)}" if part.by else "",
        f"{part.posts:,} messages" if part.posts else "",
        part.label,
        printable(part.roster),
        f"message {part.since_key or part.first_seen_key}" if part.since_key or part.first_seen_key else "",
    ]
    told = "; ".join(filter(None, more))
    return f"  {part.role} {name}{f' ({beside})' if beside else ''}: {since}{until}{f'; {told}' if told else ''}"


def _end(by: str) -> str:
    return {
        "open": "no end is known",
        "roster": "still there by the list",
        "ended": "over, and when is not known",
    }.get(by, f"end: {by}")
