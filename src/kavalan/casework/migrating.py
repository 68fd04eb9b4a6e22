"""Migrations in a third of the time: what stands for the models while they run is drawn anew only where it changed.

For each table, index and constraint Django draws every model anew that is related to the one it belongs to, and in a
desk nearly all are, by their officers. A model that did not exist has nothing that points at it, and an index or a
constraint changes no relation, so that here one model is drawn, or none.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.migrations.state import ModelState, StateApps
    from django.db.models import Index
    from django.db.models.constraints import BaseConstraint

_DJANGOS = {name: getattr(ProjectState, name) for name in ("add_model", "add_index", "add_constraint")}


@contextmanager
def drawn_sparingly() -> Iterator[None]:
    """A context in which migrations draw what changed; no other thread may migrate meanwhile."""
    ours = {"add_model": _add_model, "add_index": _add_index, "add_constraint": _add_constraint}
    for name, function in ours.items():
        setattr(ProjectState, name, function)
    try:
        yield
    finally:
        for name, function in _DJANGOS.items():
            setattr(ProjectState, name, function)


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    if apps := _undrawn(state, "add_model", model_state):
        apps.render_multiple([model_state])


def _add_index(state: ProjectState, app_label: str, model_name: str, index: Index) -> None:
    if apps := _undrawn(state, "add_index", app_label, model_name, index):
        apps.get_model(app_label, model_name)._meta.indexes = list(
            state.models[app_label, model_name].options["indexes"]
        )


def _add_constraint(state: ProjectState, app_label: str, model_name: str, constraint: BaseConstraint) -> None:
    if apps := _undrawn(state, "add_constraint", app_label, model_name, constraint):
        meta = apps.get_model(app_label, model_name)._meta
        meta.constraints = list(state.models[app_label, model_name].options["constraints"])
        vars(meta).pop("total_unique_constraints", None)  # counted once, when it was first asked for


def _undrawn(state: ProjectState, name: str, *arguments: object) -> StateApps | None:
    """Have Django change the state as if no model were drawn yet, which it then leaves so; those that are."""
    apps: StateApps | None = vars(state).pop("apps", None)
    _DJANGOS[name](state, *arguments)
    if apps is not None:
        vars(state)["apps"] = apps
    return apps
