"""Every sort there is: each app says its own in its module `waits`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kavalan.casework.mydesk.sort import Sort

_MODULE = "waits"


@cache
def sorts() -> Mapping[str, Sort]:
    """The sorts of all apps by their names; found, since a list here would be one more place to forget."""
    found: dict[str, Sort] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, _MODULE):
            found |= {sort.name: sort for sort in import_module(f"{config.name}.{_MODULE}").SORTS}
    return found
