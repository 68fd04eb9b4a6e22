"""The addresses of papers."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.papers import views

urlpatterns = [path("exhibits/<uuid:public_id>/papers/", views.papers, name="papers")]
