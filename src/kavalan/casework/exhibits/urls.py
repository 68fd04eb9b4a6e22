"""The exhibits' addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.exhibits import result_views, views

urlpatterns = [
    path("exhibits/", views.exhibits, name="exhibits"),
    path("exhibits/register/", views.register, name="register-exhibit"),
    path("exhibits/<uuid:public_id>/", views.exhibit, name="exhibit"),
    path("exhibits/<uuid:public_id>/scan/", views.start, name="start-scan"),
    path("exhibits/<uuid:public_id>/cancel/", views.cancel, name="cancel-scan"),
    path("exhibits/<uuid:public_id>/progress/", views.progress, name="exhibit-progress"),
    path("exhibits/<uuid:public_id>/stacks/", result_views.stacks, name="stacks"),
    path("exhibits/<uuid:public_id>/timeline/", result_views.timeline, name="timeline"),
    path("exhibits/<uuid:public_id>/places/", result_views.places, name="places"),
    path("exhibits/<uuid:public_id>/thin/", result_views.thin, name="thin"),
    path("exhibits/<uuid:public_id>/unread/", result_views.unread, name="unread"),
]
