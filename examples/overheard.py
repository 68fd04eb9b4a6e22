"""The demo's chats: the made district as three programs keep it, read into stores beside the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from chats import write
from kavalan.chats import Asked, ChatReader, Store, collect, open_exports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMS: Final = ("whatsapp-android", "telegram-json", "ufdr")
DISTRICT, STORES = "district", "chats"
_MOST: Final = """
SELECT a.name, count(DISTINCT m.conversation_id) FROM memberships m JOIN accounts a ON a.id = m.account_id
WHERE m.role = ? GROUP BY a.id ORDER BY 2 DESC LIMIT 1
"""


def read_chats(folder: Path, authority: str, examiner: str) -> Iterator[str]:
    """Write them, read them, and tell of each source who administers most groups and who sends on in most."""
    asked = Asked(authority, examiner, datetime.now(UTC), zone="Asia/Kolkata")
    with ChatReader() as reader:
        for source in write(folder / DISTRICT, 1, list(FORMS)):
            with open_exports(folder / DISTRICT / source.given) as exports:
                for export in exports:
                    collected = collect(reader, export, folder / STORES, asked)
                    with Store(collected.folder) as store:
                        yield f"{collected.reading.form}: {collected.reading.messages} messages; {_told(store)}"


def _told(store: Store) -> str:
    parts = {"admin": "administers", "forwarder": "sends on what others wrote in"}
    most = {does: store.base.execute(_MOST, (role,)).fetchone() for role, does in parts.items()}
    return "; ".join(f"{row[0]} {does} {row[1]} groups" for does, row in most.items() if row)
