"""Every address of the desk."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("kavalan.casework.accounts.urls")),
    path("", include("kavalan.casework.access.urls")),
    path("", include("kavalan.casework.mydesk.urls")),
    path("", include("kavalan.casework.insight.urls")),
    path("", include("kavalan.casework.exhibits.urls")),
    path("", include("kavalan.casework.custody.urls")),
    path("", include("kavalan.casework.uploads.urls")),
    path("", include("kavalan.casework.hits.urls")),
    path("", include("kavalan.casework.intake.urls")),
    path("", include("kavalan.casework.exports.urls")),
    path("", include("kavalan.casework.authority.urls")),
    path("", include("kavalan.casework.approvals.urls")),
    path("", include("kavalan.casework.privilege.urls")),
    path("", include("kavalan.casework.papers.urls")),
    path("", include("kavalan.casework.clocks.urls")),
    path("", include("kavalan.casework.identities.urls")),
    path("", include("kavalan.casework.routing.urls")),
    path("", include("kavalan.casework.triage.urls")),
    path("", include("kavalan.casework.cases.urls")),
    path("", include("kavalan.casework.operations.urls")),
    path("", include("kavalan.casework.vault.urls")),
    path("", include("kavalan.casework.safekeeping.urls")),
    path("", include("kavalan.casework.jobs.urls")),
    path("", include("kavalan.casework.ledger.urls")),
    path("", include("kavalan.casework.retention.urls")),
    path("", include("kavalan.casework.subjects.urls")),
    path("", include("kavalan.casework.look.urls")),
]
