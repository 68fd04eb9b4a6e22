"""Sources to fingerprints: a scan is a pure function over items that leaves immutable batches and can be resumed."""

from kavalan.scan.batch import Batch, read_batch
from kavalan.scan.errors import DamagedError, OutputError, RefusedError, ScanError, ScanMismatchError, StoppedError
from kavalan.scan.estimate import Ahead
from kavalan.scan.facts import Counts, ListFacts, Profile, ScanFacts, SeenFacts
from kavalan.scan.hits import Found
from kavalan.scan.position import Position
from kavalan.scan.request import ScanRequest
from kavalan.scan.run import Progress, scan_source
from kavalan.scan.state import State, read_state
from kavalan.scan.work import Outside, run_scan

__all__ = [
    "Ahead",
    "Batch",
    "Counts",
    "DamagedError",
    "Found",
    "ListFacts",
    "OutputError",
    "Outside",
    "Position",
    "Profile",
    "Progress",
    "RefusedError",
    "ScanError",
    "ScanFacts",
    "ScanMismatchError",
    "ScanRequest",
    "SeenFacts",
    "State",
    "StoppedError",
    "read_batch",
    "read_state",
    "run_scan",
    "scan_source",
]
