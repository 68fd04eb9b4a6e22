"""Databases that tests make with SQLite, and how they ask a reader without a sandbox around it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kavalan.sources.archive.passage import Passage
from kavalan.sources.archive.records import Request, Told
from kavalan.sources.embedded.sqlite import read_sqlite

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 8


def made(path: Path, *statements: str | tuple, page: int = 4096, encoding: str = "UTF-8") -> Path:
    """A database; a tuple is a statement and the rows it is executed with."""
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA page_size={page}")
        database.execute(f"PRAGMA encoding='{encoding}'")
        for statement in statements:
            if isinstance(statement, tuple):
                database.executemany(*statement)
            else:
                database.execute(statement)
        database.commit()
    return path


def said(path: Path, allowance: int = 1 << 40) -> list:
    """All that the reader says of a file, in this process."""
    request = Request("sqlite", b"content", allowance, 200, 1 << 28)
    with path.open("rb") as opened:
        return list(read_sqlite(opened, request, Passage(request)))


def told(path: Path) -> list[tuple[str, str, int | None, int | None, str]]:
    """Each mention: whom, what, when, how often, by which evidence."""
    return [
        (one.subject.decode(), one.trace.act, one.trace.at, one.trace.count, one.trace.evidence)
        for one in said(path)
        if isinstance(one, Told)
    ]
