"""The verbs of the vault."""

from kavalan.casework.vault.services.kept import enter, give_out
from kavalan.casework.vault.services.nights import (
    MAY_CANCEL,
    REHASH,
    begin_rehash,
    cancel_rehash,
    finish_rehash,
    record_cured,
    record_part,
    rehash_if_due,
    stop_rehash,
    tonight,
)

__all__ = [
    "MAY_CANCEL",
    "REHASH",
    "begin_rehash",
    "cancel_rehash",
    "enter",
    "finish_rehash",
    "give_out",
    "record_cured",
    "record_part",
    "rehash_if_due",
    "stop_rehash",
    "tonight",
]
