"""Archives: told by content, read in place and in one pass by a confined process, nothing of them ever on a disk."""

from kavalan.sources.archive.descent import Archive, Descent
from kavalan.sources.archive.lent import Lendable
from kavalan.sources.archive.member import Allowance
from kavalan.sources.archive.zipreader import ZipMember, ZipReader

__all__ = ["Allowance", "Archive", "Descent", "Lendable", "ZipMember", "ZipReader"]
