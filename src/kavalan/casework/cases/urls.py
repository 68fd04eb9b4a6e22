"""The addresses of cases."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.cases.views import cases, notes, parts, rearranging, tasks, timeline, work

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.new_case, name="open-case"),
    path("cases/series/", cases.series, name="case-series"),
    path("cases/<uuid:public_id>/", cases.case, name="case"),
    path("cases/<uuid:public_id>/print/", cases.printed, name="case-print"),
    path("cases/<uuid:public_id>/parts/", parts.parts, name="case-parts"),
    path("cases/parts/<uuid:public_id>/end/", parts.end, name="end-part"),
    path("reports/<uuid:public_id>/cases/", parts.of_report, name="report-cases"),
    path("exhibits/<uuid:public_id>/cases/", parts.of_exhibit, name="exhibit-cases"),
    path("cases/<uuid:public_id>/stage/", work.stage, name="case-stage"),
    path("cases/stages/<uuid:public_id>/correct/", work.correct, name="correct-stage"),
    path("cases/<uuid:public_id>/lead/", work.lead, name="case-lead"),
    path("cases/<uuid:public_id>/charges/", work.charges, name="case-charges"),
    path("cases/charges/<uuid:public_id>/end/", work.strike_out, name="end-charge"),
    path("cases/<uuid:public_id>/numbers/", work.numbers, name="case-numbers"),
    path("cases/numbers/<uuid:public_id>/withdraw/", work.withdraw, name="withdraw-number"),
    path("cases/<uuid:public_id>/papers/", work.papers, name="case-papers"),
    path("cases/<uuid:public_id>/people/", work.people, name="case-people"),
    path("cases/<uuid:public_id>/marking/", work.marking, name="case-marking"),
    path("cases/reviews/<uuid:public_id>/", work.review, name="case-review"),
    path("cases/<uuid:public_id>/tasks/", tasks.of_case, name="case-tasks"),
    path("cases/tasks/<uuid:public_id>/", tasks.task, name="task"),
    path("cases/<uuid:public_id>/notes/", notes.of_case, name="case-notes"),
    path("cases/notes/<uuid:public_id>/correct/", notes.correct, name="correct-note"),
    path("cases/<uuid:public_id>/timeline/", timeline.timeline, name="case-timeline"),
    path("cases/<uuid:public_id>/beside/", rearranging.relations, name="case-relations"),
    path("cases/<uuid:public_id>/merge/", rearranging.merge, name="merge-cases"),
    path("cases/<uuid:public_id>/split/", rearranging.split, name="split-case"),
    path("cases/rearrangements/<uuid:public_id>/", rearranging.undo, name="undo-rearrangement"),
]
