"""The roles of the desk, and which of them may do what to other people's sign-in."""

from __future__ import annotations

from django.db import models


class OfficerRole(models.TextChoices):
    """What an officer is for; held from a moment until another. What one may do *in a compartment* is `access.Role`."""

    INTAKE = "intake", "intake"
    EXAMINER = "examiner", "examiner"
    ANALYST = "analyst", "analyst"
    INVESTIGATOR = "investigator", "investigator"
    SUPERVISOR = "supervisor", "supervisor"
    CUSTODIAN = "custodian", "exhibit custodian"
    LIAISON = "liaison", "liaison"
    FILTER_OFFICER = "filter_officer", "filter officer"
    SURVIVOR_COUNSELLOR = "survivor_counsellor", "survivor counsellor"
    TREATMENT_COUNSELLOR = "treatment_counsellor", "treatment counsellor"
    STAFF_COUNSELLOR = "staff_counsellor", "staff counsellor"
    AUDITOR = "auditor", "auditor"
    ADMINISTRATOR = "administrator", "administrator"
