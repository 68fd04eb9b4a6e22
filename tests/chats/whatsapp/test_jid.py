"""Addresses of WhatsApp: whose they are, and what a chat of one is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.whatsapp.jid import Jid


@pytest.mark.parametrize(
    ("text", "phone", "kind"),
    [
        ("447700900123@s.whatsapp.net", "+447700900123", "direct"),
        ("447700900123.0:5@s.whatsapp.net", "+447700900123", "direct"),
        ("447700900123:5@c.us", "+447700900123", "direct"),
        ("88001:3@lid", "", "direct"),
        ("0@s.whatsapp.net", "", "direct"),
        ("120363020000000001@g.us", "", "group"),
        ("777@newsletter", "", "channel"),
        ("status@broadcast", "", "status"),
        ("1600000000@broadcast", "", "broadcast"),
        ("1@something", "", "something"),
        ("", "", ""),
    ],
)
def test_an_address_is_a_telephone_or_a_chat(text, phone, kind):
    jid = Jid.of(text)
    assert (jid.phone, jid.chat_kind) == (phone, kind)


def test_devices_of_an_account_are_the_account():
    assert Jid.of("88001:3@lid") == Jid.of("88001@lid")
    assert Jid.of("88001@lid").is_lid


def test_an_old_group_says_who_made_it_and_when():
    assert Jid.of("447700900123-1600000000@g.us").maker == ("+447700900123", 1_600_000_000_000)
    assert Jid.of("120363020000000001@g.us").maker == Jid.of("447700900123-1600000000@broadcast").maker == ("", 0)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_some_address(text):
    jid = Jid.of(text)
    assert isinstance(jid.phone + jid.chat_kind + str(jid), str)
