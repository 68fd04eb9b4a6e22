"""Small rules about hits: how strong they are, what an item comes to by them, when two of them say the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kavalan.casework.exhibits.rules import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kavalan.casework.hits.models import Hit


GONE = "it is no longer among the lists of this workspace"
"""Why a list that was asked earlier was not asked again."""


class Kind(TextChoices):
    """What being on a list means."""

    POSITIVE = "positive", _("known material")
    NEGATIVE = "negative", _("decided not to be known material")
    KNOWN_GOOD = "known-good", _("part of an operating system or program")


class Method(IntegerChoices):
    """How a content was recognised, the strongest first."""

    SHA256 = 1, _("identical by SHA-256")
    SHA1 = 2, _("identical by SHA-1")
    MD5_AND_SIZE = 3, _("MD5 and size only")
    MD5 = 4, _("MD5 only")
    NEAR = 5, _("near")


_BY_METHOD = {
    Method.SHA256: Standing.IDENTICAL,
    Method.SHA1: Standing.IDENTICAL,
    Method.MD5_AND_SIZE: Standing.MD5_ONLY,
    Method.MD5: Standing.MD5_ONLY,
    Method.NEAR: Standing.NEAR,
}


def standing(hits: Iterable[Hit]) -> Standing:
    """What the hits on one content come to: the strongest that stands without doubt, else the least doubt."""
    return max((_standing(hit) for hit in hits), default=Standing.UNKNOWN)


def _standing(hit: Hit) -> Standing:
    match hit.kind, hit.withdrawn_at:
        case Kind.POSITIVE, None:
            return _of_known_material(hit)
        case Kind.POSITIVE, _:
            return Standing.WITHDRAWN
        case Kind.NEGATIVE, None:
            return Standing.NEGATIVE
        case Kind.KNOWN_GOOD, None:
            return Standing.KNOWN_GOOD
        case _:
            return Standing.UNKNOWN


def _of_known_material(hit: Hit) -> Standing:
    if hit.suppressed_by:
        return Standing.SUPPRESSED
    if hit.contradicted:
        return Standing.CONTRADICTED
    return Standing.HELD if hit.held else _BY_METHOD[Method(hit.method)]


def said(hit: Hit) -> bytes:
    """32 bytes that stand for what a hit says, whatever delivery of the list says it.

    Version, state, row and position are left out: an owner who delivers the same entry again says nothing new. The
    owner's key, the categories, the flags and how it was recognised are in it: where one of them changes, the list no
    longer says what it said, and that is another hit.
    """
    facts = [
        hit.list_name,
        hit.kind,
        hit.entry_key,
        hit.categories,
        hit.flags,
        hit.entry_quality,
        hit.method,
        hit.distance,
        hit.rotation,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).digest()


class ListAsked(TypedDict):
    """One list, as `Asked.lists` keeps it."""

    name: str
    owner: str
    version: str
    kind: str
    agreement: str
    refusal: str
    first: str
    last: str
    asked: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One list at one question.

    Attributes:
        name: of the list.
        owner: whose it is.
        version: the owner's name of the delivery.
        kind: what being on it means.
        agreement: reference of the agreement, or empty.
        state: its exact content: generation and changes since.
        refusal: why it was not asked, or empty.
        left_out: hits beyond the most that are kept of one content.
    """

    name: str
    owner: str = ""
    version: str = ""
    kind: str = ""
    agreement: str = ""
    state: str = ""
    refusal: str = ""
    left_out: int = 0


def lists_asked(before: Iterable[ListAsked], seen: Iterable[Seen], contents: int) -> list[ListAsked]:
    """The lists of all questions until now, by name, once `contents` more contents were asked about."""
    asked: dict[str, ListAsked] = {one["name"]: {**one, "refusal": one["refusal"] or GONE} for one in before}
    for one in seen:
        earlier = asked.get(one.name)
        answered = not one.refusal
        asked[one.name] = {
            "name": one.name,
            "owner": one.owner,
            "version": one.version,
            "kind": one.kind,
            "agreement": one.agreement,
            "refusal": one.refusal,
            "first": (earlier["first"] if earlier else "") or (one.state if answered else ""),
            "last": one.state if answered else (earlier["last"] if earlier else ""),
            "asked": (earlier["asked"] if earlier else 0) + (contents if answered else 0),
            "left_out": (earlier["left_out"] if earlier else 0) + one.left_out,
        }
    return [asked[name] for name in sorted(asked)]


_FLAGS = {
    1: gettext_noop("victim identified"),
    2: gettext_noop("offender identified"),
    4: gettext_noop("distributed"),
    8: gettext_noop("part of a series"),
    16: gettext_noop("made by the child itself"),
    32: gettext_noop("disputed by a member"),
    64: gettext_noop("video"),
}
_TURNS = {
    "rotate90": _("turned left by 90°"),
    "rotate180": _("turned by 180°"),
    "rotate270": _("turned right by 90°"),
    "flipx": _("mirrored top to bottom"),
    "flipy": _("mirrored left to right"),
    "flipplus1": _("mirrored along a diagonal"),
    "flipminus1": _("mirrored along the other diagonal"),
}


def flag_words(flags: int) -> list[str]:
    """What the owner says about an entry besides its category, by the bits of `kavalan.lists.Flag`, in English."""
    return [words for bit, words in _FLAGS.items() if flags & bit]


def turn_words(rotation: str) -> str:
    """What must be done to a picture until it is like the list's; empty for nothing."""
    return str(_TURNS.get(rotation, rotation))
