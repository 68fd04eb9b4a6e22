"""Where stores of chats lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def stores_in(folder: Path) -> list[Path]:
    """A store, or those that lie in a folder; the folder itself, where there are none, for opening it says why."""
    if folder.is_file() or (folder / "chats.sqlite").exists():
        return [folder]
    return sorted(path.parent for path in folder.glob("*/chats.sqlite")) or [folder]
