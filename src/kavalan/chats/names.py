"""Who is named: a number, an id, a name; and the country of a number's prefix."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException

from kavalan.chats.keys import account_key, normal_name
from kavalan.chats.model import Account
from kavalan.identifiers import ascii_digits, country_of

_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_PHONE: Final = re.compile(r"\+\d[\d \u00a0\u202f()\u2010-\u2015-]{5,28}")
_LONGEST: Final = 300
_YOU: Final = {"you"}


def account(platform: str, shown: str, conversation: str, native: str = "") -> Account:
    """Somebody by what is shown of them.

    Args:
        platform: of which messenger.
        shown: a number, a name, a name that somebody chose themselves (`~ Asha`), or "You" for who wrote the export.
        conversation: in which a name is meant.
        native: the platform's own id, where the export has it.
    """
    name = _UNSEEN.sub("", shown[:_LONGEST]).strip()
    kind, value, country = _who(name)
    if native:
        kind, value = "id", native
    return Account(account_key(platform, kind, value, conversation), platform, kind, value, name, country)


@lru_cache(maxsize=1 << 14)
def country_of_prefix(phone: str) -> str:
    """The country in whose numbering a number lies, by its prefix alone; empty for none.

    A number that no plan has still has a prefix. It says where a number was issued, not where anybody is.
    """
    if found := country_of(phone):
        return found
    with suppress(NumberParseException):
        code = phonenumbers.parse(phone).country_code
        region: str = phonenumbers.region_code_for_country_code(code) if code else ""
        return "" if region == "ZZ" else region
    return ""


def _who(name: str) -> tuple[str, str, str]:
    """Kind, what it is known by, and the country of its prefix."""
    digits = ascii_digits(name)
    if _PHONE.fullmatch(digits):
        phone = "+" + re.sub(r"\D", "", digits)
        return "phone", phone, country_of_prefix(phone)
    if name.startswith("~"):
        return "push_name", name[1:].strip(), ""
    return ("exporter", "you", "") if normal_name(name) in _YOU else ("name", name, "")
