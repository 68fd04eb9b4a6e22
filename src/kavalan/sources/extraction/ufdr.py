"""`report.xml` of a Cellebrite UFDR: what it says of the files beside it and of the messages they were attached to.

The form is not published. What is taken was read in quoted reports and in other readers (docs/sources.md says which
facts are how sure): `project/taggedFiles/file` with `accessInfo` and `metadata`, and in `decodedData` the models of
messages. Expat parses as bytes come; nothing of the document is kept but the listing. A document type declaration,
which no such report has and every bomb of entities needs, ends the reading.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from xml.parsers import expat

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.archive.records import NAME_BYTES
from kavalan.sources.extraction.listing import Listed, Listing
from kavalan.sources.extraction.message import Model
from kavalan.sources.item import State
from kavalan.sources.trace import Trace

_NAMESPACE: Final = "http://pa.cellebrite.com/report/"
_CHUNK = 1 << 16
_IDENT = 100
_TEXT = 8192
_DEPTH = 200
_TOKEN_BYTES = 8 << 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STATES: dict[str, State] = {"intact": "allocated", "trash": "allocated", "deleted": "deleted"}
_DIGESTS = {"MD5": 16, "SHA1": 20, "SHA256": 32}
_TIMES = frozenset({"CreationTime", "ModifyTime", "AccessTime", "ChangeTime"})


class NoReportError(Exception):
    """The document is another one."""


def recognises(head: bytes) -> bool:
    """Whether a document begins as a report does, whatever its encoding; its root is looked at when it is read."""
    return _NAMESPACE.encode() in head.replace(b"\0", b"")


class ReportReader:
    """Fills a listing from a report, piece by piece.

    Attributes:
        unnamed: files that the report lists and says to be in no member.
    """

    def __init__(self, listing: Listing) -> None:
        """Begin a report."""
        self.unnamed = 0
        self._listing = listing
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._depth = 0
        self._fed = 0
        self._name = ""
        self._text: list[str] | None = None
        self._file: _File | None = None
        self._models: list[Model] = []
        self._roles: list[str] = []

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """The next bytes of the report.

        Raises:
            NoReportError: it is another document.
            DamagedError: it cannot be read on.
        """
        try:
            for at in range(0, len(data), _CHUNK):
                self._fed += len(data[at : at + _CHUNK])
                self._parser.Parse(data[at : at + _CHUNK], False)
                if self._fed - self._parser.CurrentByteIndex > _TOKEN_BYTES:
                    raise DamagedError(f"one tag is longer than {_TOKEN_BYTES >> 20} MiB")
            if last:
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise DamagedError(str(error)) from error

    def _doctype(self, *_: object) -> None:
        raise DamagedError("it declares a document type, which no such report does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not self._depth and (tag != "project" or not namespace.startswith(_NAMESPACE)):
            raise NoReportError
        self._depth += 1
        if self._depth > _DEPTH:
            raise DamagedError(f"it is nested deeper than {_DEPTH} elements")
        if self._file is not None:
            if tag in {"timestamp", "item"}:
                self._name, self._text = attributes.get("name", ""), []
        elif tag == "file":
            self._file = _File(attributes)
        elif tag == "model":
            role = self._roles[-1] if self._roles else ""
            self._models.append(Model(attributes, role, self._models[-1] if self._models else None))
        elif tag in {"modelField", "multiModelField"}:
            self._roles.append(attributes.get("name", ""))
        elif tag == "field":
            self._name = attributes.get("name", "")
        elif tag == "value" and self._models and self._models[-1].wants(self._name):
            self._text = []

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._depth -= 1
        text, self._text = self._text, None
        if self._file is not None:
            if text is not None:
                self._file.take(self._name, "".join(text).strip())
            elif tag == "file":
                self._take_file(self._file)
        elif text is not None and self._models:
            self._models[-1].fields[self._name] = "".join(text).strip()
        elif tag == "model" and self._models:
            self._take_model(self._models.pop())
        elif tag in {"modelField", "multiModelField"}:
            self._roles.pop()

    def _characters(self, text: str) -> None:
        if self._text is not None and sum(map(len, self._text)) < _TEXT:
            self._text.append(text[:_TEXT])

    def _take_file(self, file: _File) -> None:
        self._file = None
        listed = file.listed()
        if listed is None:
            self.unnamed += 1
            return
        self._listing.add(listed, file.ident)
        if file.state == "trash":
            trace = Trace("trashed", f'report.xml, file {file.ident[:_IDENT]}: its state is "Trash"')
            self._listing.add_trace(trace, ident=file.ident, name=listed.name)

    def _take_model(self, model: Model) -> None:
        model.tell_parent()
        for trace, ident, extracted in model.traces(moment(model.fields.get("TimeStamp", ""))):
            self._listing.add_trace(trace, ident=ident, name=member_name(extracted) if extracted else None)


class _File:
    """One `file` element, and what has been read of it."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.ident = attributes.get("id", "")
        self.state = attributes.get("deleted", "").lower()
        self._path = attributes.get("path", "")
        self._local = ""
        self._times: dict[str, int] = {}
        self._digests: dict[str, bytes] = {}
        self._remarks: list[str] = []

    def take(self, name: str, text: str) -> None:
        """A time or an item of metadata."""
        if name == "Local Path":
            self._local = text
        elif name in _TIMES and text:
            found = moment(text)
            if found is None:
                self._remarks.append(f"its report states a {name} in a form that is not read")
            else:
                self._times[name] = found
        elif (algorithm := name.replace("-", "")) in _DIGESTS and text:
            digest = _digest(text, _DIGESTS[algorithm])
            if digest is None:
                self._remarks.append(f"its report states a {name} that is none")
            else:
                self._digests[algorithm] = digest

    def listed(self) -> Listed | None:
        """All of it; None where no member holds it."""
        if not self._local:
            return None
        name = member_name(self._local)
        path = self._path.replace("\\", "/").encode("utf-8", "surrogatepass")
        state = _STATES.get(self.state, "unknown")
        remarks = tuple(self._remarks[:5])
        return Listed(
            name,
            path[:NAME_BYTES] or None,
            state,
            modified=self._times.get("ModifyTime"),
            created=self._times.get("CreationTime"),
            accessed=self._times.get("AccessTime"),
            changed=self._times.get("ChangeTime"),
            md5=self._digests.get("MD5"),
            sha1=self._digests.get("SHA1"),
            sha256=self._digests.get("SHA256"),
            remarks=remarks,
        )


def member_name(local: str) -> bytes:
    """The name of a member of the ZIP by a report's local path, which Windows spells."""
    return local.replace("\\", "/").removeprefix("./").lstrip("/").encode("utf-8", "surrogatepass")


def moment(text: str) -> int | None:
    """Microseconds from 1970 of a time with its zone (`2024-03-01T08:30:15.000+00:00`); None for other forms."""
    try:
        found = datetime.fromisoformat(text)
        return None if found.tzinfo is None else (found - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return None


def _digest(text: str, size: int) -> bytes | None:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return None
    return found if len(found) == size else None
