"""Addresses on the network: URLs, hosts, onion services, invitations to groups. None is ever followed.

What an invitation or a profile link names is stronger than the link, so it is told as that: the account, the group's
code, the telephone number.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from publicsuffixlist import PublicSuffixList

from kavalan.identifiers.model import Identifier, Kind, Surety

if TYPE_CHECKING:
    from collections.abc import Iterator

# Python's \w lacks the vowel signs of Indian scripts, without which their names fall apart.
_LETTER = r"\w\u0900-\u0963\u0966-\u0dff\u200c\u200d"
HOST = rf"(?:[{_LETTER}-]{{1,63}}\.)+[^\W\d_][{_LETTER}-]{{1,62}}"
"""A host with at least one dot and an ending that begins with a letter."""
# A scheme and what follows it, or a host and what follows that.
_LINK = re.compile(
    r"(?<![\w@.-])(?:tg:(?://)?(?P<tg>[a-z]+\?[^\s<>\"'`]{1,2000})"
    r"|(?P<scheme>[a-z][a-z0-9+.-]{1,20})://[^\s<>\"'`]{1,2000}"
    rf"|(?P<host>{HOST})(?::\d{{1,5}})?(?:[/?#][^\s<>\"'`]{{0,2000}})?)",
    re.IGNORECASE,
)
_ENDS = ".,;:!?)]}'\"…।"
_ONION = re.compile(r"[a-z2-7]{56}")
_OLD_ONION = re.compile(r"[a-z2-7]{16}")
_ONION_VERSION = b"\x03"
_TELEGRAM = {"t.me", "telegram.me", "telegram.dog"}
_WHATSAPP_CODE = re.compile(r"/(?:invite/)?([0-9A-Za-z]{20,24})$")
_WHATSAPP_CHANNEL = re.compile(r"/channel/([0-9A-Za-z]{20,})$")
_TELEGRAM_INVITE = re.compile(r"/(?:joinchat/|\+)([\w-]{16,})$", re.ASCII)
_TELEGRAM_NAME = re.compile(r"/(?:s/)?([A-Za-z]\w{3,31})(?:/\d+){0,2}$", re.ASCII)
_DISCORD_CODE = re.compile(r"/(?:invite/)?([\w-]{2,32})$", re.ASCII)
_DIGITS = re.compile(r"/\+?(\d{7,15})$")
# What stands where a name would, on Telegram's own word (core.telegram.org/api/links).
_RESERVED = frozenset(
    [
        "addemoji",
        "addlist",
        "addstickers",
        "addstyle",
        "addtheme",
        "auction",
        "auth",
        "boost",
        "call",
        "confirmphone",
        "contact",
        "giftcode",
        "invoice",
        "joinchat",
        "login",
        "m",
        "nft",
        "proxy",
        "setlanguage",
        "share",
        "socks",
        "web",
        "a",
        "k",
        "z",
        "c",
        "s",
    ]
)


class _Said(NamedTuple):
    """What a link names."""

    kind: Kind
    value: str
    surety: Surety
    detail: str = ""


def links(text: str) -> Iterator[Identifier]:
    """The links of a text, each as what it names."""
    for found in _LINK.finditer(text):
        raw = _trimmed(found[0])
        if found["tg"]:
            told = _tg(raw)
        elif found["scheme"]:
            told = _with_scheme(raw)
        else:
            told = _bare(found, raw)
        if told is not None:
            yield Identifier(found.start(), found.start() + len(raw), *told)


def registrable(host: str) -> str | None:
    """The part of a host that somebody registers, `example.co.uk` of `a.b.example.co.uk`; None for no public one.

    By the public suffix list that the library carries; nothing is looked up.
    """
    found: str | None = _suffixes().privatesuffix(host)
    return found


def onion_holds(name: str) -> bool:
    """Whether 56 letters before `.onion` are a version 3 service: its checksum holds (rend-spec, ONIONADDRESS)."""
    if not _ONION.fullmatch(name):
        return False
    data = base64.b32decode(name.upper())
    key, check, version = data[:32], data[32:34], data[34:]
    right = hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2]
    return version == _ONION_VERSION and check == right


def _trimmed(raw: str) -> str:
    """Without the sentence's own signs at its end; a bracket stays that was opened inside."""
    while raw and raw[-1] in _ENDS:
        if raw[-1] == ")" and raw.count("(") >= raw.count(")"):
            break
        raw = raw[:-1]
    return raw


