"""Sealing the name of somebody who turns out to be a child, and taking it out of what the desk holds in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.many import SealedNames
from kavalan.casework.identities.models import Identity
from kavalan.casework.identities.rules import names_in
from kavalan.casework.intake.hiding import to_hide, without
from kavalan.casework.intake.models import Indicator, Naming, Person, ReportFile
from kavalan.casework.subjects.sealing import leave_subjects
from kavalan.casework.triage.models import Bundle, Bundled
from kavalan.tips import Tip

if TYPE_CHECKING:
    from collections.abc import Collection

    from kavalan.casework.intake.models import Report
    from kavalan.casework.verbs import HouseAct


def veil(act: HouseAct, report: Report, person: Person, reason: str) -> Identity | None:
    """Seal a reported person's name, and put the pseudonym wherever in the report it stands; part of a verb.

    The original in the vault keeps what it says, and is opened on an authority.

    Args:
        act: who does it.
        report: locked.
        person: one of its reported persons.
        reason: what is said beside it, which must not name the person.

    Returns:
        The identity; None where nothing told who it is, or it is sealed already.

    Raises:
        RefusedError: the reason names the person.
        LockedError: this process holds no keys.
    """
    if person.identity_id is not None:
        return None
    tip = msgspec.convert(report.tip, Tip)
    hidden = {number: one for number, one in to_hide(tip, [person.number]).items() if number == person.number}
    if not hidden:
        return None
    (told,) = hidden.values()
    if names_in(reason, told.particulars):
        raise RefusedError("The reason is not sealed: write it without the name.")
    sealed = SealedNames([(told.kind, told.particulars)], report.desk.compartment, act.officer, act.at)
    (number,) = sealed.enter()
    person.identity = Identity.objects.get(pk=number)
    person.save(update_fields=["identity"])
    _write(report, without(tip, hidden, {person.number: person.identity.pseudonym}))
    said = tip.persons[person.number]
    _forget(act, report, [indicator.value for indicator in _contacts(person)], [*said.emails, *said.phones])
    return person.identity


def _write(report: Report, veiled: Tip) -> None:
    """The tip, and what is repeated of it."""
    report.tip = msgspec.to_builtins(veiled)
    report.save(update_fields=["tip"])
    persons, files = list(report.persons.all()), list(report.files.all())
    for row in persons:
        row.told = msgspec.to_builtins(veiled.persons[row.number])
    for file in files:
        file.told = msgspec.to_builtins(veiled.files[file.number])
    Person.objects.bulk_update(persons, ["told"])
    ReportFile.objects.bulk_update(files, ["told"])


def _contacts(person: Person) -> Collection[Indicator]:
    """Telephone numbers and addresses that were given for the person: what is sealed with the name."""
    return list(Indicator.objects.filter(namings__person=person, kind__in=("phone", "email")).distinct())


def _forget(act: HouseAct, report: Report, values: Collection[str], texts: Collection[str]) -> None:
    """Take sealed values out of what identifies, and out of what the report's own authority names."""
    gone = {*values, *texts}
    found = Indicator.objects.filter(value__in=gone, namings__report=report)
    ids = list(found.values_list("pk", flat=True).distinct())
    leave_subjects(act, ids)
    Naming.objects.filter(report=report, indicator__in=ids).delete()
    Bundled.objects.filter(report=report, bundle__indicator__in=ids).delete()
    Bundle.objects.filter(indicator__in=ids, bundled__isnull=True).delete()
    Indicator.objects.filter(pk__in=ids, namings__isnull=True, bundles__isnull=True).delete()
    if report.authority is not None:
        report.authority.accounts = [pair for pair in report.authority.accounts if pair[1] not in gone]
        report.authority.save(update_fields=["accounts"])
