"""What every page tells the browser it may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

_POLICY = {
    # Nothing from elsewhere, nothing inline, no eval: a file name cannot become a program.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    # What is seen at the desk is not kept in a browser's cache.
    "Cache-Control": "no-store",
}


def page_policy(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Add the policy to every answer that is not a static file."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for header, value in _POLICY.items():
            # What is given out as a file is allowed less than a page.
            response.headers.setdefault(header, value)
        return response

    return middleware
