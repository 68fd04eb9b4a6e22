"""The exhibits' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.exhibits import views

urlpatterns = [
    path("", views.home, name="home"),
    path("exhibits/register/", views.register, name="register-exhibit"),
    path("exhibits/<uuid:public_id>/", views.exhibit, name="exhibit"),
    path("exhibits/<uuid:public_id>/scan/", views.start, name="start-scan"),
    path("exhibits/<uuid:public_id>/cancel/", views.cancel, name="cancel-scan"),
    path("exhibits/<uuid:public_id>/progress/", views.progress, name="exhibit-progress"),
]
