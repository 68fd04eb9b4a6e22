"""The addresses of retention."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.retention.views import desks, reports

urlpatterns = [
    path("retention/", desks.retention, name="retention"),
    path("retention/desks/<uuid:public_id>/", desks.desk, name="retention-desk"),
    path("retention/desks/<uuid:public_id>/preview/", desks.preview, name="retention-preview"),
    path("retention/desks/<uuid:public_id>/ask/", desks.ask, name="ask-purge"),
    path("retention/questions/<uuid:public_id>/", desks.question, name="purge-question"),
    path("retention/questions/<uuid:public_id>/purge/", desks.purge, name="purge-reports"),
    path("retention/purges/<uuid:public_id>/", desks.purge_page, name="purge-page"),
    path("retention/purges/<uuid:public_id>/resume/", desks.resume, name="resume-purge"),
    path("retention/backups/<uuid:public_id>/gone/", desks.backup_gone, name="backup-gone"),
    path("reports/<uuid:public_id>/retention/", reports.report_retention, name="report-retention"),
    path("reports/<uuid:public_id>/hold/", reports.hold, name="hold-report"),
    path("reports/<uuid:public_id>/challenge/", reports.challenge, name="challenge-report"),
    path("holds/<uuid:public_id>/lift/", reports.lift, name="lift-hold"),
    path("challenges/<uuid:public_id>/decide/", reports.decide, name="decide-challenge"),
]
