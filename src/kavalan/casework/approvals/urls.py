"""The approvals' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.approvals import views

urlpatterns = [
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/<uuid:public_id>/answer/", views.answer, name="answer-approval"),
]
