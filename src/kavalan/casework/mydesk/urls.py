"""Addresses of the first page."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.mydesk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("unit/", views.unit, name="unit"),
]
