"""The checkpoint that the worker makes by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from kavalan.casework import keys
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.checkpoints import carry_out, make_checkpoint
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.standing import standing
from kavalan.ledger import AnchorError, anchoring

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.ledger import Note


def checkpoint_now(now: datetime) -> Note:
    """Make a checkpoint with the keys that this process holds, and carry it to where the settings say.

    Raises:
        RefusedError: the keys are locked, there is nothing to sign, or what there is does not hold.
        AnchorError: it was made and cannot be carried out.
    """
    signing = keys.held().ledger
    return make_checkpoint(signing, trusted_keys(settings.KAVALAN_WORKSPACE), settings.KAVALAN_ANCHOR, now)


def checkpoint_if_due(now: datetime) -> str | None:
    """Make a checkpoint when entries have waited for one long enough; carry out what could not be carried before.

    Returns:
        What came of it, for the log; None where nothing was to be done.
    """
    stands = standing(settings.KAVALAN_ANCHOR)
    try:
        if stands.is_due(now, timedelta(minutes=settings.KAVALAN_CHECKPOINT_MINUTES)):
            return f"checkpoint of {checkpoint_now(now).checkpoint.size} entries"
        if stands.is_behind:
            with anchoring(settings.KAVALAN_ANCHOR):
                carry_out(settings.KAVALAN_ANCHOR)
            return f"the checkpoint of {stands.covered} entries was carried out late"
    except AnchorError:
        return "the checkpoint cannot be carried to the anchor's file; the ledger's page says more"
    except RefusedError as refusal:
        return f"no checkpoint: {refusal}"
    return None
