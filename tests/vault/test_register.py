import datetime as dt
import stat

import pytest
from tests.cuts import cuts

from kavalan.vault import BusyError, Fault, VaultError
from kavalan.vault.register import MISSING, PIECE, Look, Register

DAY = dt.timedelta(days=1)
T0 = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register.sqlite3")


def name(number):
    return f"{number:064x}"


def test_something_is_cut_into_pieces_of_64_mib(register):
    register.enter(name(1), "blob", 2 * PIECE + 5, T0, verified=False)
    assert [(one.number, one.size, one.whole) for one in register.due(T0, 10)] == [
        (0, PIECE, 2 * PIECE + 5),
        (1, PIECE, 2 * PIECE + 5),
        (2, 5, 2 * PIECE + 5),
    ]


def test_what_was_looked_at_longest_ago_comes_first(register):
    for number in range(3):
        register.enter(name(number), "blob", 10, T0, verified=False)
    register.record([Look(name(0), 0, T0 + 2 * DAY, None), Look(name(2), 0, T0 + DAY, "bad")])
    assert [one.name for one in register.due(T0 + 9 * DAY, 10)] == [name(1), name(2), name(0)]
    assert [one.name for one in register.due(T0 + 2 * DAY, 10)] == [name(1), name(2)]
    assert [one.name for one in register.due(T0 + 9 * DAY, 1)] == [name(1)]


def test_all_is_verified_only_when_every_piece_is(register):
    register.enter(name(1), "blob", PIECE + 1, T0, verified=False)
    register.record([Look(name(1), 0, T0, None)])
    assert not register.standing().all_verified_within(30, T0)
    register.record([Look(name(1), 1, T0 + DAY, None)])
    standing = register.standing()
    assert (standing.oldest, standing.unverified, standing.size) == (T0, 0, PIECE + 1)
    assert standing.all_verified_within(30, T0 + 30 * DAY)
    assert not standing.all_verified_within(30, T0 + 31 * DAY)


def test_fault_counts_at_once_and_until_it_is_read_whole_again(register):
    register.enter(name(1), "blob", 10, T0, verified=True)
    register.record([Look(name(1), 0, T0 + DAY, "was altered")])
    standing = register.standing()
    assert standing.faults == (Fault(name(1), "was altered"),)
    assert standing.unverified == 10
    assert not standing.all_verified_within(30, T0 + DAY)
    register.record([Look(name(1), 0, T0 + 2 * DAY, None)])
    assert register.standing().all_verified_within(30, T0 + 2 * DAY)


def test_empty_blob_that_was_never_read_counts_as_not_verified(register):
    register.enter(name(1), "blob", 0, T0, verified=False)
    assert not register.standing().all_verified_within(30, T0)


def test_empty_vault_is_verified(register):
    assert register.standing().all_verified_within(1, T0)


def test_what_is_missing_is_noted_not_read_and_found_again(register):
    register.enter(name(1), "blob", 10, T0, verified=True)
    register.miss(name(1))
    assert register.due(T0 + DAY, 10) == []
    assert register.missing() == {name(1)}
    assert register.standing().faults == (Fault(name(1), MISSING),)
    register.find(name(1))
    assert [one.name for one in register.due(T0 + DAY, 10)] == [name(1)]
    assert not register.standing().all_verified_within(30, T0)


def test_names_are_given_by_kind_and_beginning(register):
    for number, kind in ((0x1F, "blob"), (0x10, "held")):
        register.enter(f"{number:02x}".ljust(64, "0"), kind, 1, T0, verified=True)
    register.enter("20".ljust(64, "0"), "blob", 1, T0, verified=True)
    assert register.names("blob", "1f") == {"1f".ljust(64, "0")}
    assert register.names("held", "1f") == set()
    assert register.names("held", "10") == {"10".ljust(64, "0")}


def test_what_is_removed_is_known_no_more(register):
    register.enter(name(1), "blob", 10, T0, verified=True)
    assert register.knows(name(1))
    assert register.entered(name(1)) == T0
    register.remove(name(1))
    assert not register.knows(name(1))
    assert register.entered(name(1)) is None
    assert register.standing().things == 0


def test_register_is_its_users_alone(register, tmp_path):
    assert stat.S_IMODE((tmp_path / "register.sqlite3").stat().st_mode) == 0o600


def test_damaged_register_is_named_with_what_to_do(tmp_path):
    path = tmp_path / "register.sqlite3"
    Register(path).enter(name(1), "blob", 10, T0, verified=True)
    path.write_bytes(b"something else" + path.read_bytes()[14:])
    with pytest.raises(VaultError, match="remove it: blobs are entered anew"):
        Register(path)


def used(path):
    """What a register knows when it is opened, and enters one thing more."""
    register = Register(path)
    names = register.names("blob", "")
    register.enter(name(77), "blob", 10, T0, verified=True)
    return names


def test_register_cut_anywhere_opens_or_is_named_with_what_to_do(tmp_path):
    path = tmp_path / "register.sqlite3"
    names = {name(number) for number in range(40)}
    for one in names:
        Register(path).enter(one, "blob", 10, T0, verified=True)
    whole, told = path.read_bytes(), set()
    for cut in cuts(len(whole)):
        path.write_bytes(whole[:cut])
        try:
            assert used(path) <= names
        except VaultError as error:
            told.add("remove it" in str(error))
            path.unlink()
            assert used(path) == set()
        assert Register(path).knows(name(77))
    assert told == {True}


def test_register_that_somebody_else_changes_is_waited_for(register, monkeypatch):
    monkeypatch.setattr("kavalan.vault.register._WAIT", 0.05)
    with register._change(), pytest.raises(BusyError):
        register.remove(name(1))
