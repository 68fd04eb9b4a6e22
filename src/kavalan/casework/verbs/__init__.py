"""Everything that changes the desk is a verb: who, on what authority, to what, when, and one entry in the ledger."""

from kavalan.casework.verbs.act import Act, Done, HouseAct, Matter
from kavalan.casework.verbs.verb import HouseVerb, Step, Verb, house_verb, step, verb

__all__ = ["Act", "Done", "HouseAct", "HouseVerb", "Matter", "Step", "Verb", "house_verb", "step", "verb"]
