"""The ledger's addresses. An entry is found by its number: numbers are no secret, and what is not open is not there."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.ledger import extracts, views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/checkpoint/", views.checkpoint, name="ledger-checkpoint"),
    path("ledger/slip/", views.slip, name="ledger-slip"),
    path("ledger/<int:number>/", views.entry, name="ledger-entry"),
    path("ledger/<int:number>/said/", views.said, name="ledger-said"),
    path("ledger/<int:number>/proof/", views.proof, name="ledger-proof"),
    path("ledger/extract/<uuid:public_id>/", extracts.extract, name="ledger-extract"),
    path("ledger/extract/<uuid:public_id>/make/", extracts.make, name="make-extract"),
    path("ledger/notices/<uuid:public_id>/", extracts.acknowledge, name="acknowledge-extract"),
]
