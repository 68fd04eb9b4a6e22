"""Which translations a person has read: `locale/reviews.toml` is the register, the catalogues are what it is about.

Every text was first translated by machine. Until the register names a text, pages in that language say that they were
not reviewed, and what the law or a child's safety hangs on is shown in English beside it.
"""

from __future__ import annotations

import struct
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

LOCALE = files("kavalan.casework") / "locale"
SOURCE_LANGUAGE = "en"


class Reviewed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text that a person read in one language, and approved as it stood.

    Attributes:
        language: `ml` or `hi`.
        message: the English text.
        translation: exactly what was approved; once the catalogue says something else, the text counts as unread.
        by: who read it, by office.
        on: the day.
    """

    language: str
    message: str
    translation: str
    by: str
    on: date


class _Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    reviewed: tuple[Reviewed, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """How many of a language's texts a person has read."""

    read: int
    texts: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left to read."""
        return self.read >= self.texts


@cache
def register() -> tuple[Reviewed, ...]:
    """Every review."""
    return msgspec.convert(tomllib.loads((LOCALE / "reviews.toml").read_text("utf-8")), _Register).reviewed


@cache
def review_of(language: str) -> Review | None:
    """How far a language's review is; None for English, which is the source, and where no catalogue was compiled."""
    compiled = LOCALE / language / "LC_MESSAGES" / "django.mo"
    if language == SOURCE_LANGUAGE or not compiled.is_file():
        return None
    return Review(len(reviewed(language)), _texts_in(compiled.read_bytes()))


@cache
def reviewed(language: str) -> dict[str, str]:
    """The English texts that were read in a language, each with the translation that was approved."""
    return {one.message: one.translation for one in register() if one.language == language}


def is_reviewed(language: str, message: str, translation: str) -> bool:
    """Whether a person approved this very translation."""
    return language == SOURCE_LANGUAGE or reviewed(language).get(message) == translation


def _texts_in(catalogue: bytes) -> int:
    """How many texts a compiled catalogue holds besides its heading (gettext manual, "The Format of GNU MO Files")."""
    order = "<" if catalogue[:4] == b"\xde\x12\x04\x95" else ">"
    return int(struct.unpack_from(f"{order}I", catalogue, 8)[0]) - 1
