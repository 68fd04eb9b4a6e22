"""An identifier: what a text names somebody or something by, where it stands, and how surely it is one."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What is named."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    INVITE = "invite"
    URL = "url"
    HOST = "host"
    ONION = "onion"
    IP = "ip"
    UPI = "upi"
    RRN = "rrn"
    BANK_ACCOUNT = "bank_account"
    IFSC = "ifsc"
    BITCOIN = "bitcoin"
    ETHEREUM = "ethereum"
    TRON = "tron"
    MONERO = "monero"
    IMEI = "imei"
    HASH = "hash"


class Surety(StrEnum):
    """Why it is taken for one."""

    CHECKED = "checked"
    """Its own check digits hold."""
    KNOWN = "known"
    """It fits a published plan or list: a numbering plan, a public suffix, a payment provider's handle."""
    FORM = "form"
    """It looks like one, or words beside it say that it is one."""


class Identifier(msgspec.Struct, frozen=True, order=True):
    """One identifier in a text.

    Attributes:
        start: where it begins, in characters of the text.
        end: where it ends.
        kind: what is named.
        value: written in one way, so that two texts that mean the same give the same.
        surety: why it is taken for one.
        detail: what else it says: the platform of a handle or an invite, the port of an address, the algorithm of a
            hash, the host of an address; empty otherwise.
    """

    start: int
    end: int
    kind: Kind
    value: str
    surety: Surety
    detail: str = ""
