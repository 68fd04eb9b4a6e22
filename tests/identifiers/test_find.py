"""Finding identifiers in text: what is found, where, and what is left alone."""

from itertools import pairwise

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.identifiers import Kind, Surety, find

# `phonenumbers`' own examples: numbers that a plan allows and that this test need not write down.
MOBILE = phonenumbers.example_number_for_type("IN", phonenumbers.PhoneNumberType.MOBILE)
NATIONAL = str(MOBILE.national_number)
E164 = phonenumbers.format_number(MOBILE, phonenumbers.PhoneNumberFormat.E164)
ONION = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd"


def said(text, **options):
    return [(found.kind.value, found.value, found.detail) for found in find(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see you at the lighthouse at 5", []),
        ("", []),
        ("write to A.Keeper@Example.org today", [("email", "a.keeper@example.org", "")]),
        ("pay keeper.1@okaxis or keeper@example", [("upi", "keeper.1@okaxis", ""), ("upi", "keeper@example", "")]),
        ("ask @Harbour_Keeper.", [("handle", "@harbour_keeper", "")]),
        ("a@b@c and mail@ and @", []),
        ("go to https://Example.org/A?b=C#d.", [("url", "https://example.org/A?b=C#d", "example.org")]),
        ("(see http://example.com/a_(b))", [("url", "http://example.com/a_(b)", "example.com")]),
        ("www.example.co.uk, please", [("host", "www.example.co.uk", "example.co.uk")]),
        ("file.notasuffix and 3.14 and e.g. this", []),
        ("അമ്മ.com", [("host", "അമ്മ.com", "അമ്മ.com")]),
        ("example.com:8080/x", [("url", "http://example.com:8080/x", "example.com")]),
        (f"{ONION}.onion", [("onion", f"{ONION}.onion", "")]),
        (f"http://www.{ONION}.onion/x", [("onion", f"{ONION}.onion", "")]),
        (f"{ONION[:-1]}a.onion", [("onion", f"{ONION[:-1]}a.onion", "its checksum fails")]),
        ("abcdefghijklmnop.onion", [("onion", "abcdefghijklmnop.onion", "version 2")]),
        ("https://chat.whatsapp.com/invite/Ab1Cd2Ef3Gh4Ij5Kl6Mn7O", [("invite", "Ab1Cd2Ef3Gh4Ij5Kl6Mn7O", "whatsapp")]),
        ("whatsapp.com/channel/Ab1Cd2Ef3Gh4Ij5Kl6Mn7O8", [("invite", "Ab1Cd2Ef3Gh4Ij5Kl6Mn7O8", "whatsapp channel")]),
        ("wa.me/447700900123", [("phone", "+447700900123", "whatsapp")]),
        ("https://api.whatsapp.com/send?phone=447700900123&text=x", [("phone", "+447700900123", "whatsapp")]),
        ("t.me/+447700900123", [("phone", "+447700900123", "telegram")]),
        ("t.me/+AbCdEfGhIjKlMnOp", [("invite", "AbCdEfGhIjKlMnOp", "telegram")]),
        ("https://telegram.me/joinchat/AbCdEfGhIjKlMnOp", [("invite", "AbCdEfGhIjKlMnOp", "telegram")]),
        ("tg://join?invite=AbCdEfGhIjKlMnOp", [("invite", "AbCdEfGhIjKlMnOp", "telegram")]),
        ("t.me/Lighthouse/12", [("handle", "@lighthouse", "telegram")]),
        ("lighthouse.t.me", [("handle", "@lighthouse", "telegram")]),
        ("tg:resolve?domain=lighthouse", [("handle", "@lighthouse", "telegram")]),
        ("t.me/addstickers/Boats", [("url", "http://t.me/addstickers/Boats", "t.me")]),
        ("discord.gg/abc-def", [("invite", "abc-def", "discord")]),
        ("https://discord.com/channels/1/2", [("url", "https://discord.com/channels/1/2", "discord.com")]),
        ("https://signal.group/#CjQKIAbc", [("invite", "CjQKIAbc", "signal")]),
        ("from 203.0.113.5:4433 at noon", [("ip", "203.0.113.5", "4433")]),
        ("2001:DB8:0:0::1 and [2001:db8::2]:443", [("ip", "2001:db8::1", ""), ("ip", "2001:db8::2", "443")]),
        ("at 10:11:12, v1.2.3.4.5, 999.1.1.1", []),
        ("IMEI 49-015420-323751-8", [("imei", "490154203237518", "")]),
        ("IMEI 490154203237517", []),
        ("000000000000000", []),
        ("UPI ref no 412345678901", [("rrn", "412345678901", "")]),
        (
            "A/c 001122334455667 IFSC ABCD0123456",
            [("bank_account", "001122334455667", "ABCD0123456"), ("ifsc", "ABCD0123456", "")],
        ),
        ("d41d8cd98f00b204e9800998ecf8427e", [("hash", "d41d8cd98f00b204e9800998ecf8427e", "md5")]),
        ("da39A3ee5e6b4b0d3255bfef95601890afd80709", [("hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1")]),
        ("+44 7700 900123", [("phone", "+447700900123", "")]),
        ("ഫോൺ +൪൪ ൭൭൦൦ ൯൦൦൧൨൩", [("phone", "+447700900123", "")]),
        ("+1 202-555-0123", [("phone", "+12025550123", "")]),
        ("on 2024-05-06 10:11:12", []),
        (f"call {NATIONAL[:5]} {NATIONAL[5:]}", [("phone", E164, "")]),
    ],
)
def test_what_is_found(text, expected):
    assert said(text) == expected


def test_a_number_without_prefix_is_read_by_the_plan_of_its_region():
    assert said("(202) 555-0123", region="US") == [("phone", "+12025550123", "")]
    assert said("(202) 555-0123", region=None) == []


def test_it_says_how_surely_each_is_one():
    found = find(f"{ONION}.onion, keeper@okaxis, keeper@elsewhere, +44 7700 900123, +1 202 555 0123")
    sureties = [Surety.CHECKED, Surety.KNOWN, Surety.FORM, Surety.FORM, Surety.KNOWN]
    assert [one.surety for one in found] == sureties


def test_a_place_is_that_in_the_text_as_it_was_given():
    text = "ഇവിടെ: +൪൪ ൭൭൦൦ ൯൦൦൧൨൩, pay keeper@okaxis"
    assert [text[one.start : one.end] for one in find(text)] == ["+൪൪ ൭൭൦൦ ൯൦൦൧൨൩", "keeper@okaxis"]


def test_nothing_is_told_twice():
    found = find("https://keeper@example.org/490154203237518/412345678901 https://wa.me/447700900123")
    assert [one.kind for one in found] == [Kind.URL, Kind.PHONE]


PIECES = st.sampled_from(
    [
        "@",
        ".",
        "t.me/",
        "+44 7700 900",
        "123",
        "a",
        "ക്",
        "\u200d",
        "://",
        ":",
        "0x",
        "/",
        "#",
        "-",
        "bc1",
        " ",
        "(",
        ")",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_whatever_is_read_it_answers_in_order_within_the_text(text):
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) and one.value for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert found == find(text)
