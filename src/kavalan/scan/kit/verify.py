"""Is a stick the kit that was made. To be asked of a Kavalan that is not on the stick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kavalan.ledger import PublicKey
from kavalan.scan.kit.make import ASIDE, SIGNATURE, Kit, read_kit
from kavalan.scan.manifest.errors import SignatureError
from kavalan.scan.manifest.files import file_faults
from kavalan.scan.manifest.signature import checked_signature


@dataclass(frozen=True, slots=True)
class KitVerdict:
    """What a look at a kit found.

    Attributes:
        kit: what it says it holds.
        signer: whose signature holds; None where there is none that does.
        trusted: whether that key is.
        faults: what is not as it was made, a sentence each.
    """

    kit: Kit
    signer: PublicKey | None
    trusted: bool
    faults: tuple[str, ...]


def verify_kit(root: Path, trusted: Sequence[PublicKey] = ()) -> KitVerdict:
    """Read every byte of a kit and compare it with what was made.

    Args:
        root: of the kit.
        trusted: keys whose signature is believed.

    Raises:
        MalformedError: it says nothing that could be compared with.
    """
    kit, data = read_kit(root)
    signer, faults = None, []
    try:
        signer = checked_signature(root / SIGNATURE, data)
    except FileNotFoundError:
        if kit.signer:
            faults.append(f"{SIGNATURE} is missing, and the kit says that it was signed")
    except (SignatureError, OSError) as error:
        faults.append(f"{SIGNATURE} does not hold: {error}")
    if signer is not None and signer.fingerprint != kit.signer:
        signer, faults = None, [f"{SIGNATURE} is by another key than the kit names"]
    faults += file_faults(root, kit.files, ASIDE)
    return KitVerdict(kit, signer, signer in trusted, tuple(faults))
