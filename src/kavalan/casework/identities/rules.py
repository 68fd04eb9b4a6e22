"""What an identity is, what of it is sealed, and the pseudonym that stands everywhere else."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Annotated, Final

import msgspec
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST: Final = {
    "name": 200,
    "other_names": 400,
    "born": 10,
    "contact": 400,
    "guardian": 400,
    "address": 600,
    "notes": 2000,
}
"""Characters of each sealed text."""
BORN: Final = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
"""A day of birth as far as it is known: 2015, 2015-04 or 2015-04-09."""

# None that reads as another or as a figure.
_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
# Four figures and none below this: neither a section of a penal code, nor a helpline, nor a year.
_LOWEST: Final = 2100
_SMALLEST: Final = 2048


class Kind(TextChoices):
    """Whose name is sealed."""

    CHILD = "child", _("child")
    REPORTER = "reporter", _("confidential reporter")
    GIVER = "giver", _("giver of a consent")
    PROTECTED = "protected", _("other protected person")


class Particulars(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sealed; each text at most as long as `LONGEST` says. Nothing of it is in its `repr`.

    Attributes:
        name: as it is written where the person lives; the only one that must be there.
        other_names: a nickname, a spelling in another script.
        born: the day, or as far as it is known (`BORN`); empty where it is not.
        contact: how to reach the person, with the safe time and way.
        guardian: who answers for a child, and how to reach them.
        address: where the person lives or stays.
        notes: what else must not be read elsewhere: school, family, what tells who it is.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST["name"])]
    other_names: Annotated[str, msgspec.Meta(max_length=LONGEST["other_names"])] = ""
    born: Annotated[str, msgspec.Meta(pattern=f"^(?:{BORN})?$")] = ""
    contact: Annotated[str, msgspec.Meta(max_length=LONGEST["contact"])] = ""
    guardian: Annotated[str, msgspec.Meta(max_length=LONGEST["guardian"])] = ""
    address: Annotated[str, msgspec.Meta(max_length=LONGEST["address"])] = ""
    notes: Annotated[str, msgspec.Meta(max_length=LONGEST["notes"])] = ""

    def __repr__(self) -> str:
        return "Particulars()"


def draw_pseudonym(year: int) -> str:
    """One of 180,000 for a year, as `K-4821/2026`: by chance, since a running number would tell how many there are."""
    return f"{secrets.choice(_LETTERS)}-{_LOWEST + secrets.randbelow(10_000 - _LOWEST)}/{year}"


def folded(text: str) -> str:
    """As names are compared: letter case, what people put between words, and marks that only join letters aside."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    joined = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in joined).split())


def names_in(text: str, particulars: Particulars) -> bool:
    """Whether a text names the person: it holds one of the words of the names that has three letters or more."""
    words = set(folded(f"{particulars.name} {particulars.other_names}").split())
    return any(len(word) >= 3 for word in words & set(folded(text).split()))


def fault(particulars: Particulars) -> str | None:
    """Why these cannot be sealed, or None: what is not as `Particulars` says could never be opened again."""
    try:
        unpacked(packed(particulars))
    except msgspec.DecodeError:
        return "The name is missing, the day of birth is not written as 2015-04-09, or a text is too long to be sealed."
    return None


def packed(particulars: Particulars) -> bytes:
    """As it is encrypted: padded to 2 KiB or a power of two above, since its length would tell how much is known."""
    told = msgspec.msgpack.encode(particulars)
    whole = len(told).to_bytes(4) + told
    size = _SMALLEST
    while size < len(whole):
        size *= 2
    return whole.ljust(size, b"\0")


def unpacked(data: bytes) -> Particulars:
    """What `packed` made.

    Raises:
        msgspec.DecodeError: it is none.
    """
    length = int.from_bytes(data[:4])
    return msgspec.msgpack.decode(data[4 : 4 + length], type=Particulars)
