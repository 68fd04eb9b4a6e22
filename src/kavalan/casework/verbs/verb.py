"""Verbs by construction.

A verb's body takes an `Act` and returns what it did; calling the verb asks authority and access, opens the transaction,
runs the body, writes what can be found of its subject, and appends one ledger entry as the last statement. There is no
other way to write.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection, transaction

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.selectors import ask
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.ledger.append import append
from kavalan.casework.search.indexing import written
from kavalan.casework.verbs.act import Act, Done, HouseAct, Matter, Subject

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import Model

    from kavalan.casework.access.models import Role
    from kavalan.casework.authority.models import Authority, Override
    from kavalan.casework.authority.rules import Activity

P = ParamSpec("P")
R = TypeVar("R")
Object = TypeVar("Object", bound=Matter)


class Verb(Generic[Object, P, Subject]):
    """Something an officer does to an object on an authority."""

    def __init__(
        self,
        name: str,
        activity: Activity,
        roles: frozenset[Role],
        body: Callable[Concatenate[Act, Object, P], Done[Subject]],
    ) -> None:
        self.name = name
        self.activity = activity
        self._roles = roles
        self._body = body
        self.__doc__ = body.__doc__

    def __call__(
        self, actor: Officer, authority: Authority, matter: Object, at: datetime, *args: P.args, **kwargs: P.kwargs
    ) -> Subject:
        """Do it, or raise `RefusedError` and leave nothing written."""
        act = Act(actor, authority, at)

        def checked() -> Done[Subject]:
            override = self.ask(actor, authority, matter, at)
            done = self._body(act, matter, *args, **kwargs)
            if override is None:
                return done
            return Done(done.subject, {**done.payload, "override": str(override.public_id)})

        return _perform(self.name, actor, authority, at, checked)

    def ask(self, actor: Officer, authority: Authority, matter: Matter, at: datetime) -> Override | None:
        """Ask authority and access without doing anything; long work asks again as it goes on.

        Returns:
            The emergency override that it would be done under, None where the authority itself permits it.

        Raises:
            RefusedError: when the officer may not do this now; the text says why.
        """
        _require_active(actor)
        if not self._roles & roles_in(actor, matter.compartment_ids(), at):
            raise RefusedError(
                "Your role where this lies does not extend to this. A supervisor there can give you one."
            )
        return ask(authority, actor, self.activity, matter.scope_reference(), at)


class HouseVerb(Generic[P, Subject]):
    """Something the house itself needs, for which no authority is asked: founding, enrolling, recording, stopping."""

    def __init__(self, name: str, unattended: bool, body: Callable[Concatenate[HouseAct, P], Done[Subject]]) -> None:
        self.name = name
        self._unattended = unattended
        self._body = body
        self.__doc__ = body.__doc__

    def __call__(self, actor: Officer | None, at: datetime, *args: P.args, **kwargs: P.kwargs) -> Subject:
        """Do it, or raise `RefusedError` with nothing written; nobody (None) acts only while there is no officer."""
        act = HouseAct(actor, at)

        def checked() -> Done[Subject]:
            if not self._unattended:
                _require_active(actor)
            return self._body(act, *args, **kwargs)

        return _perform(self.name, actor, None, at, checked)


class Step(Generic[P, R]):
    """One short transaction within work that a verb began and a verb will end; it writes the named tables only.

    The ledger holds the beginning, the end and a digest over what the steps loaded: never one entry per step.
    """

    def __init__(self, models: tuple[type[Model], ...], body: Callable[P, R]) -> None:
        self._tables = frozenset(model._meta.db_table for model in models)
        self._body = body
        self.__doc__ = body.__doc__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it whole or not at all."""
        with transaction.atomic(durable=True), writing(self._tables):
            return self._body(*args, **kwargs)


def verb(
    name: str, *, activity: Activity, roles: frozenset[Role]
) -> Callable[[Callable[Concatenate[Act, Object, P], Done[Subject]]], Verb[Object, P, Subject]]:
    """Make a verb: an officer with one of the roles does it on an authority that permits the activity."""
    return lambda body: Verb(name, activity, roles, body)


def house_verb(
    name: str, *, unattended: bool = False
) -> Callable[[Callable[Concatenate[HouseAct, P], Done[Subject]]], HouseVerb[P, Subject]]:
    """Make a verb that needs no authority; `unattended` where it is recorded even if its officer has left."""
    return lambda body: HouseVerb(name, unattended, body)


def step(*models: type[Model]) -> Callable[[Callable[P, R]], Step[P, R]]:
    """Make a step that writes these models' tables."""
    return lambda body: Step(models, body)


def _perform(
    name: str, actor: Officer | None, authority: Authority | None, at: datetime, checked: Callable[[], Done[Subject]]
) -> Subject:
    # Asked inside the transaction: what is allowed at the start of it is still allowed at its end.
    with transaction.atomic(durable=True), writing(_all_tables()):
        done = checked()
        written(done.subject)
        append(name, actor=actor, authority=authority, at=at, subject=done.subject, payload=done.payload)
    return done.subject


@cache
def _all_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models())


def _require_active(actor: Officer | None) -> None:
    if actor is None:
        if Officer.objects.exists():
            raise RefusedError("The workspace has officers: one of them must do this.")
    elif not _works_here(actor):
        raise RefusedError("This officer no longer works here.")


def _works_here(officer: Officer) -> bool:
    # Written out: every verb asks it while other writers wait, and a query set takes ten times as long to put together.
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_officer WHERE id = %s AND is_active", [officer.pk])
        return cursor.fetchone() is not None
