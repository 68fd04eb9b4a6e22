"""JSON lists of any length as one record after the other, keeping only the fields asked for.

Long texts (a `Miniature`, a comment) and unasked subtrees are passed over as events and never gathered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ijson

from kavalan.lists.errors import ListError, TooLargeError, TruncatedError, WrongFormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kavalan.lists.readers.contract import Report, Source

    Scalar = str | int | float | Decimal | bool | None
    Event = tuple[str, Scalar]
    Value = Scalar | list["Value"] | dict[str, "Value"]
    Record = dict[str, Value]

ITEM: Final = "[]"
MAX_DEPTH: Final = 64
MAX_TOKEN: Final = 16 << 20
MAX_NODES: Final = 2000
LONG: Final = 4096
_OPEN: Final = frozenset({"start_map", "start_array"})
_CLOSE: Final = frozenset({"end_map", "end_array"})


class _Guarded:
    """Bytes for the JSON parser, refusing a token that would fill the memory: the parser gathers it whole."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._run = 0
        self.ended = False

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self.ended = self.ended or (size != 0 and not data)
        quote = data.replace(b'\\"', b"  ").rfind(b'"')
        self._run = self._run + len(data) if quote < 0 else len(data) - quote
        if self._run > MAX_TOKEN:
            raise TooLargeError(self._source.path, f"one value is longer than {MAX_TOKEN >> 20} MiB")
        return data


class JsonRecords:
    """One pass over the records of a JSON file.

    Args:
        source: the file, after its head was looked at.
        report: told about embedded bytes and repeated fields.
        paths: where records are, as tuples of keys with `ITEM` for "any element".
        keep: fields of a record that are gathered, whole.
        pictures: fields that hold embedded bytes wherever they stand.
    """

    def __init__(
        self,
        source: Source,
        report: Report,
        *,
        paths: frozenset[tuple[str, ...]],
        keep: frozenset[str],
        pictures: frozenset[str] = frozenset(),
    ) -> None:
        self._source = source
        self._report = report
        self._paths = paths
        self._roots = {path[:cut] for path in paths for cut in range(len(path))}
        self._found = False
        self._keep = keep
        self._pictures = pictures
        self._position = 0
        self._nodes = 0

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        """Each record with its number, from 1.

        Raises:
            ListError: not JSON from some point on; `TruncatedError` where the file ends too early; `WrongFormatError`
            where it has
                nothing that could hold records.
        """
        guarded = _Guarded(self._source)
        try:
            yield from self._walk(iter(ijson.basic_parse(guarded, use_float=False)))
        except ijson.JSONError as error:
            at = f"{self._source.path}: after record {self._position}"
            if guarded.ended:
                raise TruncatedError(at, "the file ends before its own end; fetch it again") from error
            raise ListError(at, f"not JSON: {str(error).splitlines()[0]}") from error
        except ValueError as error:
            raise ListError(self._source.path, f"after record {self._position}: {error}") from error
        if not self._found:
            raise WrongFormatError(self._source.path, "JSON, but without the array that holds the records")

    def _walk(self, events: Iterator[Event]) -> Iterator[tuple[int, Record]]:
        path: list[str] = []
        for event, value in events:
            if event == "map_key":
                path[-1] = str(value)
            elif event == "start_map" and tuple(path) in self._paths:
                self._position += 1
                self._nodes = 0
                yield self._position, self._map(events, self._keep, len(path))
            elif event in _OPEN:
                self._found = self._found or (event == "start_array" and tuple(path) in self._roots)
                path.append(ITEM if event == "start_array" else "")
                self._check(len(path))
            elif event in _CLOSE:
                path.pop()
            elif path:
                self._scalar(path[-1], value)

    def _map(self, events: Iterator[Event], keep: frozenset[str] | None, depth: int) -> Record:
        """The object just opened; `keep` None keeps all fields."""
        self._check(depth)
        record: Record = {}
        key = ""
        for event, value in events:
            if event == "map_key":
                key = str(value)
            elif event == "end_map":
                break
            elif keep is not None and key not in keep:
                self._pass_over(events, key, event, value)
            else:
                if key in record:
                    self._report.fault(self._position, f"{key[:40]} stands twice; the last is taken")
                record[key] = self._value(events, key, event, value, depth)
        return record

    def _value(self, events: Iterator[Event], key: str, event: str, value: Scalar, depth: int) -> Value:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise TooLargeError(self._source.path, f"record {self._position} has more than {MAX_NODES} values")
        if event == "start_map":
            return self._map(events, None, depth + 1)
        if event == "start_array":
            return self._array(events, key, depth + 1)
        return self._scalar(key, value)

    def _array(self, events: Iterator[Event], key: str, depth: int) -> list[Value]:
        self._check(depth)
        values: list[Value] = []
        for event, value in events:
            if event == "end_array":
                break
            values.append(self._value(events, key, event, value, depth))
        return values

    def _pass_over(self, events: Iterator[Event], key: str, event: str, value: Scalar) -> None:
        self._scalar(key, value)
        depth = int(event in _OPEN)
        while depth:
            event, value = next(events)
            if event == "map_key":
                key = str(value)
            elif event in _OPEN:
                depth += 1
                self._check(depth)
            elif event in _CLOSE:
                depth -= 1
            else:
                self._scalar(key, value)

    def _scalar(self, key: str, value: Scalar) -> Scalar:
        """The value, or None in place of embedded bytes, which are counted."""
        if isinstance(value, str) and value and (len(value) > LONG or key in self._pictures):
            self._report.refuse(key)
            return None
        return value

    def _check(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooLargeError(self._source.path, f"nested deeper than {MAX_DEPTH}")


def text_of(record: Record, name: str) -> str | None:
    """A field as text; None where it is absent or something else."""
    value = record.get(name)
    return value if isinstance(value, str) else None
