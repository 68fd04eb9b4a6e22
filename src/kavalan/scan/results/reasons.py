"""Why something could not be read, put into classes a reader can act on. The reason itself stays beside its class."""

from __future__ import annotations

import re

DIFFERS = "stored checksum differs"
OTHER = "other"

_CLASSES: tuple[tuple[str, str], ...] = (
    # What says more of the cause stands before what says only that reading ended.
    ("encrypted", r"encrypt|password"),
    (
        DIFFERS,
        r"states another (?:md5|sha1|sha256)|keeps crc-32|says crc-32|checksum|crc(?:-32|-64)? .*(?:differ|wrong)",
    ),
    ("changed while read", r"changed while|grew while|shrank while|is not there any more|no longer, a regular file"),
    (
        "timeout or crash",
        r"processor time|ended by SIG|needed more than|worker .*end|its reader ended|timed out|no answer",
    ),
    (
        "refused, out of bounds",
        r"refused: (?!no member)|deeper than|larger than the|archive of more than|more than \d+ |pixels are more",
    ),
    ("link or device", r"symbolic link|named pipe|socket|(?:character|block) device|not a regular file|hard link"),
    ("no permission", r"[Pp]ermission denied|not permitted|cannot be (?:listed|examined)"),
    ("device error", r"[Ii]nput/output error|[Nn]o such device|[Nn]o medium|[Rr]emote I/O|[Ss]tale file handle"),
    (
        "not supported",
        r"not supported|unsupported|is not read|no decoder|anti-item|\), not read$|not decoded",
    ),
    (
        "damaged",
        (
            r"truncat|damaged|malformed|nothing of it decodes|corrupt|ends? (?:too soon|in the middle|within)|broken|"
            r"cut off|leads backwards|directory states|no header where"
        ),
    ),
    ("could not be opened", r"cannot be opened|cannot be read|[Nn]o such file"),
)
_READY = tuple((name, re.compile(pattern)) for name, pattern in _CLASSES)

CLASSES = (*(name for name, _ in _CLASSES), OTHER)
"""The names, in the order in which they are tried."""


def class_of(reason: str | None, stored_agrees: bool | None) -> str:
    """The class of a reason.

    Args:
        reason: of `error` in a batch.
        stored_agrees: of the batch; False is a class of its own whatever else is said.
    """
    if stored_agrees is False:
        return DIFFERS
    return next((name for name, pattern in _READY if pattern.search(reason or "")), OTHER)
