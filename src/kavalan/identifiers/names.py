"""What stands around an @: e-mail addresses, UPI addresses, handles."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kavalan.identifiers.links import HOST, registrable
from kavalan.identifiers.model import Identifier, Kind, Surety

if TYPE_CHECKING:
    from collections.abc import Iterator

# The signs that people's addresses have; others, which RFC 5321 allows too, are those of queries and paths around them.
# As many as it allows, so that no run of signs is read again and again.
_LOCAL = r"[A-Za-z0-9_+-][A-Za-z0-9_.+'-]{0,63}"
_EMAIL = re.compile(rf"(?<![\w.+/-])({_LOCAL})@({HOST})(?![\w@])")
# No dot may follow: that is what tells it from an e-mail address.
_UPI = re.compile(r"(?<![\w.@-])([A-Za-z0-9][\w.-]{1,254})@([A-Za-z][A-Za-z0-9]{1,63})(?![\w@-]|\.\w)", re.ASCII)
_HANDLE = re.compile(r"(?<![\w.@/])@([A-Za-z]\w{2,31})(?!\w|@|\.\w)", re.ASCII)


def emails(text: str) -> Iterator[Identifier]:
    """E-mail addresses, in lower case: no provider in use tells them apart by case."""
    for found in _EMAIL.finditer(text):
        if ".." not in found[1] and found[1][-1] != ".":
            surety = Surety.KNOWN if registrable(found[2].lower()) else Surety.FORM
            yield Identifier(found.start(), found.end(), Kind.EMAIL, found[0].lower(), surety)


def upi_addresses(text: str) -> Iterator[Identifier]:
    """UPI virtual payment addresses."""
    for found in _UPI.finditer(text):
        surety = Surety.KNOWN if found[2].lower() in _handles() else Surety.FORM
        yield Identifier(found.start(), found.end(), Kind.UPI, found[0].lower(), surety)


def handles(text: str) -> Iterator[Identifier]:
    """Names after an @; of which platform, the text does not say."""
    for found in _HANDLE.finditer(text):
        yield Identifier(found.start(), found.end(), Kind.HANDLE, found[0].lower(), Surety.FORM)


@cache
def _handles() -> frozenset[str]:
    data = tomllib.loads((files("kavalan.identifiers") / "data" / "upi.toml").read_text("utf-8"))
    return frozenset(data["handles"])
