"""Every kind of question there is: each app says its own in its module `approval_kinds`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kavalan.casework.approvals.rules import Kind

_MODULE = "approval_kinds"


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of all apps by their names; found, since an app's own list would be one more place to forget."""
    found: dict[str, Kind] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, _MODULE):
            found |= {kind.name: kind for kind in import_module(f"{config.name}.{_MODULE}").KINDS}
    return found
