"""The one form of an entry's text, as bytes: what is kept may have been changed to anything, and must still be read."""

from __future__ import annotations

import json
import re

_ID = r'"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"'
_WORD = r"[a-z_]{1,60}"
_HASH = r'"[0-9a-f]{64}"'
_TIME = r'"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"'
_FIELDS = {
    "actor": rf"(?:null|{_ID})",
    "at": _TIME,
    "authority": rf"(?:null|{_ID})",
    "format": '"kavalan-ledger-1"',
    "number": r"[1-9][0-9]{0,15}",
    "payload": _HASH,
    "previous": _HASH,
    "subject": _ID,
    "subject_kind": f'"{_WORD}"',
    "verb": rf'"{_WORD}\.{_WORD}"',
}
ENTRY = re.compile(("{" + ",".join(f'"{name}":(?P<{name}>{form})' for name, form in _FIELDS.items()) + "}").encode())
"""Matches an entry's canonical text and nothing else; each field is a group, quotes included."""

_NUMBER = re.compile(rb'"number":([1-9][0-9]{0,15}),')


def number_in(text: bytes) -> int | None:
    """The entry's number, if a text that is not of the form has one that can be read."""
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


def why_malformed(text: bytes) -> str:
    """Which field of a text that `ENTRY` does not match is not of its form."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return "its fields cannot be read"
    if not isinstance(fields, dict) or fields.keys() != _FIELDS.keys():
        return "it has not the fields of an entry"
    for name, form in _FIELDS.items():
        if not re.fullmatch(form, json.dumps(fields[name])):
            return f"{name.replace('_', ' ')} is not of its form"
    return "it is written in another way"
