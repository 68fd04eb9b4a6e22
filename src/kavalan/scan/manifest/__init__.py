"""The manifest of a scan: what it was, every file of its result, and the signature of who made it."""

from kavalan.ledger import KeyFileError, PublicKey, SigningKey, new_key, open_key, read_public
from kavalan.scan.manifest.canonical import canonical
from kavalan.scan.manifest.errors import (
    AlteredError,
    DifferentToolsError,
    IncompleteError,
    MalformedError,
    ManifestError,
    SignatureError,
    UnknownSignerError,
)
from kavalan.scan.manifest.model import MANIFEST, SIGNATURE, FileFacts, Manifest, SourceFacts, read_manifest
from kavalan.scan.manifest.reproduce import Comparison, changed_means, differences, told
from kavalan.scan.manifest.result import Result, open_result
from kavalan.scan.manifest.signature import checked_signature, signature_text
from kavalan.scan.manifest.tables import Difference
from kavalan.scan.manifest.verify import Standing, Verdict, sentences, verify
from kavalan.scan.manifest.write import replace_signed, write_manifest

__all__ = [
    "MANIFEST",
    "SIGNATURE",
    "AlteredError",
    "Comparison",
    "Difference",
    "DifferentToolsError",
    "FileFacts",
    "IncompleteError",
    "KeyFileError",
    "MalformedError",
    "Manifest",
    "ManifestError",
    "PublicKey",
    "Result",
    "SignatureError",
    "SigningKey",
    "SourceFacts",
    "Standing",
    "UnknownSignerError",
    "Verdict",
    "canonical",
    "changed_means",
    "checked_signature",
    "differences",
    "new_key",
    "open_key",
    "open_result",
    "read_manifest",
    "read_public",
    "replace_signed",
    "sentences",
    "signature_text",
    "told",
    "verify",
    "write_manifest",
]
