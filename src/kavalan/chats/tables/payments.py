"""Rows of statements of accounts and of UPI payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.chats.model import Act, Kind
from kavalan.chats.tables.cells import amount_of
from kavalan.chats.tables.line import Number
from kavalan.chats.tables.told import Told
from kavalan.identifiers import Kind as Named
from kavalan.identifiers import find

if TYPE_CHECKING:
    from decimal import Decimal

    from kavalan.chats.tables.columns import Columns
    from kavalan.chats.tables.line import Line


def payment_in(line: Line, columns: Columns, holder: Number) -> Told | None:
    """A payment; None for a line without an amount, such as an opening balance.

    Args:
        line: of the statement.
        columns: how it is to be read.
        holder: whose account it is, where no column says it.
    """
    amount, outgoing = _amount(line, columns)
    if amount is None:
        return None
    payer, payee = line.number("payer"), line.number("payee")
    if payer.said and payee.said:
        return Told(Kind.PAYMENT, payer, payee, (payer, payee), str(amount), Act.PAID)
    own = line.number("holder") if line.value("holder") else holder
    other = line.number("party")
    other = other if other.said else payee if payee.said else payer if payer.said else _named(line, own)
    if outgoing is None:
        return Told(Kind.PAYMENT, Number(), Number(), (own, other), str(amount), Act.PAID, doubtful=True)
    giver, taker = (own, other) if outgoing else (other, own)
    return Told(Kind.PAYMENT, giver, taker, (own, other), str(amount), Act.PAID)


def _amount(line: Line, columns: Columns) -> tuple[Decimal | None, bool | None]:
    """How much, and whether it went from the account."""
    for cell, outgoing in ((line.value("debit"), True), (line.value("credit"), False)):
        amount, _ = amount_of(cell)
        if amount:
            return amount, outgoing
    amount, side = amount_of(line.value("amount"))
    if not amount:
        return None, None
    said = line.outgoing(columns.words)
    return amount, said if said is not None else {"dr": True, "cr": False}.get(side)


def _named(line: Line, own: Number) -> Number:
    """With whom, by the first payment address in the narration that is not the holder's own."""
    for found in find(line.value("narration"), region=None):
        if found.kind is Named.UPI and found.value != own.said.lower():
            return Number(found.value)
    return Number()
