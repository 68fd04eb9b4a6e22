"""The code of conduct that everybody accepts before the desk opens: `data/conduct.toml`."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence of the code, with its heading."""

    title: str
    text: str


class Conduct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code in force: its version, the date of that version, its rules in their order."""

    version: str
    date: date
    rule: tuple[Rule, ...]

    @property
    def sha256(self) -> str:
        """What was accepted, to the letter: SHA-256 of its canonical JSON, in hexadecimal."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()


@cache
def code_of_conduct() -> Conduct:
    """The code as this version of Kavalan ships it."""
    text = files("kavalan.casework.accounts").joinpath("data/conduct.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Conduct)
