"""Bounded worker processes for code that reads hostile bytes: an open file goes in, typed records come out."""

from kavalan.sandbox.confinement import Confinement
from kavalan.sandbox.errors import SandboxError, SourceError, StartError
from kavalan.sandbox.limits import Limits
from kavalan.sandbox.outcome import Failure, Outcome, Reason
from kavalan.sandbox.pool import Pool
from kavalan.sandbox.probe import probe
from kavalan.sandbox.source import Source, sealed

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
    "probe",
    "sealed",
]
