"""A folder as one blob: a stored ZIP64 that any program opens, and an index by which one member is read by seeking."""

from kavalan.vault.folder.index import Member
from kavalan.vault.folder.read import FolderReader
from kavalan.vault.folder.write import Attributes, FolderDraft, StoredFolder, write_folder

__all__ = ["Attributes", "FolderDraft", "FolderReader", "Member", "StoredFolder", "write_folder"]
