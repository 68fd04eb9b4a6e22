"""Disk images: the files on the volumes of a medium, the deleted ones too, and the digests that the image keeps.

`recognise` and `segments` run beside the source. Everything else runs in a confined process of its own, which is the
only one that imports dissect (AGPL-3.0, the extra `kavalan[diskimage]`).
"""

from kavalan.sources.diskimage.recognise import image_in, readable, unread_image
from kavalan.sources.diskimage.segments import Beside, image_of, segments_of

__all__ = ["Beside", "image_in", "image_of", "readable", "segments_of", "unread_image"]
