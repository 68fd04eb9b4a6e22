"""Small rules about exhibits: classes of files, the digest of a scan."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Family(TextChoices):
    """What sort of file, as far as the list must tell them apart."""

    PICTURE = "picture", _("pictures")
    VIDEO = "video", _("videos")
    OTHER = "other", _("other files")


class Listing(TextChoices):
    """Whether the source still lists an item (`kavalan.sources.State`)."""

    ALLOCATED = "allocated", _("listed by its source")
    DELETED = "deleted", _("deleted")
    UNKNOWN = "unknown", _("not known")


class Seal(IntegerChoices):
    """Whether an item is open to those who see its exhibit; what nothing was said of is sealed."""

    OPEN = 0, _("open")
    OUTSIDE = 1, _("outside the authority")
    PRIVILEGED = 2, _("privileged")


class Novelty(IntegerChoices):
    """Whether the content of an item was met in the earlier exhibits that were chosen to thin this one by.

    What lists know, and what was not wholly read, is `NEW` whatever was met: it is never left out.
    """

    UNASKED = 0, _("not asked")
    NEW = 1, _("new")
    MET = 2, _("met in an earlier exhibit")


class Standing(IntegerChoices):
    """What hash lists make of an item, by its strongest hit; the figures of different ones are never added up.

    From `WITHDRAWN` on there is a hit to be seen; from `NEAR` on it stands without a doubt that was found.
    """

    UNKNOWN = 0, _("on no list")
    KNOWN_GOOD = 1, _("part of an operating system or program")
    WITHDRAWN = 2, _("withdrawn by its list")
    NEGATIVE = 3, _("on a negative list")
    SUPPRESSED = 4, _("suppressed by a negative list")
    CONTRADICTED = 5, _("contradicted by another digest")
    HELD = 6, _("held for a person")
    NEAR = 7, _("near")
    MD5_ONLY = 8, _("MD5 only")
    IDENTICAL = 9, _("identical")


PLACE_WORDS = {
    "camera": _("camera"),
    "pictures": _("pictures"),
    "documents": _("documents"),
    "desktop": _("desktop"),
    "downloads": _("downloads"),
    "user": _("user"),
    "messenger-sent": _("messenger, sent"),
    "messenger-received": _("messenger, received"),
    "messenger-auto": _("messenger, kept by itself"),
    "messenger": _("messenger"),
    "cache": _("cache"),
    "browser-cache": _("browser's cache"),
    "thumbnails": _("thumbnails"),
    "trash": _("trash"),
    "deleted": _("deleted"),
    "backup": _("backup"),
    "app": _("app"),
    "system": _("system"),
    "unknown": _("not known"),
}
"""Classes of places (`kavalan.scan.Place`) in the reader's words."""


REASON_WORDS = {
    "encrypted": _("encrypted"),
    "stored checksum differs": _("the source's own checksum says otherwise"),
    "changed while read": _("changed while it was read"),
    "timeout or crash": _("took too long, or its reader broke down"),
    "refused, out of bounds": _("beyond the bounds that are set for one file"),
    "link or device": _("a link or a device, no file"),
    "no permission": _("no permission to read it"),
    "device error": _("the medium could not be read"),
    "not supported": _("a form that is not read"),
    "damaged": _("damaged"),
    "could not be opened": _("could not be opened"),
    "other": _("another reason"),
}
"""Classes of reasons why something was not read (`kavalan.scan.results.reasons.CLASSES`) in the reader's words."""

REASON_HELP = {
    "encrypted": _("Look for the password among what was seized, or ask its owner as the law allows."),
    "stored checksum differs": _("It is not what was stored: ask where the copy was made, and copy it anew."),
    "changed while read": _("Something writes to the source: mount it for reading only and scan again."),
    "timeout or crash": _("Look at it by itself, with an examiner's tools."),
    "refused, out of bounds": _("Look at it by itself: it is very large, or made to break readers."),
    "link or device": _("There is nothing to read: what it leads to is an item of its own, if it was seized."),
    "no permission": _("Let the user of the desk read it, and scan again."),
    "device error": _("Copy the medium with a tool that reads it again and again, and scan the copy."),
    "not supported": _("Look at it by itself, with an examiner's tools."),
    "damaged": _("What of it could be read, was. Compare it with another copy, if there is one."),
    "could not be opened": _("See whether it is still there, and scan again."),
    "other": _("The reason stands with each of them."),
}
"""What can be done about each."""


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which of an exhibit's open items are asked for; all that is named must hold.

    Attributes:
        family: of this sort.
        unread_only: could not be read wholly.
        known_only: there are hits on them.
        standing: the lists make just this of them.
        deleted_only: their source no longer lists them.
        place: they lay in this class of place.
        reason: they could not be read for a reason of this class.
        thinned: without those whose content was met in earlier exhibits.
    """

    family: Family | None = None
    unread_only: bool = False
    known_only: bool = False
    standing: Standing | None = None
    deleted_only: bool = False
    place: str | None = None
    reason: str | None = None
    thinned: bool = False


def family(kind: str | None) -> Family:
    """The family of a media type; a file of which nothing could be read (None) is an other one."""
    match (kind or "").partition("/")[0]:
        case "image":
            return Family.PICTURE
        case "video":
            return Family.VIDEO
        case _:
            return Family.OTHER


def scan_digest(batches: Iterable[bytes]) -> bytes:
    """SHA-256 over the digests of a scan's batches in their order: 32 bytes that the ledger keeps of the whole scan."""
    whole = hashlib.sha256()
    for digest in batches:
        whole.update(digest)
    return whole.digest()
