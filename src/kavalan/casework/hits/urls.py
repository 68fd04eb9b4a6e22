"""The hits' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.hits import views

urlpatterns = [path("exhibits/<uuid:public_id>/hits/", views.hits, name="hits")]
