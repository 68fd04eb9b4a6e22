"""A model of a report: what Physical Analyzer decoded, with its fields and the models in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 1000
_LONGEST_KIND: Final = 60
_MOST_KINDS: Final = 200


@dataclass(slots=True)
class Model:
    """An element `model`.

    Attributes:
        type: `Chat`, `InstantMessage`, `Party`.
        id: which it has in this report.
        file: the number of the file that an attachment is.
        deleted: was found among what had been deleted.
        odd: a value in it holds what looks like a model: somebody wrote it, or damage made text of one.
        offset: bytes from the start of the report to its first.
        length: bytes that it takes there; 0 while it is open.
        fields: values by name.
        models: models in it by the field that holds them.
    """

    type: str
    id: str = ""
    file: str = ""
    deleted: bool = False
    odd: bool = False
    offset: int = 0
    length: int = 0
    fields: dict[str, list[str]] = field(default_factory=dict)
    models: dict[str, list[Model]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """The first value of a field, as far as a name or a number is long; empty where it has none."""
        return self.text(name)[:_LONGEST].strip()

    def text(self, name: str) -> str:
        """The first value of a field, whole."""
        return next(iter(self.fields.get(name, ())), "")

    def says(self, name: str) -> bool:
        """A field holds True."""
        return self.value(name).lower() == "true"

    def first(self, name: str) -> Model | None:
        """The first model in a field."""
        return next(iter(self.models.get(name, ())), None)

    def inside(self, *names: str) -> Iterator[Model]:
        """All models in some fields."""
        for name in names:
            yield from self.models.get(name, ())


def count_kind(counts: dict[str, int], kind: str, many: int = 1) -> None:
    """Count a type of models; what is beyond some hundred types is counted as one."""
    name = kind[:_LONGEST_KIND] or "without a type"
    name = name if name in counts or len(counts) < _MOST_KINDS else "of other types"
    counts[name] = counts.get(name, 0) + many


class Entry(NamedTuple):
    """Something that is whole.

    Attributes:
        model: it.
        holder: the chat in which it lies, of which as much is known as stood before; None for none.
        field: of the holder.
        sure: reading had not been interrupted before: no text can have been taken for a model.
    """

    model: Model
    holder: Model | None = None
    field: str = ""
    sure: bool = True


class File(NamedTuple):
    """A file that came with the report.

    Attributes:
        id: its number there.
        sha256: as the report states it; empty for none.
        path: of it beside the report; empty where it did not come.
    """

    id: str
    sha256: str
    path: str


class Broken(NamedTuple):
    """Where the report's XML ends before its time, or goes on after it.

    Attributes:
        offset: of the first byte that is in no model.
        length: bytes that are in none.
        why: what is wrong with them.
    """

    offset: int
    length: int
    why: str
