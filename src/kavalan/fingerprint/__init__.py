"""Bytes to fingerprints: digests, PDQ of pictures, frames of videos, and the kind of a file by its content.

from kavalan.fingerprint import fingerprint_file
found = fingerprint_file("photo.jpg")
print(found.kind, found.sha256.hex(), found.pdq.hex(), found.pdq_quality)
"""

from kavalan.fingerprint.decoding import Decoded
from kavalan.fingerprint.fingerprinter import Fingerprinter, fingerprint_file
from kavalan.fingerprint.reading import Readable, Reading, Streamed
from kavalan.fingerprint.record import DIHEDRAL, MATCHABLE_QUALITY, Fingerprint, Frame

__all__ = [
    "DIHEDRAL",
    "MATCHABLE_QUALITY",
    "Decoded",
    "Fingerprint",
    "Fingerprinter",
    "Frame",
    "Readable",
    "Reading",
    "Streamed",
    "fingerprint_file",
]
