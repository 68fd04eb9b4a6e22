"""The vault's addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.vault import views

urlpatterns = [
    path("vault/kept/<uuid:public_id>/file/", views.give, name="give-kept"),
]
