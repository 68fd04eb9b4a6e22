"""Where items come from: each source is a stream of items, and nothing of a source is opened before it is asked for."""

from kavalan.sources.chosen import Chosen
from kavalan.sources.folder import single_file, walk_folder
from kavalan.sources.item import Algorithm, Ending, Item, State
from kavalan.sources.limits import SourceLimits
from kavalan.sources.place import Part, Place, below, parse, shown
from kavalan.sources.source import LentSource, Source, open_source
from kavalan.sources.trace import Act, Mention, Trace

__all__ = [
    "Act",
    "Algorithm",
    "Chosen",
    "Ending",
    "Item",
    "LentSource",
    "Mention",
    "Part",
    "Place",
    "Source",
    "SourceLimits",
    "State",
    "Trace",
    "below",
    "open_source",
    "parse",
    "shown",
    "single_file",
    "walk_folder",
]
