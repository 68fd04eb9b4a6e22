"""Text → identifiers: telephones, accounts, addresses, payments; and folding, so that one spelling finds all."""

from kavalan.identifiers.find import find
from kavalan.identifiers.fold import Folded, ascii_digits, fold, fold_with_way_back, words
from kavalan.identifiers.model import Identifier, Kind, Surety
from kavalan.identifiers.numbers import luhn_holds
from kavalan.identifiers.phones import country_of

__all__ = [
    "Folded",
    "Identifier",
    "Kind",
    "Surety",
    "ascii_digits",
    "country_of",
    "find",
    "fold",
    "fold_with_way_back",
    "luhn_holds",
    "words",
]
