"""Sources to fingerprints: a scan is a pure function over items that leaves immutable batches and can be resumed."""

from kavalan.scan.batch import Batch, read_batch
from kavalan.scan.facts import Counts, ListFacts, Profile, ScanFacts, SeenFacts
from kavalan.scan.run import Progress, ScanMismatchError, scan_source

__all__ = [
    "Batch",
    "Counts",
    "ListFacts",
    "Profile",
    "Progress",
    "ScanFacts",
    "ScanMismatchError",
    "SeenFacts",
    "read_batch",
    "scan_source",
]