def _with_scheme(raw: str) -> _Said | None:
    try:
        parts = urlsplit(raw)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if not host:
        return None
    named = _named(host, parts.path.rstrip("/"), parts.query, parts.fragment)
    if named is not None:
        return named
    value = f"{parts.scheme.lower()}://{parts.netloc.lower()}{raw[raw.index('://') + 3 + len(parts.netloc) :]}"
    return _Said(Kind.URL, value, _surety(host), host)


def _bare(found: re.Match[str], raw: str) -> _Said | None:
    host = _trimmed(found["host"]).lower()
    label, _, last = host.rpartition(".")
    if last == "onion":
        return _onion(label.rpartition(".")[2])
    if registrable(host) is None:
        return None
    parts, path = urlsplit(f"//{raw}"), raw[len(found["host"]) :]
    named = _named(host, parts.path.rstrip("/"), parts.query, parts.fragment)
    if named is None and not path:
        return _Said(Kind.HOST, host, Surety.KNOWN, registrable(host) or "")
    return named or _Said(Kind.URL, f"http://{host}{path}", Surety.KNOWN, host)


def _named(host: str, path: str, query: str, fragment: str) -> _Said | None:
    """What a link of a known service or an onion names, or None for any other link."""
    host = host.removeprefix("www.").lower()
    if host.endswith(".onion"):
        return _onion(host.removesuffix(".onion").rpartition(".")[2])
    if host in _TELEGRAM or host.endswith(".t.me"):
        name = host.removesuffix(".t.me")
        return _telegram(f"/{name}" if name != host else path)
    if host.endswith(("whatsapp.com", "wa.me")):
        return _whatsapp(host, path, query)
    if host in {"discord.gg", "discord.com", "discordapp.com"}:
        found = _DISCORD_CODE.search(path) if host == "discord.gg" or path.startswith("/invite/") else None
        return _Said(Kind.INVITE, found[1], Surety.FORM, "discord") if found else None
    if host in {"signal.group", "signal.me"} and fragment:
        return _Said(Kind.INVITE, fragment, Surety.FORM, "signal")
    return None


def _onion(name: str) -> _Said | None:
    """A service of Tor; one that was copied wrong, or is of the version that ended in 2021, is told as that."""
    value = f"{name}.onion"
    if onion_holds(name):
        return _Said(Kind.ONION, value, Surety.CHECKED)
    if _ONION.fullmatch(name):
        return _Said(Kind.ONION, value, Surety.FORM, "its checksum fails")
    return _Said(Kind.ONION, value, Surety.FORM, "version 2") if _OLD_ONION.fullmatch(name) else None


def _telegram(path: str) -> _Said | None:
    if found := _DIGITS.search(path):
        return _Said(Kind.PHONE, f"+{found[1]}", Surety.FORM, "telegram")
    if found := _TELEGRAM_INVITE.search(path):
        return _Said(Kind.INVITE, found[1], Surety.FORM, "telegram")
    found = _TELEGRAM_NAME.match(path)
    if found is None or found[1].lower() in _RESERVED:
        return None
    return _Said(Kind.HANDLE, f"@{found[1].lower()}", Surety.FORM, "telegram")


def _whatsapp(host: str, path: str, query: str) -> _Said | None:
    digits = _DIGITS.search(path) if host == "wa.me" else None
    number = digits[1] if digits else "".join(parse_qs(query).get("phone", [])).lstrip("+ ")
    if number.isdecimal() and host in {"wa.me", "api.whatsapp.com"}:
        return _Said(Kind.PHONE, f"+{number}", Surety.FORM, "whatsapp")
    if host == "chat.whatsapp.com" and (found := _WHATSAPP_CODE.match(path)):
        return _Said(Kind.INVITE, found[1], Surety.FORM, "whatsapp")
    if host == "whatsapp.com" and (found := _WHATSAPP_CHANNEL.match(path)):
        return _Said(Kind.INVITE, found[1], Surety.FORM, "whatsapp channel")
    return None


def _tg(raw: str) -> _Said | None:
    """Telegram's own scheme: the same things, said in a query."""
    action, _, query = raw.partition(":")[2].lstrip("/").partition("?")
    said = parse_qs(query)
    if action == "join" and "invite" in said:
        return _Said(Kind.INVITE, said["invite"][0], Surety.FORM, "telegram")
    if action == "resolve" and "domain" in said:
        return _telegram(f"/{said['domain'][0]}")
    if action == "resolve" and "phone" in said:
        return _telegram(f"/+{said['phone'][0].lstrip('+ ')}")
    return None


def _surety(host: str) -> Surety:
    return Surety.KNOWN if registrable(host.lower()) else Surety.FORM


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
