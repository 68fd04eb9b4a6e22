"""The form of a tip, as the ending of its file's name tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

BUNDLE: Final = "bundle"
"""An archive with a referral and its files (`open_bundle`), beside the forms of `FORMS`."""
_ENDINGS: Final[Mapping[str, str]] = {
    ".json": "cybertipline",
    ".pdf": "print",
    ".zip": BUNDLE,
    ".eml": "mail",
    ".csv": "table",
    ".tsv": "table",
}


def form_told_by(ending: str) -> str:
    """The form that an ending tells, in large letters or small; empty where it tells none.

    What is inside is told by the reader, which refuses another form.

    Args:
        ending: with its dot, as `.csv`.
    """
    return _ENDINGS.get(ending.lower(), "")
