"""The addresses of access."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.access import views

urlpatterns = [
    path("grants/<uuid:public_id>/end/", views.end, name="end-grant"),
]
