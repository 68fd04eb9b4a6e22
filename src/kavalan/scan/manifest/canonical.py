"""One text for one value: JSON as RFC 8785 (JSON Canonicalization Scheme) writes it, where that leaves no doubt.

Keys are ASCII and sorted, there is no white space, text is UTF-8. Numbers are whole and within ±(2**53 - 1), so that a
reader in any language keeps them; there are no fractions, whose shortest form the languages write differently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Plain: TypeAlias = "Mapping[str, Plain] | Sequence[Plain] | str | int | bool | None"
"""What JSON can hold, less fractions."""

_MOST = 2**53 - 1


def canonical(value: Plain) -> bytes:
    """The bytes of a value, which is what is signed.

    Raises:
        ValueError: it holds a number beyond ±(2**53 - 1), a key that is not ASCII, or half of a surrogate
            pair.
        TypeError: it holds a fraction, or what JSON has no form for.
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def _check(value: Plain) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value} is a fraction: write it as text")
    if isinstance(value, int):
        if abs(value) > _MOST:
            raise ValueError(f"{value} is beyond what every reader of JSON keeps")
    elif isinstance(value, Mapping):
        _check_object(value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            _check(part)


def _check_object(value: Mapping[str, Plain]) -> None:
    for key, part in value.items():
        if not key.isascii():
            raise ValueError(f"the key {key!r} is not ASCII text")
        _check(part)
