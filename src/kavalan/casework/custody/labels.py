"""Printing labels: what they hold is the desk's own number and the reference on the memo, no name and no address."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Literal

from kavalan.casework.errors import RefusedError
from kavalan.papers import Label, LabelSheet, PaperError
from kavalan.papers.apart import render_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.custody.models import Device

Size = Literal["a4", "roll"]


def sheet(things: Sequence[Device], size: Size, now: datetime) -> bytes:
    """A PDF with a label for each thing; a second or two for hundreds.

    Raises:
        RefusedError: there is nothing to print, or it cannot be set; the text says why.
    """
    if not things:
        raise RefusedError("Nothing is there to be labelled.")
    labels = tuple(Label(thing.label_text, thing.reference) for thing in things)
    try:
        prepared = now.astimezone(UTC).replace(microsecond=0)
        return render_apart(LabelSheet(prepared_at=prepared, size=size, labels=labels))
    except PaperError as error:
        raise RefusedError(str(error)) from error
