"""Reading that one's sign-in was reset."""

import pytest

from kavalan.casework.accounts.services import read_resets, reset_at_machine, reset_sign_in
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

NEW = "four slow buffaloes"


def test_officer_is_told_on_every_page_until_they_have_read_who_and_why(client, people):
    reset_sign_in(people.alice, NOW, officer=people.bob, password=NEW)
    reset_at_machine(None, NOW, officer=people.bob, password=NEW, reason="lost telephone")
    client.force_login(people.bob)
    assert "Your sign-in was reset" in client.get("/").content.decode()
    account = client.get("/account/").content.decode()
    assert "Alice Kurian (alice) gave you a new password" in account
    assert "lost telephone" in account
    assert client.post("/account/resets/read/").url == "/account/"
    assert "Your sign-in was reset" not in client.get("/").content.decode() + client.get("/account/").content.decode()


def test_what_was_read_is_read_once(people, last_entry):
    reset_sign_in(people.alice, NOW, officer=people.bob, password=NEW)
    read_resets(people.bob, NOW)
    assert last_entry()[0].verb == "sign_in.reset_read"
    with pytest.raises(RefusedError, match="read all"):
        read_resets(people.bob, NOW)
