"""The addresses of what is kept."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.safekeeping import views

urlpatterns = [
    path("vault/", views.vault_page, name="vault"),
    path("vault/nights/<uuid:public_id>/cancel/", views.cancel_night, name="cancel-rehash"),
    path("exhibits/<uuid:public_id>/safekeeping/", views.safekeeping, name="safekeeping"),
    path("exhibits/<uuid:public_id>/safekeeping/progress/", views.progress, name="keeping-progress"),
    path("exhibits/<uuid:public_id>/safekeeping/cancel/", views.cancel, name="cancel-keeping"),
    path("exhibits/<uuid:public_id>/destruction/ask/", views.ask, name="ask-destruction"),
    path("exhibits/<uuid:public_id>/destruction/", views.destroy, name="destroy-evidence"),
    path("destructions/<uuid:public_id>/", views.destruction, name="destruction"),
    path("destructions/<uuid:public_id>/resume/", views.resume, name="resume-destruction"),
]
