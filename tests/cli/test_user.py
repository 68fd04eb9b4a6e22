"""`kavalan user add`."""

import sqlite3
from contextlib import closing

import pytest
from tests.cli.desk import PASSWORD, add, desk, kavalan


def rows(workspace, statement):
    with closing(sqlite3.connect(workspace / "desk.sqlite3")) as database:
        return database.execute(statement).fetchall()


def verbs(workspace):
    return [verb for (verb,) in rows(workspace, "SELECT verb FROM ledger_entry ORDER BY number")]


@pytest.fixture
def made(tmp_path):
    return desk(tmp_path / "w")


@pytest.fixture
def word(tmp_path):
    (tmp_path / "word").write_text(f"{PASSWORD}\n")
    return tmp_path / "word"


def test_the_first_officer_founds_the_unit_and_the_ledger_has_both(made):
    assert verbs(made) == ["unit.found", "officer.enrol"]


def test_a_second_officer_is_enrolled_by_the_first_in_the_same_unit(made, word):
    done = add(made, "KP-2", "--by", "KP-1", "--by-password-file", word)
    assert (done.returncode, done.stderr) == (0, "")
    assert verbs(made)[2:] == ["officer.enrol"]
    assert rows(made, "SELECT count(DISTINCT unit_id) FROM accounts_officer") == [(1,)]


@pytest.mark.parametrize(("badge", "password"), [("KP-1", "ten loud herons"), ("KP-9", PASSWORD)])
def test_whoever_does_not_sign_in_enrols_nobody(made, tmp_path, badge, password):
    (tmp_path / "word").write_text(password)
    done = add(made, "KP-2", "--by", badge, "--by-password-file", tmp_path / "word")
    assert (done.returncode, "do not belong together" in done.stderr) == (2, True)
    assert verbs(made) == ["unit.found", "officer.enrol"]


def test_a_weak_password_enrols_nobody_and_founds_no_unit(tmp_path):
    assert kavalan("init", tmp_path / "w").returncode == 0
    done = add(tmp_path / "w", "KP-1", password="short")
    assert (done.returncode, "at least 12 characters" in done.stderr) == (2, True)
    assert verbs(tmp_path / "w") == []


def test_a_badge_is_given_once(made, word):
    done = add(made, "KP-1", "--by", "KP-1", "--by-password-file", word)
    assert (done.returncode, "already" in done.stderr) == (2, True)


def test_what_is_not_named_is_asked_for_and_a_password_twice(tmp_path):
    assert kavalan("init", tmp_path / "w").returncode == 0
    answers = f"KP-1\nAsha Varma\nCoast\n{PASSWORD}\n{PASSWORD}\n"
    done = kavalan("user", "add", "--workspace", tmp_path / "w", answer=answers)
    assert (done.returncode, "Asha Varma (KP-1), Coast: enrolled" in done.stdout) == (0, True)
