"""An officer's authenticator app and recovery codes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from kavalan.casework.accounts import totp
from kavalan.casework.accounts.keeping import open_secret, recovery_digest, seal_secret
from kavalan.casework.accounts.models import Authenticator, Officer, RecoveryCode
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

WRONG_CODE = gettext_noop("This code is not right, or it was used already. Wait for the next one and type it.")
_DRAFT_LASTS = timedelta(minutes=15)


@step(Authenticator)
def draft_authenticator(*, officer: Officer, now: datetime) -> bytes:
    """The secret that an officer's app is to take, the same for a quarter of an hour; it is worth nothing yet.

    Raises:
        RefusedError: when the officer has an app already.
    """
    draft = Authenticator.objects.select_for_update().filter(officer=officer).first()
    if draft is not None and draft.confirmed_at is not None:
        raise RefusedError("You have an authenticator app already. An administrator can reset it.")
    if draft is not None and now - draft.made_at < _DRAFT_LASTS:
        kept = open_secret(bytes(draft.sealed), officer.public_id)
        if kept is not None:
            return kept
    secret = totp.new_secret()
    fields = {"sealed": seal_secret(secret, officer.public_id), "made_at": now}
    Authenticator.objects.update_or_create(officer=officer, defaults=fields)
    return secret


@house_verb("authenticator.confirm")
def confirm_authenticator(act: HouseAct, *, code: str, recovery_codes: Collection[str]) -> Done[Authenticator]:
    """The officer's app shows the right code: from now on it is asked for, or one of the recovery codes.

    The code is not used up by this, so that it can begin the first session.

    Raises:
        RefusedError: when there is nothing to confirm, or the code is wrong.
    """
    draft = Authenticator.objects.select_for_update().filter(officer=act.officer, confirmed_at__isnull=True).first()
    secret = open_secret(bytes(draft.sealed), act.officer.public_id) if draft else None
    digits = totp.tidy_code(code)
    if draft is None or secret is None or digits is None:
        raise RefusedError(WRONG_CODE)
    if totp.matching_step(secret, digits, act.at, draft.last_step) is None:
        raise RefusedError(WRONG_CODE)
    draft.confirmed_at = act.at
    draft.save(update_fields=["confirmed_at"])
    _replace_codes(act.officer, recovery_codes)
    return Done(draft)


@house_verb("recovery_codes.renew")
def renew_recovery_codes(act: HouseAct, *, code: str, recovery_codes: Collection[str]) -> Done[Authenticator]:
    """New recovery codes in place of the old ones.

    Raises:
        RefusedError: when the code of the app is wrong or used.
    """
    if not use_code(act.officer, code, act.at):
        raise RefusedError(WRONG_CODE)
    _replace_codes(act.officer, recovery_codes)
    return Done(Authenticator.objects.get(officer=act.officer))


def use_code(officer: Officer, typed: str, now: datetime) -> bool:
    """Use up a code of the officer's app; False, and nothing used, where it is wrong or was used; part of a verb."""
    digits = totp.tidy_code(typed)
    authenticator = Authenticator.objects.filter(officer=officer, confirmed_at__isnull=False).first()
    secret = open_secret(bytes(authenticator.sealed), officer.public_id) if authenticator else None
    if digits is None or authenticator is None or secret is None:
        return False
    used = totp.matching_step(secret, digits, now, authenticator.last_step)
    if used is None:
        return False
    # In the statement itself, so that of two requests with the same code one is refused.
    return bool(Authenticator.objects.filter(pk=authenticator.pk, last_step__lt=used).update(last_step=used))


def use_recovery_code(officer: Officer, typed: str, now: datetime) -> bool:
    """Use up one of the officer's recovery codes; False where it is none of them, or was used; part of a verb."""
    unused = RecoveryCode.objects.filter(officer=officer, digest=recovery_digest(typed, officer.public_id))
    return bool(unused.filter(used_at__isnull=True).update(used_at=now))


def _replace_codes(officer: Officer, codes: Collection[str]) -> None:
    RecoveryCode.objects.filter(officer=officer).delete()
    kept = [RecoveryCode(officer=officer, digest=recovery_digest(code, officer.public_id)) for code in codes]
    RecoveryCode.objects.bulk_create(kept)
