"""What known databases say of other files: one module for each maker, which knows its databases by their tables.

A field is marked by how sure its meaning is: V by its maker's own source or a test image, S by public parsers that
agree, M by no statement of its maker. A column that a version lacks is simply not asked.
"""

from kavalan.sources.embedded.database import Database
from kavalan.sources.embedded.mentions.downloads import chrome_downloads, firefox_downloads
from kavalan.sources.embedded.mentions.mediastore import media_store
from kavalan.sources.embedded.mentions.photos import photos
from kavalan.sources.embedded.mentions.telling import Telling
from kavalan.sources.embedded.mentions.whatsapp import whatsapp_android, whatsapp_ios

__all__ = ["mentions_in"]

_KNOWN = (photos, whatsapp_android, whatsapp_ios, media_store, chrome_downloads, firefox_downloads)


def mentions_in(database: Database) -> Telling:
    """All that a database says of other files; None from time to time, so that the caller can say that it goes on."""
    for known in _KNOWN:
        yield from known(database)
