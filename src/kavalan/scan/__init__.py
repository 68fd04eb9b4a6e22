"""Sources to fingerprints: a scan is a pure function over items that leaves immutable batches and can be resumed."""

from kavalan.scan.batch import Batch, read_batch
from kavalan.scan.errors import OutputError, RefusedError, ScanError, ScanMismatchError, StoppedError
from kavalan.scan.facts import Counts, ListFacts, Profile, ScanFacts, SeenFacts
from kavalan.scan.run import Progress, scan_source

__all__ = [
    "Batch",
    "Counts",
    "ListFacts",
    "OutputError",
    "Profile",
    "Progress",
    "RefusedError",
    "ScanError",
    "ScanFacts",
    "ScanMismatchError",
    "SeenFacts",
    "StoppedError",
    "read_batch",
    "scan_source",
]
