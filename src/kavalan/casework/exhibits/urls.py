"""The exhibits' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.exhibits import views

urlpatterns = [
    path("", views.home, name="home"),
    path("exhibits/<uuid:public_id>/", views.exhibit, name="exhibit"),
    path("exhibits/<uuid:public_id>/progress/", views.progress, name="exhibit-progress"),
]
