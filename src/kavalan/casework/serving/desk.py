"""The processes of a desk: gunicorn on a socket that the supervisor holds, and the worker."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kavalan.casework.errors import DeskError
from kavalan.casework.keys import DESCRIPTOR
from kavalan.casework.origin import parse_origin
from kavalan.casework.serving.child import Child
from kavalan.casework.serving.line import tell
from kavalan.casework.serving.supervisor import supervise

if TYPE_CHECKING:
    from collections.abc import Sequence

_TETHERED = (sys.executable, "-m", "kavalan.casework.serving.tether")
_GUNICORN = ("gunicorn", "--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning")
# Less than the supervisor's own patience, so that the server ends its requests by itself.
_GRACEFUL = ("--graceful-timeout", "5")


class ServingError(DeskError):
    """The desk cannot be served so; the text says what to do."""


def serve(bind: str, *, decoders: int | None, keys: int | None = None) -> bool:
    """Serve the workspace of this process's environment until told to end.

    Args:
        bind: `host:port`; port 0 takes a free one, and the log names it.
        decoders: sandboxed processes of the worker that read evidence; None runs no worker.
        keys: the descriptor in which its processes find the unlocked keys, each time they start; None locks them.

    Returns:
        Whether it was told to end; otherwise one of its processes failed too often.

    Raises:
        ServingError: nothing can listen there, or passwords would cross a network in clear.
    """
    if keys is not None:
        os.environ[DESCRIPTOR] = str(keys)
    with _listener(bind) as listener:
        tell("desk", f"listening at {listener.getsockname()[0]}:{listener.getsockname()[1]}")
        return supervise(_children(listener.fileno(), decoders, keys), lambda what: tell("desk", what))


def _children(listening: int, decoders: int | None, keys: int | None) -> Sequence[Child]:
    given = () if keys is None else (keys,)
    gunicorn = (*_TETHERED, *_GUNICORN, *_GRACEFUL, "--bind", f"fd://{listening}", "kavalan.casework.wsgi")
    children = [Child("web server", gunicorn, (listening, *given))]
    if decoders is not None:
        worker = (*_TETHERED, "kavalan.casework.serving.duty", "--decoders", str(decoders))
        children.append(Child("worker", worker, given))
    return children


def _listener(bind: str) -> socket.socket:
    """Held by the supervisor: while the web server starts again, browsers wait instead of being refused."""
    try:
        parts = urlsplit(f"//{bind}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None:
        message = f"{bind!r} is no address to listen at; write host:port"
        raise ServingError(message)
    _require_cover(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        message = f"nothing can listen at {bind}: {os.strerror(error.errno) if error.errno else error}"
        raise ServingError(message) from error


def _require_cover(host: str) -> None:
    origin = parse_origin(os.environ.get("KAVALAN_ORIGIN", "http://127.0.0.1:8000"))
    if host not in {"localhost", "::1"} and not host.startswith("127.") and not origin.encrypted:
        raise ServingError(
            "this address is reached from a network, on which passwords would travel in clear; listen at 127.0.0.1, "
            "or set KAVALAN_ORIGIN to the https:// address of the proxy that stands before the desk"
        )
