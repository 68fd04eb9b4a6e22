"""The addresses of operations."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.operations.views import board, changing, operations, sites, table

urlpatterns = [
    path("operations/", operations.operations, name="operations"),
    path("operations/new/", operations.begin, name="open-operation"),
    path("operations/<uuid:public_id>/", operations.operation, name="operation"),
    path("operations/<uuid:public_id>/day/", changing.day, name="set-search-day"),
    path("operations/<uuid:public_id>/cases/", changing.case, name="add-operation-case"),
    path("operations/cases/<uuid:public_id>/end/", changing.end_case, name="end-operation-case"),
    path("operations/<uuid:public_id>/let-in/", changing.let_in, name="let-into-operation"),
    path("operations/<uuid:public_id>/let-teams-in/", changing.teams, name="let-teams-in"),
    path("operations/<uuid:public_id>/board/", board.board, name="operation-board"),
    path("operations/<uuid:public_id>/board/now/", board.now, name="operation-board-now"),
    path("operations/<uuid:public_id>/report/", board.report, name="operation-report"),
    path("operations/<uuid:public_id>/close/", board.close, name="close-operation"),
    path("operations/closings/<uuid:public_id>/paper/", board.paper, name="closing-paper"),
    path("operations/<uuid:public_id>/sites/", sites.sites, name="sites"),
    path("operations/<uuid:public_id>/sites/take-in/", table.take_in, name="take-sites"),
    path("sites/<uuid:public_id>/", sites.site, name="site"),
    path("sites/<uuid:public_id>/change/", sites.change, name="change-site"),
    path("sites/<uuid:public_id>/tell/", sites.tell, name="tell-site"),
    path("sites/entries/<uuid:public_id>/", sites.correct, name="correct-site"),
    path("sites/<uuid:public_id>/seizures/", sites.link, name="link-seizure"),
    path("sites/seizures/<uuid:public_id>/end/", sites.end_link, name="end-seizure-link"),
    path("operations/warrants/<uuid:public_id>/", sites.warrant, name="link-warrant"),
]
