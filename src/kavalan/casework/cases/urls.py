"""The addresses of cases."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.cases.views import cases

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.new_case, name="open-case"),
    path("cases/series/", cases.series, name="case-series"),
    path("cases/<uuid:public_id>/", cases.case, name="case"),
]
