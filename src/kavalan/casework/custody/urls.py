"""The addresses of custody."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.custody.views import drafts, entering, handing, lists, seizures

urlpatterns = [
    path("devices/", lists.devices, name="devices"),
    path("devices/enter/", entering.enter, name="enter-custody"),
    path("devices/<uuid:public_id>/", lists.device, name="device"),
    path("devices/<uuid:public_id>/correct/", entering.correct, name="correct-custody"),
    path("devices/<uuid:public_id>/draw/", seizures.draw, name="draw-exhibit"),
    path("devices/<uuid:public_id>/label/", lists.label, name="device-label"),
    path("hand-overs/new/", handing.offer, name="offer-things"),
    path("hand-overs/<uuid:public_id>/", handing.hand_over, name="hand-over"),
    path("hand-overs/<uuid:public_id>/accept/", handing.accept, name="accept-hand-over"),
    path("hand-overs/<uuid:public_id>/decline/", handing.decline, name="decline-hand-over"),
    path("hand-overs/<uuid:public_id>/slip/", handing.slip, name="scan-slip"),
    path("seizures/new/", drafts.begin, name="seize"),
    path("seizures/drafts/<uuid:public_id>/", drafts.draft, name="seizure-draft"),
    path("seizures/drafts/<uuid:public_id>/enter/", drafts.enter, name="enter-seizure"),
    path("seizures/drafts/<uuid:public_id>/discard/", drafts.discard, name="discard-draft"),
    path("seizures/<uuid:public_id>/", seizures.seizure, name="seizure"),
    path("seizures/<uuid:public_id>/labels/", lists.labels, name="seizure-labels"),
    path("seizures/<uuid:public_id>/recordings/", seizures.record, name="add-recording"),
    path("recordings/<uuid:public_id>/forward/", seizures.forward, name="forward-recording"),
]
