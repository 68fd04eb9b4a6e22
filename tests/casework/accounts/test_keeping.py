"""How secrets and recovery codes lie in the database."""

import re
import uuid

import pytest

from kavalan.casework.accounts import keeping

OWNER, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
SECRET = bytes(range(20))


@pytest.fixture(autouse=True)
def key(settings):
    settings.SECRET_KEY = "one workspace"


def test_sealed_secret_is_opened_for_its_officer_only():
    sealed = keeping.seal_secret(SECRET, OWNER)
    assert SECRET not in sealed
    assert (keeping.open_secret(sealed, OWNER), keeping.open_secret(sealed, OTHER)) == (SECRET, None)


def test_changed_or_foreign_secret_does_not_open(settings):
    sealed = keeping.seal_secret(SECRET, OWNER)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert keeping.open_secret(changed, OWNER) is None
    settings.SECRET_KEY = "another workspace"
    assert keeping.open_secret(sealed, OWNER) is None


def test_ten_recovery_codes_all_different_and_readable():
    codes = keeping.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}", code) for code in codes)


@pytest.mark.parametrize("typed", ["0k1m-x1qd-93fa", "OKIM XLQD 93FA", " 0k1mx1qd93fa "])
def test_recovery_code_is_known_however_it_is_typed(typed):
    assert keeping.recovery_digest(typed, OWNER) == keeping.recovery_digest("0k1m-x1qd-93fa", OWNER)


def test_digests_differ_between_officers_and_workspaces(settings):
    mine = keeping.recovery_digest("0k1m-x1qd-93fa", OWNER)
    assert mine != keeping.recovery_digest("0k1m-x1qd-93fa", OTHER)
    settings.SECRET_KEY = "another workspace"
    assert mine != keeping.recovery_digest("0k1m-x1qd-93fa", OWNER)
