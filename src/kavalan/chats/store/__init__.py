"""What was read, kept: for each source one SQLite file that nothing changes again, and Parquet."""

from kavalan.chats.store.repeats import Repeat, Sight, repeats
from kavalan.chats.store.search import Hit, Store
from kavalan.chats.store.source import Source
from kavalan.chats.store.writer import Writer

__all__ = ["Hit", "Repeat", "Sight", "Source", "Store", "Writer", "repeats"]
