"""Codes of an authenticator app: RFC 6238 with SHA-1, six digits, thirty seconds, which every app knows."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from typing import TYPE_CHECKING

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

if TYPE_CHECKING:
    from datetime import datetime

SECRET_SIZE = 20
"""Bytes of a secret: RFC 4226 recommends 160 bits."""
STEP_SECONDS = 30
DRIFT_STEPS = 1
"""How many steps before and after the present one count: a clock half a minute off, a code typed slowly."""
_DIGITS = 6
_CODE = re.compile(r"[0-9]{6}")


def new_secret() -> bytes:
    """A secret that nobody can guess."""
    return secrets.token_bytes(SECRET_SIZE)


def step_at(at: datetime) -> int:
    """The number of the thirty seconds in which a moment lies."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The six digits that an app shows during a step."""
    # RFC 6238 names SHA-1's HMAC, which its known collisions do not touch; apps ignore any other algorithm.
    return TOTP(secret, _DIGITS, SHA1(), STEP_SECONDS).generate(step * STEP_SECONDS).decode()  # noqa: S303


def tidy_code(typed: str) -> str | None:
    """The six digits that somebody typed, spaces or not; None where it is something else."""
    digits = "".join(typed.split())
    return digits if _CODE.fullmatch(digits) else None


def matching_step(secret: bytes, code: str, at: datetime, after: int) -> int | None:
    """The step whose code this is, within the drift and later than the last one used; None where there is none."""
    now, found = step_at(at), None
    # Every candidate is compared, so that time does not tell which one it was.
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def otpauth_uri(secret: bytes, badge: str) -> str:
    """What the QR code says, as apps read it."""
    return TOTP(secret, _DIGITS, SHA1(), STEP_SECONDS).get_provisioning_uri(badge, "Kavalan")  # noqa: S303


def typed_form(secret: bytes) -> str:
    """The secret in groups of four, for whoever types it."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_svg(text: str) -> str:
    """A QR code as SVG for the page itself, black on white in either colour scheme: scanners expect that."""
    return segno.make(text, error="m", micro=False).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
