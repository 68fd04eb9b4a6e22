"""By which files a telephone's databases are known."""

from kavalan.chats.candidates import Candidate, Found
from kavalan.chats.forms import recognised

SQLITE = b"SQLite format 3\0" + bytes(84)


def known(**files):
    return recognised([Candidate(name.replace("__", "/"), len(head), head) for name, head in files.items()])


def test_a_database_takes_its_log_and_the_names_of_its_folder():
    files = {
        "a/msgstore.db": SQLITE,
        "a/msgstore.db-wal": b"log",
        "a/wa.db": SQLITE,
        "a/wa.db-wal": b"",
        "wa.db": SQLITE,
    }
    assert known(**files) == [
        Found("whatsapp-android", ("a/msgstore.db", "a/msgstore.db-wal", "a/wa.db", "a/wa.db-wal"))
    ]


def test_dated_copies_are_sources_of_their_own():
    files = {"msgstore.db": SQLITE, "msgstore-2025-04-03.1.db": SQLITE}
    assert [one.names for one in known(**files)] == [("msgstore.db",), ("msgstore-2025-04-03.1.db",)]


def test_a_database_of_another_name_is_looked_into_where_it_is_named():
    named = [Candidate("evidence", 100, SQLITE, named=True)]
    assert recognised(named) == [Found("whatsapp-android", ("evidence",))]
    assert known(evidence=SQLITE) == []


def test_encrypted_backups_are_known_and_what_is_no_database_is_not():
    assert known(**{"msgstore.db.crypt15": b"\x0a"}) == [Found("whatsapp-android", ("msgstore.db.crypt15",))]
    assert known(**{"msgstore.db": b"not a database"}) == []
