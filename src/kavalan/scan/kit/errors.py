"""What can go wrong with a field kit."""

from __future__ import annotations

from kavalan.scan.manifest.errors import ManifestError


class KitError(ManifestError):
    """A field kit cannot be made here, or this is none; the message says why and what to do."""
