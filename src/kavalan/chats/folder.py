"""The files of a folder: those that may hold chats, and what is passed over, which is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from kavalan.chats.errors import ChatError
from kavalan.chats.whatsapp.ios.recognise import IN_BACKUPS
from kavalan.sources import shown

MOST_FILES: Final = 200_000
_MAY_HOLD_CHATS: Final = (
    ".txt", ".json", ".jsonl", ".html", ".db", ".sqlite", "-wal", ".xml", ".tsv", ".csv", ".mbox", ".eml",
    ".crypt12", ".crypt14", ".crypt15", *IN_BACKUPS,
)  # fmt: skip
_ARCHIVES: Final = (".zip", ".ufdr")


class Passed(NamedTuple):
    """Something that is not read.

    Attributes:
        name: its path from the folder or archive that was named, parted by `/`; empty for that itself.
        why: in words.
        lost: chats may be lost by it.
    """

    name: str
    why: str
    lost: bool = False


def may_hold_chats(name: str) -> bool:
    """Whether a file's name ends so that it is held for the recognisers; the others of an archive are digested only."""
    return name.lower().endswith(_MAY_HOLD_CHATS)


def is_archive(name: str) -> bool:
    """Whether a file's name ends as those of archives do."""
    return name.lower().endswith(_ARCHIVES)


def walked(folder: Path) -> tuple[list[str], list[Passed]]:
    """The files of a folder that may hold chats, by their paths in it, sorted, and what is passed over.

    Links are not followed, and nothing but plain files is opened. Archives are read only when they are named
    themselves.

    Raises:
        ChatError: the folder has more files than any export.
    """
    names: list[str] = []
    passed: list[Passed] = []
    others = count = 0
    for root, folders, files in os.walk(folder, onerror=lambda error: passed.append(_closed(folder, error))):
        folders.sort()
        inside = [Path(root, name) for name in [*sorted(files), *folders]]
        count += len(files)
        if count > MOST_FILES:
            message = f"{shown(os.fsencode(folder))} has more than {MOST_FILES:,} files: name a folder in it"
            raise ChatError(message)
        for path in inside:
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                passed.append(Passed(name, "a link, which is not followed", lost=True))
            elif path.is_dir():
                continue
            elif is_archive(name):
                passed.append(Passed(name, "not opened; name it to have it read", lost=True))
            elif not may_hold_chats(name):
                others += 1
            elif path.is_file():
                names.append(name)
            else:
                passed.append(Passed(name, "no plain file, and not opened"))
    if others:
        passed.append(Passed("", f"{others:,} files were not looked at, for their names end unlike those of chats"))
    return sorted(names), passed


def _closed(folder: Path, error: OSError) -> Passed:
    name = Path(os.fsdecode(error.filename)).relative_to(folder).as_posix()
    return Passed("" if name == "." else name, f"cannot be opened: {error.strerror}", lost=True)
