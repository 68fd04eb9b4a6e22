"""What every paper is: a form, and data that is set into it."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Annotated, ClassVar, TypeVar

import msgspec

from kavalan.papers.errors import DataError, PaperError

Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of a form, and whether somebody who answers for it has reviewed its words."""

    language: Language
    reviewed: bool


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of paper.

    Attributes:
        id: how it is asked for; also the name of its template.
        title: in English.
        version: rises with whatever changes on the paper.
        wording: its languages, the main one first.
        labels: its words by name and language.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z]+(-[a-z]+)*$")]
    title: Line
    version: Annotated[int, msgspec.Meta(ge=1)]
    wording: Annotated[tuple[Wording, ...], msgspec.Meta(min_length=1)]
    labels: dict[str, dict[Language, Line]]

    @property
    def reviewed(self) -> bool:
        """Whether the words of every language are reviewed."""
        return all(wording.reviewed for wording in self.wording)


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Data of one paper. A kind of paper is a subclass with its fields, its form and a template.

    Attributes:
        form_id: of its form, `labels/FORM.toml` and `templates/FORM.typ`.
        prepared_at: the paper's own time, aware UTC; the PDF carries it instead of the machine's.
    """

    form_id: ClassVar[str]
    prepared_at: datetime

    def __post_init__(self) -> None:
        in_utc(self.prepared_at)

    def fields(self) -> dict[str, object]:
        """What the template shows: text, numbers, truth values, and lists and tables of them; the data as it is."""
        shown: dict[str, object] = msgspec.to_builtins(self)
        return shown

    @property
    def form(self) -> Form:
        """The form of this kind."""
        return form(self.form_id)

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of the data as JSON in RFC 8785's form; what is absent is left out."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


_P = TypeVar("_P", bound=Paper)


@cache
def form(form_id: str) -> Form:
    """A form by its id.

    Raises:
        PaperError: it lacks a word in one of its languages, or its file does not hold together.
    """
    name = f"{form_id}.toml"
    try:
        read = msgspec.convert(tomllib.loads((files("kavalan.papers") / "labels" / name).read_text("utf-8")), Form)
    except (OSError, ValueError) as error:
        message = f"labels/{name}: {error}; correct the file"
        raise PaperError(message) from error
    languages = {wording.language for wording in read.wording}
    wrong = [label for label, words in read.labels.items() if set(words) != languages]
    if wrong:
        message = f"labels/{name}: {wrong[0]} is not there in each of {', '.join(sorted(languages))}; correct the file"
        raise PaperError(message)
    return read


def read(kind: type[_P], text: bytes) -> _P:
    """The data of a paper from JSON, strictly.

    Raises:
        DataError: something is missing, unknown, of another kind or too long; the text says where.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataError(str(error)) from error


def in_utc(moment: datetime) -> None:
    """Refuse what is not aware UTC: a paper shows times in the unit's zone, and its data in one way only.

    Raises:
        DataError: the time has no zone or another one.
    """
    if moment.tzinfo is None or moment.utcoffset() != UTC.utcoffset(None):
        message = f"{moment.isoformat()} is not in UTC; write it with a Z at its end"
        raise DataError(message)
