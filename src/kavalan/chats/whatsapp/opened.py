"""A telephone's databases of WhatsApp, open, and who is told what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kavalan.chats.database import Database
    from kavalan.chats.outlet import Outlet
    from kavalan.chats.reading import Tally
    from kavalan.chats.whatsapp.moments import Moments


class Opened(NamedTuple):
    """What is read, and where it goes.

    Attributes:
        base: of the messages.
        names: of the address book; None where it did not come.
        source: SHA-256 of the source.
        outlet: is told everything.
        moments: of the source.
        tally: counts what is doubtful or cannot be read.
    """

    base: Database
    names: Database | None
    source: str
    outlet: Outlet
    moments: Moments
    tally: Tally
