"""How the desk looks and is worked, the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.look import gallery as samples
from kavalan.casework.look.appearance import Keys, remember

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Choose language, light or dark, and whether single keys work; the browser remembers it, whoever sits there."""
    if request.method != "POST":
        return render(request, "look/look.html", {"keys": Keys})
    response = redirect(_way_back(request))
    remember(response, request.POST)
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of the desk."""
    return render(request, "look/keys.html")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states; nothing in it is real."""
    return render(request, "look/gallery.html", samples.context())


def _way_back(request: HttpRequest) -> str:
    """The page on which the form stood, or the one it asked for, if that is a page of this desk."""
    asked = request.POST.get("next") or request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own else reverse("look")
