"""Addresses of what every page is framed by."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.look import finding_views, views

urlpatterns = [
    path("look/", views.look, name="look"),
    path("keys/", views.keys, name="keys"),
    path("find/", finding_views.find_page, name="find"),
    path("gallery/", views.gallery, name="gallery"),
]
