"""The addresses of time limits."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.clocks import views

urlpatterns = [
    path("clocks/", views.clocks, name="clocks"),
    path("clocks/wall/", views.wall, name="clocks-wall"),
    path("clocks/duty-list.ics", views.calendar_file, name="clocks-calendar"),
    path("clocks/met-together/", views.met_together, name="meet-together"),
    path("clocks/<uuid:public_id>/", views.clock, name="clock"),
    path("clocks/<uuid:public_id>/meet/", views.meet, name="meet-clock"),
    path("clocks/<uuid:public_id>/correct/", views.correct, name="correct-clock"),
    path("clocks/<uuid:public_id>/dismiss/", views.dismiss, name="dismiss-clock"),
    path("exhibits/<uuid:public_id>/clocks/", views.of_exhibit, name="exhibit-clocks"),
    path("authorities/<uuid:public_id>/clocks/", views.of_authority, name="authority-clocks"),
    path("reports/<uuid:public_id>/clocks/", views.of_report, name="report-clocks"),
]
