"""Answering a fact, and changing the rules: each leads to a new look, and the old ones stay."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, Q, Subquery

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Desk, Report
from kavalan.casework.intake.rules import INTAKE, Standing
from kavalan.casework.said import required
from kavalan.casework.triage.looking import Occasion, look
from kavalan.casework.triage.models import Answer, Assessment, RuleSet
from kavalan.casework.triage.ruling import in_force
from kavalan.casework.triage.working import held
from kavalan.casework.verbs import Done, HouseAct, house_verb
from kavalan.tips.triage import FACTS, read_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kavalan.tips.triage import Rules

AT_ONCE: Final = 200
"""Reports that are looked at again in one transaction."""
LONGEST_RULES: Final = 100_000
_NEWEST = Assessment.objects.filter(report=OuterRef("pk")).order_by("-number")


@house_verb("triage.answer")
def answer_fact(act: HouseAct, *, report: Report, fact: str, answer: bool | None, reason: str) -> Done[Answer]:
    """Say what one knows of a fact, and look at the report again; the newest answer holds.

    Args:
        act: who knows it.
        report: of which.
        fact: one of `kavalan.tips.triage.FACTS`.
        answer: yes, no, or None: it is unknown after all.
        reason: how one knows.

    Raises:
        RefusedError: when the actor does not work where the report lies, there is no such fact, or no reason is given.
    """
    if fact not in FACTS:
        raise RefusedError("There is no such question.")
    report, reason = held(act, report), required(reason)
    said = Answer.objects.create(report=report, fact=fact, answer=answer, reason=reason, by=act.officer, at=act.at)
    look([report], Occasion(act.at, act.officer, reason))
    told = {True: "yes", False: "no", None: "unknown"}[answer]
    return Done(said, {"report": str(report.public_id), "fact": fact, "answer": told, "reason": reason})


@house_verb("triage.bring_rules")
def bring_rules(act: HouseAct, *, text: str, reason: str) -> Done[RuleSet]:
    """Bring another version of the rules for the actor's unit; in force it is once a supervisor has taken it.

    Raises:
        RefusedError: when the actor works at no intake desk of the unit, the text is no rules, the unit has a version
            of that name, or no reason is given.
    """
    _require_at_desk(act, INTAKE)
    rules, reason = _read(text), required(reason)
    if RuleSet.objects.filter(unit=act.officer.unit_id, version=rules.version).exists():
        raise RefusedError("Your unit has rules of version %(version)s.", version=rules.version)
    made = RuleSet.objects.create(
        unit=act.officer.unit,
        version=rules.version,
        text=text,
        digest=hashlib.sha256(text.encode()).digest(),
        brought_by=act.officer,
        brought_at=act.at,
        reason=reason,
    )
    return Done(made, {"version": made.version, "sha256": made.digest.hex(), "reason": reason})


@house_verb("triage.take_rules")
def take_rules(act: HouseAct, *, rules: RuleSet, reason: str) -> Done[RuleSet]:
    """Put a version of the rules in force; every open report is looked at again by them.

    Raises:
        RefusedError: when the actor is no supervisor at the unit's intake desk or brought them, they are another
            unit's or in force, or no reason is given.
    """
    rules = RuleSet.objects.select_for_update().get(pk=rules.pk)
    if rules.unit_id != act.officer.unit_id:
        raise RefusedError("These are another unit's rules.")
    _require_at_desk(act, frozenset({Role.SUPERVISOR}))
    if rules.brought_by_id == act.officer.pk:
        raise RefusedError("Another supervisor takes the rules that you brought.")
    before = in_force([act.officer.unit_id]).get(act.officer.unit_id)
    if before == rules:
        raise RefusedError("These rules are in force.")
    rules.taken_by, rules.taken_at, rules.taken_why = act.officer, act.at, required(reason)
    rules.applied_at = None
    rules.save(update_fields=["taken_by", "taken_at", "taken_why", "applied_at"])
    said = {"version": rules.version, "sha256": bytes(rules.digest).hex(), "reason": rules.taken_why}
    return Done(rules, {**said, "before": before.version if before else ""})


@house_verb("triage.look_again", unattended=True)
def look_again(act: HouseAct, *, rules: RuleSet) -> Done[RuleSet]:
    """Look again at open reports that were last looked at by other rules, two hundred at most, with one entry.

    Raises:
        RefusedError: when these rules are not in force.
    """
    rules = RuleSet.objects.select_for_update().get(pk=rules.pk)
    if rules.unit_id is None or in_force([rules.unit_id]).get(rules.unit_id) != rules:
        raise RefusedError("These rules are not in force.")
    reports = _behind(rules)
    look(reports, Occasion(act.at))
    if len(reports) < AT_ONCE:
        rules.applied_at = act.at
        rules.save(update_fields=["applied_at"])
    return Done(rules, {"version": rules.version, "reports": len(reports), "digest": _digest(reports)})


def _behind(rules: RuleSet) -> list[Report]:
    standing = Q(standing__in=(Standing.OPEN, Standing.TAKEN))
    newest = Report.objects.filter(standing, desk__unit=rules.unit_id).annotate(
        rules=Subquery(_NEWEST.values("rules")[:1])
    )
    other = newest.filter(~Q(rules=rules.pk) | Q(rules__isnull=True))
    return list(other.order_by("pk")[:AT_ONCE])


def _digest(reports: Sequence[Report]) -> str:
    lines = (f"{one.public_id} {one.lane} {one.risk} {one.workability} {one.viewing}" for one in reports)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read(text: str) -> Rules:
    if len(text) > LONGEST_RULES:
        raise RefusedError("This is too long for rules.")
    try:
        return read_rules(text.encode())
    except ValueError as error:
        raise RefusedError("These are no rules: %(why)s", why=str(error)) from error


def _require_at_desk(act: HouseAct, roles: Collection[Role]) -> None:
    desk = Desk.objects.filter(unit=act.officer.unit_id).first()
    if desk is None or not roles_in(act.officer, [desk.compartment_id], act.at).intersection(roles):
        raise RefusedError("Your role at your unit's intake desk does not extend to its rules.")
