"""What a row says happened between two."""

from __future__ import annotations

from typing import NamedTuple

from kavalan.chats.model import Act, Kind
from kavalan.chats.tables.line import Number


class Told(NamedTuple):
    """What a row says.

    Attributes:
        kind: a call, a short message, a payment.
        giver: who called, wrote, paid.
        taker: to whom.
        between: both, in whichever direction; of these the chat is known.
        value: seconds, or an amount.
        act: what was done; None where a message says it all.
        doubtful: the row does not say who of the two did it.
    """

    kind: Kind
    giver: Number
    taker: Number
    between: tuple[Number, Number]
    value: str
    act: Act | None
    doubtful: bool = False
