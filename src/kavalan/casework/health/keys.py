"""The keys of a workspace, as far as their files tell without the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.health.finding import Finding
from kavalan.casework.keys import LEDGER_RECOVERY, UNIT, are_founded, keys_of
from kavalan.casework.ledger.keyring import key_file
from kavalan.casework.workspace import vault_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AGE: Final = b"age-encryption.org/v1\n"
_PEM: Final = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
_RESTORE: Final = "put it back from a backup made --with-keys"


def wrapped(path: Path) -> Iterator[Finding]:
    """Whether there are keys, all of them, each wrapped; and a vault of theirs."""
    has_vault = (vault_of(path) / "vault.json").is_file()
    if not are_founded(path):
        cure = _RESTORE if has_vault else f"`kavalan keys found --workspace {path}`"
        text = "the vault's keys are not there" if has_vault else "there are none: what needs them is refused"
        yield Finding("keys", text, cure)
        return
    faults = [fault for fault in _faults(path) if fault]
    if not has_vault:
        faults.append(Finding("vault", "its vault.json is not there", _vault_cure(path)))
    yield from faults or [Finding("keys", "wrapped by a passphrase and for the recovery key")]


def _faults(path: Path) -> Iterator[Finding | None]:
    folder = keys_of(path)
    for name in (UNIT, "recovery.age", LEDGER_RECOVERY):
        yield _begins(folder / name, _AGE, _RESTORE)
    yield _begins(key_file(path), _PEM, f"{_RESTORE}; or `kavalan vault recover {path} --recovery FILE`")


def _begins(file: Path, beginning: bytes, cure: str) -> Finding | None:
    try:
        with file.open("rb") as stream:
            begins = stream.read(len(beginning)) == beginning
    except OSError as error:
        return Finding("keys", f"{file}: {error.strerror}", cure)
    return None if begins else Finding("keys", f"{file} is not a key that is wrapped as it should be", cure)


def _vault_cure(path: Path) -> str:
    if vault_of(path).is_dir():
        return "put it back from a backup; without it nothing in the vault is opened"
    return f"`kavalan keys found --workspace {path}`"
