"""What a source records of the use of a file: that it was opened, sent on, thrown away."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Act = Literal["opened", "sent", "forwarded", "received", "saved", "trashed", "previewed"]
"""`previewed`: only a small picture of it was made, which a program may do without a person."""


class Trace(msgspec.Struct, frozen=True):
    """One record of use. It says what a device or a program wrote down, never what a person meant.

    Attributes:
        act: what happened.
        evidence: the record that says so, in a sentence for a reader: which file, which table, which field.
        at: when, microseconds from 1970 in UTC; None where the record does not say.
        count: how often, where the record counts.
    """

    act: Act
    evidence: Annotated[str, msgspec.Meta(max_length=400)]
    at: int | None = None
    count: Annotated[int, msgspec.Meta(ge=0)] | None = None


class Mention(msgspec.Struct, frozen=True):
    """A trace of a file in a database that lies elsewhere in the source.

    Attributes:
        container: path of the item that is the database.
        subject: the end of the path of the file that is meant, as the database spells it, without a leading `/`.
        trace: what is recorded of it.
    """

    container: bytes
    subject: bytes
    trace: Trace
