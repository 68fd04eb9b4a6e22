"""Where items come from: each source is a stream of items, and nothing of a source is opened before it is asked for."""

from kavalan.sources.folder import single_file, walk_folder
from kavalan.sources.item import Item

__all__ = ["Item", "single_file", "walk_folder"]
