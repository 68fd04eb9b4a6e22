"""The addresses of what is privileged."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.privilege import views

urlpatterns = [
    path("exhibits/<uuid:public_id>/privilege/", views.privilege, name="privilege"),
    path("exhibits/<uuid:public_id>/privilege/sealed/", views.sealed, name="sealed-items"),
    path("exhibits/<uuid:public_id>/privilege/ask/", views.ask, name="ask-opening"),
    path("exhibits/<uuid:public_id>/privilege/open/", views.open_items, name="open-privileged"),
]
