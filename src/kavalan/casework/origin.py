"""The address at which the desk is reached, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port as a browser writes them.

    Attributes:
        text: `https://desk.example` or, on this machine only, `http://127.0.0.1:8000`.
        hosts: the names under which requests are answered.
        encrypted: whether cookies travel over TLS only.
    """

    text: str
    hosts: tuple[str, ...]
    encrypted: bool


def parse_origin(text: str) -> Origin:
    """Read an origin.

    Raises:
        ImproperlyConfigured: when it is not one, or passwords would cross a network in clear.
    """
    parts = urlsplit(text)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.path:
        raise ImproperlyConfigured("KAVALAN_ORIGIN must read https://name[:port], without a path")
    local = host in _LOOPBACK
    if parts.scheme == "http" and not local:
        raise ImproperlyConfigured(
            "KAVALAN_ORIGIN is http:// on a network: passwords would travel in clear; use https://"
        )
    return Origin(text, _LOOPBACK if local else (host,), parts.scheme == "https")
