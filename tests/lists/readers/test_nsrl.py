import sqlite3

import pytest

from kavalan.lists.errors import ListError, WrongFormatError
from kavalan.lists.model import Kind
from kavalan.lists.readers import NsrlReader, Report

SHA1, SHA256 = "b2" * 20, "c3" * 32


def build(path, script, rows=()):
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.executemany("INSERT INTO METADATA VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def read(path):
    report = Report()
    return list(NsrlReader().read(path, report)), report


FULL = """
CREATE TABLE METADATA (sha256 TEXT, sha1 TEXT, md5 TEXT, file_size INTEGER);
CREATE VIEW FILE AS SELECT UPPER(sha256) AS sha256, sha1, md5, file_size FROM METADATA;
"""


def test_sha1_sha256_and_size_are_taken_and_md5_is_left_out(tmp_path):
    build(tmp_path / "n", FULL, [(SHA256, SHA1.upper(), "a1" * 16, 77)])
    (entry,), _ = read(tmp_path / "n")
    assert (entry.sha256.hex(), entry.sha1.hex(), entry.size, entry.md5) == (SHA256, SHA1, 77, None)


def test_only_a_known_good_list_can_be_made_of_it():
    assert NsrlReader.kinds == {Kind.KNOWN_GOOD}


def test_the_file_is_not_touched(tmp_path):
    build(tmp_path / "n", FULL, [(SHA256, SHA1, "", 1)])
    before = (tmp_path / "n").read_bytes()
    (tmp_path / "n").chmod(0o400)
    read(tmp_path / "n")
    assert (tmp_path / "n").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["n"]


def test_another_database_is_refused(tmp_path):
    sqlite3.connect(tmp_path / "n").executescript("CREATE TABLE other (a); INSERT INTO other VALUES (1);")
    with pytest.raises(WrongFormatError, match="FILE"):
        read(tmp_path / "n")


def test_a_view_that_computes_without_end_is_refused(tmp_path):
    build(
        tmp_path / "n",
        """
        CREATE TABLE METADATA (a, b, c, d);
        CREATE VIEW FILE AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
        SELECT '' AS sha256, '' AS sha1, '' AS md5, n AS file_size FROM r;
        """,
    )
    with pytest.raises(ListError):
        read(tmp_path / "n")


def test_values_of_odd_types_are_faults(tmp_path):
    build(tmp_path / "n", FULL, [(b"\xff\x00", 5, None, "many"), (SHA256, SHA1, "", 1)])
    (entry,), report = read(tmp_path / "n")
    assert entry.position == 2
    assert [fault.position for fault in report.faults] == [1, 1, 1]


def test_two_rows_of_one_file_in_two_packages_are_both_given_out(tmp_path):
    build(tmp_path / "n", FULL, [(SHA256, SHA1, "", 1)] * 2)
    assert len(read(tmp_path / "n")[0]) == 2
