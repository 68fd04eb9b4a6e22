"""What can go wrong with a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class PaperError(Exception):
    """Base of all: the paper cannot be made; the text says why and what to do."""


class FontsMissingError(PaperError):
    """The fonts that papers are set in are not there."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        super().__init__(
            f"{folder} lacks {', '.join(names)}: the fonts of papers are not built; run `make assets`, "
            "or install Kavalan from its wheel, which carries them"
        )


class DataError(PaperError):
    """What is to be printed does not hold together; the text says where and why."""
