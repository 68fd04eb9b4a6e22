"""An officer's app and sessions, made by verbs."""

import base64
import hashlib
import hmac
import struct
from dataclasses import dataclass, field

import pytest

from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.services import (
    Arrival,
    begin_session,
    confirm_authenticator,
    draft_authenticator,
    give_role,
)

from ..conftest import NOW

HOME = Arrival("Firefox on Linux", "192.0.2.10")


def rfc6238(secret, at):
    """A code as RFC 4226 and RFC 6238 write it, plainly."""
    digest = hmac.new(secret, struct.pack(">Q", int(at.timestamp()) // 30), hashlib.sha1).digest()
    start = digest[19] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@dataclass(frozen=True)
class App:
    """A telephone with an officer's secret, and the recovery codes that came with it."""

    secret: bytes
    recovery_codes: tuple = field(default_factory=new_recovery_codes)

    def code(self, at):
        return rfc6238(self.secret, at)


@pytest.fixture
def install():
    """Gives an officer an app."""

    def give(officer, at=NOW):
        app = App(draft_authenticator(officer=officer, now=at))
        confirm_authenticator(officer, at, code=app.code(at), recovery_codes=app.recovery_codes)
        return app

    return give


@pytest.fixture
def begin(install):
    """Begins a session of an officer, with a recovery code of a new app."""

    def do(officer, at=NOW, arrival=HOME, app=None):
        app = app or install(officer, at)
        unused = iter(app.recovery_codes)
        return begin_session(officer, at, code=next(unused), arrival=arrival)

    return do


@pytest.fixture
def give(people):
    """Alice gives a role."""
    return lambda officer, role, **options: give_role(people.alice, NOW, officer=officer, role=role, **options)


def secret_of(page):
    """The secret that an enrolment page shows for typing."""
    text = page.split('<code class="key">')[1].split("</code>")[0]
    return base64.b32decode(text.replace(" ", ""))
