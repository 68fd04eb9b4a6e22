"""The built styles and scripts of the pages, by Vite's manifest.

Vite names each file after its content and lists the names in `static/kavalan/manifest.json`
(https://vite.dev/guide/backend-integration). The pages' policy lets a page load files from its own address only,
so everything here is an external file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MANIFEST = Path(__file__).parent / "static" / "kavalan" / "manifest.json"
ENTRY = "src/main.ts"


class AssetsNotBuiltError(Exception):
    """The styles and scripts have not been built on this machine."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What a page links to, as paths under the static root."""

    script: str
    styles: tuple[str, ...]


def built_assets(manifest: Path) -> Assets:
    """Read the manifest (a few hundred bytes, so that a new build shows at once).

    Raises:
        AssetsNotBuiltError: there is no manifest, or it lacks the entry of the pages.
    """
    try:
        entry = json.loads(manifest.read_bytes())[ENTRY]
        return Assets(f"kavalan/{entry['file']}", tuple(f"kavalan/{name}" for name in entry.get("css", ())))
    except (OSError, ValueError, KeyError) as error:
        message = f"{manifest} names no {ENTRY}: the styles and scripts are not built; run `make assets`"
        raise AssetsNotBuiltError(message) from error
