"""Which database a workspace uses, from its directory or from `DATABASE_URL`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pathlib import Path

# secure_delete, because what was purged must not be read from the file's free pages.
# FULL, because an acknowledged verb must survive a power cut; IMMEDIATE, so that a writer waits at the start of its
# transaction rather than failing in the middle of it.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}
# A page's questions take milliseconds: to compile them, or to start helpers for them, takes longer than they do.
_POSTGRES_SETTINGS = "-c jit=off -c max_parallel_workers_per_gather=0"


def sqlite(path: Path) -> dict[str, Any]:
    """Django's settings for a workspace's own database file."""
    return {"ENGINE": "kavalan.casework.sqlite", "NAME": path, "OPTIONS": dict(_SQLITE_OPTIONS)}


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`.

    Without a host the programs' usual Unix socket is used; `?host=/run/somewhere` names another. Options go to libpq.

    Raises:
        ImproperlyConfigured: for any other kind of database, or without a name.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        # The address itself may carry a password: it is not repeated.
        raise ImproperlyConfigured("DATABASE_URL must read postgresql://user:password@host:port/name")
    options = dict(parse_qsl(parts.query))
    options["options"] = f"{_POSTGRES_SETTINGS} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }
