"""The labels and headings of a referral's print, and what each means.

Only `IP Address:`, `MD5:` and `Filename:`, the sections A to D, the date received, the report's number and the summary
on the first page are confirmed by what reads such prints; all other labels are from memory, to be checked on an
original. What has another label is a leftover, never lost.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from kavalan.tips.model import Role

Of = Literal["tip", "person", "account", "file", "capture", "place"]


class Means(NamedTuple):
    """What a label means.

    Attributes:
        of: what it says something of.
        field: which field of it.
        many: there may be several.
    """

    of: Of
    field: str
    many: bool = False


LABELS: Final = {
    "incident type": Means("tip", "incident"),
    "incident time": Means("tip", "incident_at"),
    "incident date/time": Means("tip", "incident_at"),
    "platform": Means("tip", "platform"),
    "priority level": Means("tip", "priority"),
    "ncmec classification": Means("tip", "classification"),
    "ncmec incident type": Means("tip", "classification"),
    "submitter": Means("tip", "sender"),
    "date received": Means("tip", "received"),
    "report number": Means("tip", "number"),
    "name": Means("person", "name"),
    "date of birth": Means("person", "born"),
    "approximate age": Means("person", "age"),
    "gender": Means("person", "gender"),
    "email address": Means("person", "emails", many=True),
    "phone": Means("person", "phones", many=True),
    "mobile phone": Means("person", "phones", many=True),
    "address": Means("person", "addresses", many=True),
    "profile bio": Means("person", "profile"),
    "screen/user name": Means("account", "screen_name"),
    "display name": Means("account", "shown_names", many=True),
    "esp user id": Means("account", "id"),
    "esp service": Means("account", "service"),
    "filename": Means("file", "name"),
    "original filename": Means("file", "original_name"),
    "original filename associated with the uploaded file": Means("file", "original_name"),
    "md5": Means("file", "md5"),
    "submittal id": Means("file", "number"),
    "industry classification": Means("file", "classification"),
    "did reporting esp view entire contents of uploaded file": Means("file", "seen_by_sender"),
    "ip address": Means("capture", "value"),
    "port": Means("capture", "port"),
    "event": Means("capture", "event"),
    "date/time": Means("capture", "at"),
    "possible proxy": Means("capture", "possible_proxy"),
    "country": Means("place", "where", many=True),
    "region": Means("place", "where", many=True),
    "city": Means("place", "where", many=True),
    "postal code": Means("place", "where", many=True),
    "isp/org": Means("place", "where", many=True),
}
"""By the label without its colon, in small letters."""

PEOPLE: Final[dict[str, Role]] = {
    "suspect": "reported",
    "reported person or user": "reported",
    "person or user reported": "reported",
    "intended recipient": "recipient",
    "child victim": "victim",
    "victim": "victim",
}
"""Headings under which somebody is described, in small letters."""

FILES: Final = "uploaded file information"
"""The heading of a file."""

PASSAGES: Final = frozenset(
    {
        "executive summary",
        "contents",
        "reporting electronic service provider (esp)",
        "incident information",
        "webpage/url",
        "additional information",
        "additional information submitted by the reporting esp",
        "law enforcement contact information",
    }
)
"""Headings of which only the words under them are known to matter."""

SECTIONS: Final = frozenset(
    {
        "section a: reported information",
        "section b: automated information",
        "section c: additional information",
        "section d: law enforcement contact information",
    }
)
"""The headings of the four parts, in small letters."""

SECTION: Final = re.compile(r"Section ([A-Z])\b", re.IGNORECASE)
REPORT: Final = re.compile(r"CyberTipline\s+Report\s*(?:#|No\.?|:)?\s*(\d{1,18})?\b", re.IGNORECASE)
RECEIVED: Final = re.compile(r"(?:Received by NCMEC on|Date Received:?)\s+(.+)", re.IGNORECASE)
DATES: Final = re.compile(r"All dates are displayed as (MM-DD-YYYY|DD-MM-YYYY|YYYY-MM-DD)", re.IGNORECASE)
LABEL: Final = re.compile(r"([A-Z][\w /().'-]{1,70}?)\s*[:?]\s*(.*)")
"""A label and what follows it: the first colon ends it."""
