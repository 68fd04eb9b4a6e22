"""The addresses of triage."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.triage.views import children, reports, rules, slice, urgent  # noqa: A004 a module's own name

urlpatterns = [
    path("intake/urgent/", urgent.urgent, name="urgent"),
    path("intake/urgent/<uuid:public_id>/", urgent.urgent_report, name="urgent-report"),
    path("intake/children/", children.children, name="children"),
    path("intake/children/<uuid:public_id>/release/", children.release, name="release-child"),
    path("intake/persons/<uuid:public_id>/child/", children.flag, name="flag-child"),
    path("intake/rules/", rules.triage_rules, name="triage-rules"),
    path("intake/rules/<uuid:public_id>/", rules.rule_set, name="rule-set"),
    path("intake/rules/<uuid:public_id>/take/", rules.take, name="take-rules"),
    path("intake/slice/", slice.slices, name="slice"),
    path("intake/slice/<uuid:public_id>/", slice.drawn, name="drawn"),
    path("intake/reports/<uuid:public_id>/triage/", reports.report_triage, name="report-triage"),
    path("intake/reports/<uuid:public_id>/move/", reports.move_report, name="move-report"),
    path("intake/duplicates/<uuid:public_id>/", reports.change_duplicate, name="change-duplicate"),
    path("intake/bundled/<uuid:public_id>/", reports.change_bundled, name="change-bundled"),
]
