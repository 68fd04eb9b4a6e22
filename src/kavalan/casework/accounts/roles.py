"""The roles of the desk, and what each is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = str | Promise


class OfficerRole(models.TextChoices):
    """What an officer is for; held from a moment until another. What one may do *in a compartment* is `access.Role`."""

    INTAKE = "intake", _("intake")
    EXAMINER = "examiner", _("examiner")
    ANALYST = "analyst", _("analyst")
    INVESTIGATOR = "investigator", _("investigator")
    SUPERVISOR = "supervisor", _("supervisor")
    CUSTODIAN = "custodian", _("exhibit custodian")
    LIAISON = "liaison", _("liaison")
    FILTER_OFFICER = "filter_officer", _("filter officer")
    CHILD_OFFICER = "child_officer", _("child welfare police officer")
    SURVIVOR_COUNSELLOR = "survivor_counsellor", _("survivor counsellor")
    TREATMENT_COUNSELLOR = "treatment_counsellor", _("treatment counsellor")
    STAFF_COUNSELLOR = "staff_counsellor", _("staff counsellor")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


DUTIES: Mapping[OfficerRole, Words] = {
    OfficerRole.INTAKE: _("Intake: you take in reports, and record on what they rest."),
    OfficerRole.EXAMINER: _(
        "Examiner: you register exhibits and scan them, in the compartments that you were let into."
    ),
    OfficerRole.ANALYST: _("Analyst: you read what scans and lists have found, where you were let in."),
    OfficerRole.INVESTIGATOR: _("Investigator: you lead from what was found to a person, where you were let in."),
    OfficerRole.SUPERVISOR: _(
        "Supervisor: you let officers into compartments, answer what needs a second person, and review overrides."
    ),
    OfficerRole.CUSTODIAN: _("Exhibit custodian: you keep the exhibits themselves, and who had them when."),
    OfficerRole.LIAISON: _("Liaison: you speak with partners, and hold their lists to the agreements."),
    OfficerRole.FILTER_OFFICER: _(
        "Filter officer: you open what is sealed as privileged, when it was asked for and a second person agreed."
    ),
    # JJ Act, 2015, s. 107: one at each police station, an Assistant Sub-Inspector at least; read in the India Code (V).
    OfficerRole.CHILD_OFFICER: _(
        "Child welfare police officer: you see to those who are reported and may be children themselves, and you say "
        "when one of them is of age."
    ),
    OfficerRole.SURVIVOR_COUNSELLOR: _("Survivor counsellor: you stand by the child. You need no exhibit for that."),
    OfficerRole.TREATMENT_COUNSELLOR: _("Treatment counsellor: you work with those who want to do no harm."),
    OfficerRole.STAFF_COUNSELLOR: _(
        "Staff counsellor: you stand by those who work here. What they tell you stays with you."
    ),
    OfficerRole.AUDITOR: _("Auditor: you read what was done, by whom and on what authority. You change nothing."),
    OfficerRole.ADMINISTRATOR: _(
        "Administrator: you enrol officers and give roles, on the page People. An exhibit opens to you only where a "
        "supervisor lets you in."
    ),
}
"""A sentence for each role, which the first page shows whoever has no exhibit there."""
