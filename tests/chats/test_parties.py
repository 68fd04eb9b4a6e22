"""People by the identifiers that sources state."""

import pytest

from kavalan.chats.keys import account_key
from kavalan.chats.names import account
from kavalan.chats.parties import party, phone_of


@pytest.mark.parametrize(
    ("platform", "identifier", "kind", "native"),
    [
        ("whatsapp", "447700900101@s.whatsapp.net", "phone", "+447700900101"),
        ("whatsapp", "447700900101.0:12@s.whatsapp.net", "phone", "+447700900101"),
        ("whatsapp", "20000000000001@lid", "id", "20000000000001@lid"),
        ("telegram", "6000000001", "id", "user6000000001"),
        ("sms", "00447700900101", "phone", "+447700900101"),
        ("sms", "AD-BOATSH", "id", "AD-BOATSH"),
        ("discord", "900000000000000001", "id", "900000000000000001"),
    ],
)
def test_somebody_is_known_by_the_identifier_and_called_by_the_name(platform, identifier, kind, native):
    found = party(platform, "chat", identifier, "Asha", "IN")
    assert (found.kind, found.native, found.name) == (kind, native, "Asha")
    assert found.id == account_key(platform, kind, native, "another chat")


def test_somebody_is_the_same_as_in_a_chats_own_export():
    found = party("whatsapp", "a", "447700900101@s.whatsapp.net", "Asha", "IN")
    assert found.id == account("whatsapp", "+44 7700 900101", "b").id
    assert found.country == "GB"


def test_without_an_identifier_a_name_is_meant_in_its_chat():
    assert party("whatsapp", "a", "", "Asha", "IN") == account("whatsapp", "Asha", "a")


def test_an_identifier_of_a_group_holds_no_number():
    assert phone_of("120363000000000001@g.us") == ""
