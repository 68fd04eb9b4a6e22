"""Bounded worker processes for code that reads hostile bytes: an open file goes in, typed records come out."""

from kavalan.sandbox.confinement import Confinement
from kavalan.sandbox.errors import SandboxError, SourceError, StartError
from kavalan.sandbox.limits import Limits
from kavalan.sandbox.outcome import Failure, Outcome, Reason
from kavalan.sandbox.pool import Pool
from kavalan.sandbox.printable import printable
from kavalan.sandbox.probe import probe
from kavalan.sandbox.source import Source, is_sealed, memory_file, seal, sealed
from kavalan.sandbox.storable import storable
from kavalan.sandbox.stream import Stream, Streamer

__all__ = [
    "Confinement",
    "Failure",
    "Limits",
    "Outcome",
    "Pool",
    "Reason",
    "SandboxError",
    "Source",
    "SourceError",
    "StartError",
    "Stream",
    "Streamer",
    "is_sealed",
    "memory_file",
    "printable",
    "probe",
    "seal",
    "sealed",
    "storable",
]
