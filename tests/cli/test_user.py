"""`kavalan user`."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.cli.desk import PASSWORD, add, desk, environment, init, kavalan


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
    assert init(tmp_path / "w").returncode == 0
    done = add(tmp_path / "w", "KP-1", password="short")
    assert (done.returncode, "at least 12 characters" in done.stderr) == (2, True)
    assert verbs(tmp_path / "w") == []


def test_a_badge_is_given_once(made, word):
    done = add(made, "KP-1", "--by", "KP-1", "--by-password-file", word)
    assert (done.returncode, "already" in done.stderr) == (2, True)


def test_what_is_not_named_is_asked_for_and_a_password_twice(tmp_path):
    assert init(tmp_path / "w").returncode == 0
    answers = f"KP-1\nAsha Varma\nCoast\n{PASSWORD}\n{PASSWORD}\n"
    done = kavalan("user", "add", "--workspace", tmp_path / "w", answer=answers)
    assert (done.returncode, "Asha Varma (KP-1), Coast: enrolled" in done.stdout) == (0, True)


NEW = "six slow buffaloes"


def reset(workspace, badge, *arguments, password=NEW):
    (workspace.parent / "new").write_text(f"{password}\n")
    named = ("--reason", "the telephone fell into the backwaters", "--password-file", workspace.parent / "new")
    return kavalan("user", "reset", badge, "--workspace", workspace, *named, *arguments)


def give_app(workspace, badge):
    """Set up an app, as the sign-in page does; its ten recovery codes."""
    script = f"""
from datetime import UTC, datetime
from pathlib import Path
from kavalan.casework.workspace import configure
configure(Path({str(workspace)!r}))
from kavalan.casework.accounts import services, totp
from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.models import Officer
officer, now, codes = Officer.objects.get(badge={badge!r}), datetime.now(UTC), new_recovery_codes()
secret = services.draft_authenticator(officer=officer, now=now)
code = totp.code_at(secret, totp.step_at(now))
services.confirm_authenticator(officer, now, code=code, recovery_codes=codes)
print(*codes)
"""
    done = subprocess.run([sys.executable, "-c", script], env=environment(), check=True, capture_output=True, text=True)
    return done.stdout.split()


def test_an_officer_with_an_app_proves_both_and_acts_in_a_session_of_their_own(made, word):
    code = give_app(made, "KP-1")[0]
    done = add(made, "KP-2", "--by", "KP-1", "--by-password-file", word, "--by-code", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert verbs(made)[3:] == ["session.begin", "officer.enrol", "session.end"]
    assert rows(made, "SELECT address FROM accounts_desksession") == [("this machine",)]


def test_the_password_alone_of_an_officer_with_an_app_enrols_nobody(made, word):
    give_app(made, "KP-1")
    done = add(made, "KP-2", "--by", "KP-1", "--by-password-file", word, "--by-code", "000000")
    assert (done.returncode, "This code is not right" in done.stderr) == (2, True)
    assert "officer.enrol" not in verbs(made)[3:]
    assert rows(made, "SELECT max(failures) FROM accounts_attempts") == [(1,)]


def test_whoever_guesses_at_the_machine_must_wait(made, tmp_path):
    (tmp_path / "word").write_text("ten loud herons")
    told = [add(made, "KP-2", "--by", "KP-1", "--by-password-file", tmp_path / "word").stderr for _ in range(6)]
    assert ["Too many attempts" in text for text in told] == [False] * 5 + [True]


def test_who_lost_the_telephone_is_let_in_by_a_new_password_and_the_ledger_says_by_nobody(made):
    give_app(made, "KP-1")
    done = reset(made, "KP-1")
    assert (done.returncode, "Officer KP-1 (KP-1): reset" in done.stdout) == (0, True)
    entries = rows(made, "SELECT verb, actor FROM ledger_entry ORDER BY number DESC LIMIT 1")
    assert entries == [("sign_in.reset_at_machine", None)]
    assert rows(made, "SELECT count(*) FROM accounts_authenticator") == [(0,)]
    told = rows(made, "SELECT by_id, reason, read_at FROM accounts_signinreset")
    assert told == [(None, "the telephone fell into the backwaters", None)]


@pytest.mark.parametrize(
    ("badge", "password", "why"), [("KP-9", PASSWORD, "Nobody has"), ("KP-1", "short", "at least")]
)
def test_a_reset_that_cannot_be_changes_nothing(made, badge, password, why):
    done = reset(made, badge, password=password)
    assert (done.returncode, why in done.stderr) == (2, True)
    assert verbs(made) == ["unit.found", "officer.enrol"]


def test_officers_are_listed_with_their_roles_and_when_they_signed_in(made, word):
    code = give_app(made, "KP-1")[0]
    add(made, "KP-2", "--by", "KP-1", "--by-password-file", word, "--by-code", code)
    told = kavalan("user", "list", "--workspace", made).stdout.splitlines()
    assert [line.split()[0] for line in told] == ["badge", "KP-1", "KP-2"]
    assert "administrator" in told[1]
    assert "never" not in told[1]
    assert told[2].endswith("never")
    assert "no app yet" in told[2]
