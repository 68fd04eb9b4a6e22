"""The authorities' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.authority import views

urlpatterns = [
    path("authorities/", views.authorities, name="authorities"),
    path("authorities/record/", views.record, name="record-authority"),
    path("authorities/<uuid:public_id>/", views.authority, name="authority"),
    path("authorities/<uuid:public_id>/paper/", views.paper, name="add-paper"),
    path("authorities/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw-authority"),
    path("exhibits/<uuid:public_id>/overrides/", views.overrides, name="overrides"),
    path("exhibits/<uuid:public_id>/overrides/review/", views.review, name="review-override"),
]
