"""Mentions from a database to the source that it lies in."""

from __future__ import annotations

from tests.sources.archives import zip_of
from tests.sources.embedded.databases import made, said

from kavalan.sources import open_source, shown
from kavalan.sources.archive.records import Rest, Told
from kavalan.sources.embedded import sqlite

DOWNLOADS = "CREATE TABLE downloads(id INTEGER PRIMARY KEY, target_path, start_time, state)"


def history(path, count):
    rows = [(n, f"/home/x/{n}.jpg", 13_300_000_000_000_000, 1) for n in range(1, count + 1)]
    return made(path, DOWNLOADS, ("INSERT INTO downloads VALUES(?,?,?,?)", rows))


def test_a_source_gives_what_its_databases_say(tmp_path):
    database = history(tmp_path / "History", 2)
    path = zip_of(tmp_path / "a.zip", {"b/History": database.read_bytes()})
    with open_source(path) as source:
        for _ in source.items():
            pass
        mentions = source.mentions()
        assert source.mentions() == []
    assert [(shown(one.container), one.subject, one.trace.act) for one in mentions] == [
        ("a.zip » b/History", b"home/x/1.jpg", "saved"),
        ("a.zip » b/History", b"home/x/2.jpg", "saved"),
    ]


def test_what_is_beyond_the_bound_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "MOST_MENTIONS", 3)
    every = said(history(tmp_path / "History", 9))
    assert len([one for one in every if isinstance(one, Told)]) == 3
    assert [one.reason for one in every if isinstance(one, Rest)] == [
        "it records 9 uses of files, of which the first 3 are listed"
    ]


def test_names_of_tables_in_any_case_are_known(tmp_path):
    path = made(
        tmp_path / "x",
        "CREATE TABLE Downloads(ID INTEGER PRIMARY KEY, Target_Path, START_TIME, State)",
        "INSERT INTO downloads VALUES(1, '/a/b.jpg', 1, 1)",
    )
    assert [one.subject for one in said(path) if isinstance(one, Told)] == [b"a/b.jpg"]
