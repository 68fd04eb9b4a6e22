"""The addresses of files of results."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.exports import views

urlpatterns = [
    path("exhibits/<uuid:public_id>/exports/", views.exports, name="exports"),
    path("exports/<uuid:public_id>/ask/", views.ask, name="ask-export"),
    path("exports/<uuid:public_id>/give/", views.give, name="give-export"),
]
