"""Archives: told by content, read in place and in one pass by a confined process, nothing of them ever on a disk."""

from kavalan.sources.archive.descent import Archive, Descent

__all__ = ["Archive", "Descent"]
