"""Values of files that anybody may have written: taken as what they should be, or as nothing."""

from __future__ import annotations

from typing import Any, Final

from kavalan.sandbox import storable

_LONGEST_OTHER: Final = 1000
_LONGEST_SHORT: Final = 500
"""Characters of a name, a number, a path: so that whatever a file holds fits the frame in which it is sent."""


def word(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """A text; of a number its digits, of nothing an empty one."""
    return value if isinstance(value, str) else "" if value is None else str(value)[:_LONGEST_OTHER]


def short(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """A name, a number or a path as any database takes it; of a longer one its beginning."""
    return storable(word(value)[:_LONGEST_SHORT])


def row(value: Any) -> dict[str, Any]:  # noqa: ANN401 whatever a file holds
    """An object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 whatever a file holds
    """The objects of an array."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def inside(path: str) -> str:
    """A path as it lies in an export's folder; of one that leads outside, the name alone."""
    parts = path.replace("\\", "/").removeprefix("./").split("/")
    return parts[-1] if {"", ".", ".."} & set(parts) else "/".join(parts)
