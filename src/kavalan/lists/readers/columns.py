"""CSV, TSV and plain text of anybody, with a mapping that says which column is what.

No standard behind it: the person who adds the list names the columns. Columns that are not named are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category, Entry, Opaque
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept
from kavalan.lists.readers.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

Column = int | str
"""A column by number, from 0, or by its name in the header, in any case."""

_KIND_BY_LENGTH: Final = {32: "md5", 40: "sha1", 64: "sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a text list is what.

    Attributes:
        scheme: the category scheme, needed with `category`: a code without its scheme says nothing.
        delimiter: one character between columns.
        header: whether the first line names the columns; needed where columns are given by name.
        digest: MD5, SHA-1 or SHA-256, told apart by length.
        md5: column of 32 hexadecimal digits.
        sha1: 40 hexadecimal digits.
        sha256: 64 hexadecimal digits.
        pdq: 64 hexadecimal digits.
        pdq_quality: 0-100.
        photodna: base64 or hexadecimal; kept, never matched.
        key: the owner's stable id.
        category: the owner's code.
        size: bytes of the content.
        withdrawn: `yes`, `true`, `1` where the owner takes the line back.
    """

    scheme: str = ""
    delimiter: str = ","
    header: bool = True
    digest: Column | None = None
    md5: Column | None = None
    sha1: Column | None = None
    sha256: Column | None = None
    pdq: Column | None = None
    pdq_quality: Column | None = None
    photodna: Column | None = None
    key: Column | None = None
    category: Column | None = None
    size: Column | None = None
    withdrawn: Column | None = None

    def __post_init__(self) -> None:
        if all(column is None for column in (self.digest, self.md5, self.sha1, self.sha256, self.pdq)):
            raise ValueError("no column holds a hash")
        if self.category is not None and not self.scheme:
            raise ValueError("a category column needs the name of its scheme")
        if not self.header and any(isinstance(column, str) for column in self._named().values()):
            raise ValueError("without a header, columns are given by number")
        if len(self.delimiter) != 1:
            raise ValueError("the delimiter is one character")

    @classmethod
    def one_hash_per_line(cls) -> Columns:
        """A plain text: MD5, SHA-1 or SHA-256 first on each line, `#` for comments, as `md5sum` writes."""
        return cls(delimiter=" ", header=False, digest=0)

    def _named(self) -> dict[str, Column]:
        fields = (
            "digest",
            "md5",
            "sha1",
            "sha256",
            "pdq",
            "pdq_quality",
            "photodna",
            "key",
            "category",
            "size",
            "withdrawn",
        )
        return {name: column for name in fields if (column := getattr(self, name)) is not None}

    def located(self, header: list[str] | None) -> dict[str, int]:
        """The number of each mapped column.

        Raises:
            KeyError: the header lacks a named column.
        """
        names = {name.strip().lower(): index for index, name in reversed(list(enumerate(header or [])))}
        return {
            name: column if isinstance(column, int) else names[column.strip().lower()]
            for name, column in self._named().items()
        }


class ColumnReader(Reader):
    """Reads text lists through a mapping.

    Args:
        columns: the mapping.
    """

    format: ClassVar[str] = "columns"

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def recognises(self, head: bytes) -> bool:
        """Text: no NUL byte and not the beginning of a JSON, XML or SQLite file."""
        return b"\0" not in head and head.lstrip()[:1] not in {b"{", b"[", b"<"}

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the line number.

        Raises:
            WrongFormatError: also where the header lacks a mapped column.
        """
        lines = iter(Lines(source, report, self._columns.delimiter))
        header = next(lines, (0, [""]))[1] if self._columns.header else None
        try:
            places = self._columns.located(header)
        except KeyError as error:
            raise WrongFormatError(source.path, f"the first line has no column {error}") from error
        needed = max(places.values())
        for position, fields in lines:
            if fields[0].lstrip().startswith("#"):
                continue
            if len(fields) <= needed:
                report.fault(position, f"{len(fields)} fields, but column {needed} is mapped")
            else:
                row = {name: fields[index].strip() for name, index in places.items()}
                yield from kept(_entry(position, row, self._columns.scheme, report), report)


def _entry(position: int, row: dict[str, str], scheme: str, report: Report) -> Entry:
    hashes = {kind: report.attempt(position, values.digest, kind, row.get(kind)) for kind in values.DIGEST_BYTES}
    if text := row.get("digest"):
        kind = _KIND_BY_LENGTH.get(len(text), "")
        if kind:
            hashes[kind] = report.attempt(position, values.digest, kind, text)
        else:
            report.fault(position, f"a hash of {len(text)} characters is neither MD5, SHA-1 nor SHA-256")
    code = report.attempt(position, values.code, "category", row.get("category"))
    photodna: Opaque | None = report.attempt(position, values.opaque, "PhotoDNA", row.get("photodna"))
    return Entry(
        position=position,
        key=row.get("key", "")[:200] or None,
        md5=hashes["md5"],
        sha1=hashes["sha1"],
        sha256=hashes["sha256"],
        pdq=hashes["pdq"],
        pdq_quality=report.attempt(position, values.number, "pdq_quality", row.get("pdq_quality"), 100),
        size=report.attempt(position, values.number, "size", row.get("size")),
        opaque=(photodna,) if photodna else (),
        categories=(Category(scheme, code),) if code else (),
        withdrawn=values.boolean(row.get("withdrawn")),
    )
