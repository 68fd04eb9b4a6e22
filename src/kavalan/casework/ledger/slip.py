"""The slip: a page with one checkpoint, to be printed, signed by an officer and filed where no computer reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.ledger import Note, PublicKey


def slip(note: Note, key: PublicKey, printed: datetime) -> str:
    """The page, whole in one file: size, root in groups of four digits, the signed text, and a QR code that holds it.

    `kavalan.ledger.statements_in` reads the checkpoint back from the file; from paper a scanner of QR codes gives the
    same text, or a person types the number of entries and the root.

    Args:
        note: the checkpoint.
        key: that signed it.
        printed: when, aware UTC.
    """
    return render_to_string("ledger/slip.html", slip_context(note, key, printed))


def slip_context(note: Note, key: PublicKey, printed: datetime) -> dict[str, object]:
    """What stands on it, for this page and for the desk's; as `slip` is given it."""
    digits = note.checkpoint.root.hex()
    # M: fifteen parts in a hundred may be lost to a fold or a stamp.
    code = segno.make(note.text, error="m", micro=False, encoding="utf-8")
    return {
        "checkpoint": note.checkpoint,
        "note": note.text,
        "lines": [_groups(digits[first : first + 16]) for first in range(0, 64, 16)],
        "key": key.spoken.splitlines(),
        "printed": printed,
        "code": code.svg_inline(scale=4, border=4, omitsize=True, title="The checkpoint as a QR code", lineclass=None),
    }


def _groups(digits: str) -> list[str]:
    return [digits[first : first + 4] for first in range(0, len(digits), 4)]
