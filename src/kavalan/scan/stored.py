"""What a source says the digests of an item are, beside what they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kavalan.fingerprint import Fingerprint
    from kavalan.sources import Ending, Item


def checked(item: Item, found: Fingerprint | None) -> Ending:
    """What is known of an item after reading, the digests that the source states of it compared with those taken.

    Args:
        item: has been read, or could not be.
        found: None where nothing of it could be read: its digests are then stated and not compared.
    """
    ending = item.ending()
    if not item.digests:
        return ending
    said = [*([ending.stored] if ending.stored else []), *(f"{name} {digest.hex()}" for name, digest in item.digests)]
    whole = found is not None and ending.error is None
    differs = [name for name, digest in item.digests if whole and getattr(found, name) != digest]
    verdicts = ([ending.agrees] if ending.stored else []) + [not differs if whole else None]
    errors = [ending.error, *(f"its source states another {name} than what was read has" for name in differs)]
    return replace(
        ending,
        stored=", ".join(said),
        agrees=False if False in verdicts else None if None in verdicts else True,
        error="; ".join(filter(None, errors)) or None,
    )
