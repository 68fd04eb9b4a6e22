"""Text → identifiers: telephones, accounts, addresses, payments; and folding, so that one spelling finds all."""

from kavalan.identifiers.find import find
from kavalan.identifiers.fold import Folded, ascii_digits, fold, fold_with_way_back, keeps_places, words
from kavalan.identifiers.model import Identifier, Kind, Surety
from kavalan.identifiers.numbers import luhn_holds
from kavalan.identifiers.phones import country_of, regions
from kavalan.identifiers.sounds import SHORTEST as SHORTEST_SOUND
from kavalan.identifiers.sounds import sounds_like
from kavalan.identifiers.terms import Term, TermError, TermFound, Terms, read_terms

__all__ = [
    "SHORTEST_SOUND",
    "Folded",
    "Identifier",
    "Kind",
    "Surety",
    "Term",
    "TermError",
    "TermFound",
    "Terms",
    "ascii_digits",
    "country_of",
    "find",
    "fold",
    "fold_with_way_back",
    "keeps_places",
    "luhn_holds",
    "read_terms",
    "regions",
    "sounds_like",
    "words",
]
