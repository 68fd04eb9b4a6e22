"""Who an officer is: badge and password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password

from kavalan.casework.accounts.models import Officer

if TYPE_CHECKING:
    from django.http import HttpRequest


class BadgeBackend(BaseBackend):
    """Signs an officer in by badge and password.

    It writes nothing: Django's own backend may re-hash the password, a write outside a verb.
    """

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 Django's signature
        **credentials: str | None,
    ) -> Officer | None:
        """The officer, or None where badge and password do not belong together or the officer is no longer active.

        Args:
            request: unused.
            credentials: `username` is the badge, `password` the password, as Django's sign-in form names them.
        """
        badge, password = credentials.get("username") or "", credentials.get("password") or ""
        officer = Officer.objects.select_related("unit").filter(badge=badge, is_active=True).first()
        if officer is None:
            # As much work as for a known badge, so that the time of the answer does not tell which badges exist.
            make_password(password)
            return None
        return officer if check_password(password, officer.password) else None

    def get_user(self, user_id: int) -> Officer | None:
        """The officer of a session, as long as they are active."""
        return Officer.objects.select_related("unit").filter(pk=user_id, is_active=True).first()
