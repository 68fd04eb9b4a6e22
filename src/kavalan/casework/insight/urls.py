"""The addresses of figures."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.insight import views

urlpatterns = [
    path("insight/", views.insight, name="insight"),
    path("insight/figures.csv", views.table, name="insight-table"),
    path("cases/<uuid:public_id>/safeguarded/", views.safeguarded, name="safeguarded"),
    path("safeguarded/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw-safeguarded"),
]
