"""What was read, kept: for each source one SQLite file that nothing changes again, and Parquet."""

from kavalan.chats.store.members import ROLES, ChatMembers, RoleHeld, members_of
from kavalan.chats.store.repeats import Repeat, Sight, repeats
from kavalan.chats.store.search import Hit, Store
from kavalan.chats.store.source import Source
from kavalan.chats.store.writer import Writer

__all__ = [
    "ROLES",
    "ChatMembers",
    "Hit",
    "Repeat",
    "RoleHeld",
    "Sight",
    "Source",
    "Store",
    "Writer",
    "members_of",
    "repeats",
]
