"""The values of a JSON referral, none lost on the way: numbers as they are written, keys that come twice."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

from kavalan.tips.errors import TipError

if TYPE_CHECKING:
    from kavalan.tips.node import Json


def parsed(data: bytes) -> Json:
    """The values of a document in UTF-8, UTF-16 or UTF-32; every number is the text that stands there.

    Raises:
        TipError: it is no JSON, or nested deeper than can be read.
    """
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else json.detect_encoding(data)
    text = data.decode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace")
    try:
        document: Json = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_all_pairs
        )
    except (ValueError, RecursionError) as error:
        message = f"it is no JSON: {error}"
        raise TipError(message) from error
    return document


def _all_pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object; where a key comes twice, the later one is told apart by a number."""
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    count: dict[str, int] = {}
    values.clear()
    for key, value in pairs:
        count[key] = count.get(key, 0) + 1
        values[key if count[key] == 1 else f"{key} ({count[key]})"] = value
    return values
