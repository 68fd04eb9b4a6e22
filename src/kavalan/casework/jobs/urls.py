"""The addresses of jobs."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:public_id>/pause/", views.pause, name="pause-job"),
    path("jobs/<uuid:public_id>/resume/", views.resume, name="resume-job"),
    path("jobs/<uuid:public_id>/order/", views.order, name="order-job"),
]
