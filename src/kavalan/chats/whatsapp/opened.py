"""A telephone's databases of WhatsApp, open, and who is told what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kavalan.chats.database import Database
from kavalan.chats.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack
    from typing import BinaryIO

    from kavalan.chats.outlet import Outlet
    from kavalan.chats.reading import Tally
    from kavalan.chats.whatsapp.moments import Moments


def address_book(files: dict[str, BinaryIO], main: str, opened: ExitStack) -> tuple[Database | None, str]:
    """The database of names that came with that of messages, and why it cannot be read, which costs only names.

    Args:
        files: of the source.
        main: name of the messages'.
        opened: closes it.
    """
    name = next((one for one in files if one != main and not one.endswith("-wal")), "")
    try:
        return (opened.enter_context(Database(files[name], files.get(f"{name}-wal"))) if name else None), ""
    except ChatError as error:
        return None, str(error)


def about_files(base: Database, names: Database | None, fault: str, called: tuple[str, str]) -> Iterator[str]:
    """What is missing of the files, in words.

    Args:
        base: of the messages.
        names: of the address book; None where it did not come, or cannot be read.
        fault: why it cannot be read; empty for nothing.
        called: how the two are called.
    """
    of_messages, of_names = called
    for one, name in ((base, of_messages), (names, of_names)):
        if one is not None and one.missing:
            yield f"{name} is cut: it ends {one.missing:,} bytes before the end that it states"
    if base.lacks_wal:
        yield f"its log ({of_messages}-wal) did not come with it: the newest messages may be missing"
    if base.log_fault:
        yield f"its log ({of_messages}-wal): {base.log_fault}"
    if fault:
        yield f"{of_names}: {fault}; people have the names that they chose, or numbers"
    elif names is None:
        yield f"{of_names} did not come with it: people have the names that they chose, or numbers"
    elif names.lacks_wal:
        yield f"the log of {of_names} did not come with it: some names may be missing"
    elif names.log_fault:
        yield f"the log of {of_names}: {names.log_fault}"


class Opened(NamedTuple):
    """What is read, and where it goes.

    Attributes:
        base: of the messages.
        names: of the address book; None where it did not come.
        source: SHA-256 of the source.
        outlet: is told everything.
        moments: of the source.
        tally: counts what is doubtful or cannot be read.
    """

    base: Database
    names: Database | None
    source: str
    outlet: Outlet
    moments: Moments
    tally: Tally
