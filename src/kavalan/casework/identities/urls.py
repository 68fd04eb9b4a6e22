"""The identities' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.identities import views

urlpatterns = [
    path("identities/", views.identities, name="identities"),
    path("identities/seal/", views.seal, name="seal-identity"),
    path("identities/<uuid:public_id>/", views.identity, name="identity"),
    path("identities/<uuid:public_id>/correct/", views.correct, name="correct-identity"),
    path("identities/<uuid:public_id>/ask/", views.ask, name="ask-identity"),
    path("identities/<uuid:public_id>/open/", views.open_once, name="open-identity"),
]
