"""The elements of a report as models, one at a time: of a chat nothing is held but what stands before its messages.

Expat reads what is not trusted: a document type, and with it every entity, is refused, nesting is bounded, and so is
what is held of one model.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from kavalan.chats.errors import ChatError
from kavalan.chats.ufdr.model import Entry, File, Model, count_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST: Final = 500
_MOST_HELD: Final = 48 << 20
"""Characters of one model that are kept, three messages of the greatest length."""
_PER_FIELD: Final = 200
"""What a field takes up besides its characters."""
_MOST_MODELS: Final = 100_000
_READ: Final = {"Chat", "InstantMessage", "SMS", "MMS", "Call"}
"""Types of what stands alone in a report that are chats, or messages of one."""
_LIKE_A_MODEL: Final = "<model "
_OF_FILES: Final = {"SHA256", "LOCAL PATH"}
_FIELDS: Final = {"field", "modelField", "multiField", "multiModelField", "nodeField", "dataField"}


class Elements:
    """Takes a report piece by piece.

    Args:
        start: the place of its first byte.
        resumed: it begins anywhere, within elements that are not there.

    Attributes:
        passed: by their types, how many models stand alone that are neither chats nor messages.
        crowded: models of which not all could be held.
        taken: the place up to which the report was taken.
    """

    def __init__(self, start: int = 0, *, resumed: bool = False) -> None:
        self.passed: dict[str, int] = {}
        self.crowded = 0
        self.taken = start
        self._base = start
        self._sure = not resumed
        self._out: list[Entry | File] = []
        self._open: list[Model] = []
        self._fields: list[str] = []
        self._text: list[str] | None = None
        self._coded = self._given = self._odd = False
        self._depth = self._skipped = self._held = self._models = 0
        self._file: dict[str, str] | None = None
        self._item = ""
        self._parser = self._made()
        if resumed:
            opening = b"<resumed>"
            self._parser.Parse(opening)
            self._base -= len(opening)

    @property
    def open_since(self) -> int | None:
        """Where the message begins that is not whole yet; None for none."""
        inner = [one for one in self._open if one.type != "Chat"]
        return inner[0].offset if inner else None

    @property
    def holder(self) -> Model | None:
        """The chat that is open."""
        return self._open[0] if self._open and self._open[0].type == "Chat" else None

    @property
    def alone(self) -> bool:
        """Nothing is open but the element that stands for those that are not there."""
        return self._depth <= 1

    def take(self, data: bytes) -> Iterator[Entry | File]:
        """What is whole with this piece.

        Raises:
            expat.ExpatError: the XML is broken; `error_at` says where.
            ChatError: it is what no report is.
        """
        self.taken += len(data)
        try:
            self._parser.Parse(data)
        finally:
            out, self._out = self._out, []
            yield from out

    def end(self) -> None:
        """It ends here.

        Raises:
            expat.ExpatError: within an element.
        """
        self._parser.Parse(b"", True)

    @property
    def error_at(self) -> int:
        """The place where expat stopped."""
        return self._base + self._parser.ErrorByteIndex

    def _made(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            message = f"its elements are nested deeper than {_DEEPEST}: it is no report"
            raise ChatError(message)
        name = tag.rpartition(":")[2]
        if self._skipped:
            self._skipped += name == "model"
        elif name == "model":
            self._model(attributes)
        elif self._open:
            self._in_model(name, attributes)
        else:
            self._elsewhere(name, attributes)

    def _model(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "")
        if not self._open and kind not in _READ:
            count_kind(self.passed, kind)
            self._skipped = 1
            return
        self._models += 1
        if self._models > _MOST_MODELS:
            self._skipped = 1
            return
        self._open.append(
            Model(
                kind,
                attributes.get("id", ""),
                attributes.get("file_id", ""),
                attributes.get("deleted_state", "").lower() == "deleted",
                offset=self._base + self._parser.CurrentByteIndex,
            )
        )

    def _in_model(self, name: str, attributes: dict[str, str]) -> None:
        if name in _FIELDS:
            self._fields.append(attributes.get("name", ""))
            self._text, self._given = [], False
        elif name in {"value", "name"} and self._fields:
            self._text = []
            self._coded = attributes.get("format", "").lower() == "base64string"

    def _elsewhere(self, name: str, attributes: dict[str, str]) -> None:
        """What stands beside the models: of it only the files matter."""
        if name == "file":
            self._file = {"id": attributes.get("id", "")}
        elif name == "item" and self._file is not None:
            self._item = attributes.get("name", "").upper().replace("-", "")
            self._text = [] if self._item in _OF_FILES else None

    def _characters(self, text: str) -> None:
        if self._text is None or self._skipped:
            return
        self._held += len(text)
        if self._held <= _MOST_HELD:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        name = tag.rpartition(":")[2]
        if self._skipped:
            self._skipped -= name == "model"
        elif name == "model" and self._open:
            self._whole(len(tag) + 3)
        elif self._open:
            self._field_ends(name)
        elif name == "item" and self._file is not None and self._text is not None:
            self._file[self._item] = "".join(self._text).strip()
            self._text = None
        elif name == "file" and self._file is not None:
            self._file_ends(self._file)

    def _field_ends(self, name: str) -> None:
        if name == "name" and self._fields and self._text is not None:
            self._fields[-1], self._text = "".join(self._text).strip(), None
        elif name == "value" and self._fields:
            self._keep()
            self._given = True
        elif name in _FIELDS and self._fields:
            if not self._given and name in {"field", "multiField"}:
                self._keep()
            self._fields.pop()
            self._text = None

    def _keep(self) -> None:
        text = "".join(self._text or ())
        if self._coded:
            text, self._coded = _decoded(text), False
        self._odd |= _LIKE_A_MODEL in text
        if text.strip():
            self._held += _PER_FIELD
            if self._held <= _MOST_HELD:
                self._open[-1].fields.setdefault(self._fields[-1], []).append(text)
        self._text = None

    def _whole(self, closing: int) -> None:
        done = self._open.pop()
        at = self._base + self._parser.CurrentByteIndex
        # An element without content is told as its start and its end at one place.
        done.length = max(at + closing - done.offset, 1)
        self._text = None
        holder = self._open[-1] if self._open else None
        if holder is None or holder.type == "Chat":
            field = self._fields[-1] if self._fields else ""
            self.crowded += self._held > _MOST_HELD or self._models > _MOST_MODELS
            done.odd, self._odd = self._odd, False
            self._held = self._models = 0
            self._out.append(Entry(done, holder, field, self._sure))
        else:
            holder.models.setdefault(self._fields[-1] if self._fields else "", []).append(done)
        if not self._open:
            self._fields.clear()

    def _file_ends(self, file: dict[str, str]) -> None:
        self._out.append(File(file["id"], file.get("SHA256", "").lower(), file.get("LOCAL PATH", "")))
        self._file, self._held = None, 0


def _refuse(*_: object) -> None:
    message = "it has a document type, which no report has: it is not read"
    raise ChatError(message)


def _decoded(text: str) -> str:
    """What is written in base64, where it is text; else as it stands."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return text
