"""The addresses of uploads."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.uploads import views

urlpatterns = [
    path("exhibits/upload/", views.upload_page, name="upload-exhibit"),
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<uuid:public_id>/", views.upload, name="upload"),
    path("uploads/<uuid:public_id>/finish/", views.finish, name="finish-upload"),
    path("uploads/<uuid:public_id>/abandon/", views.abandon, name="abandon-upload"),
]
