"""Tips: what was reported, read from the forms in which it comes, with whatever was not understood beside it."""

from kavalan.tips.bundle import Bundle, Content, Member, Referral, Use, open_bundle
from kavalan.tips.columns import Columns, Meaning, read_columns
from kavalan.tips.ending import BUNDLE, form_told_by
from kavalan.tips.errors import TipError
from kavalan.tips.model import (
    Account,
    Capture,
    File,
    Leftover,
    Moment,
    Passage,
    Person,
    Place,
    Role,
    Stood,
    Tip,
    Unread,
)
from kavalan.tips.reader import FORMS, TipReader

__all__ = [
    "BUNDLE",
    "FORMS",
    "Account",
    "Bundle",
    "Capture",
    "Columns",
    "Content",
    "File",
    "Leftover",
    "Meaning",
    "Member",
    "Moment",
    "Passage",
    "Person",
    "Place",
    "Referral",
    "Role",
    "Stood",
    "Tip",
    "TipError",
    "TipReader",
    "Unread",
    "Use",
    "form_told_by",
    "open_bundle",
    "read_columns",
]
