"""Chat exports, read whole: who said what, what the messenger itself said, who was there when, who administered."""

from kavalan.chats.collecting import Asked, Collected, collect
from kavalan.chats.errors import ChatError
from kavalan.chats.exports import Export, Exports, open_exports
from kavalan.chats.membership import PASSIVE, Intervals, Step
from kavalan.chats.model import (
    Account,
    Act,
    Batch,
    Certainty,
    Conversation,
    Event,
    Flag,
    Kind,
    Membership,
    Message,
    Named,
    Rostered,
    Size,
)
from kavalan.chats.reader import FORMS, ChatReader
from kavalan.chats.reading import DateOrder, Doubt, Reading
from kavalan.chats.request import ORDERS, Order, Piece, Request
from kavalan.chats.store import (
    ROLES,
    ChatMembers,
    Hit,
    Repeat,
    RoleHeld,
    Sight,
    Source,
    Store,
    Writer,
    members_of,
    repeats,
)
from kavalan.chats.tables.columns import Columns, read_columns

__all__ = [
    "FORMS",
    "ORDERS",
    "PASSIVE",
    "ROLES",
    "Account",
    "Act",
    "Asked",
    "Batch",
    "Certainty",
    "ChatError",
    "ChatMembers",
    "ChatReader",
    "Collected",
    "Columns",
    "Conversation",
    "DateOrder",
    "Doubt",
    "Event",
    "Export",
    "Exports",
    "Flag",
    "Hit",
    "Intervals",
    "Kind",
    "Membership",
    "Message",
    "Named",
    "Order",
    "Piece",
    "Reading",
    "Repeat",
    "Request",
    "RoleHeld",
    "Rostered",
    "Sight",
    "Size",
    "Source",
    "Step",
    "Store",
    "Writer",
    "collect",
    "members_of",
    "open_exports",
    "read_columns",
    "repeats",
]
