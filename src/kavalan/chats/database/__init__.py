"""SQLite files that somebody else wrote, read as evidence."""

from kavalan.chats.database.base import Database
from kavalan.chats.database.rows import Beside, Lookup, Row, Value

__all__ = ["Beside", "Database", "Lookup", "Row", "Value"]
