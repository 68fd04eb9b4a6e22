"""The addresses of subjects."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.subjects.views import accounts, evidence, merging, subjects, watches

urlpatterns = [
    path("subjects/", subjects.subjects, name="subjects"),
    path("cases/<uuid:public_id>/subjects/new/", subjects.new_subject, name="open-subject"),
    path("subjects/<uuid:public_id>/", subjects.subject, name="subject"),
    path("subjects/<uuid:public_id>/restate/", subjects.restate, name="restate-subject"),
    path("subjects/<uuid:public_id>/close/", subjects.close, name="close-subject"),
    path("subjects/<uuid:public_id>/reopen/", subjects.reopen, name="reopen-subject"),
    path("subjects/<uuid:public_id>/join/", subjects.into_case, name="join-subject"),
    path("subjects/<uuid:public_id>/evidence/", evidence.add, name="add-evidence"),
    path("subjects/evidence/<uuid:public_id>/withdraw/", evidence.withdraw, name="withdraw-evidence"),
    path("subjects/<uuid:public_id>/merge/", merging.merge, name="merge-subjects"),
    path("subjects/mergings/<uuid:public_id>/undo/", merging.undo, name="undo-merge"),
    path("subjects/<uuid:public_id>/accounts/", accounts.add, name="link-account"),
    path("subjects/accounts/<uuid:public_id>/", accounts.account, name="subject-account"),
    path("subjects/accounts/<uuid:public_id>/correct/", accounts.correct, name="correct-account"),
    path("subjects/accounts/<uuid:public_id>/split/", accounts.split, name="split-account"),
    path("subjects/accounts/<uuid:public_id>/end/", accounts.end, name="end-account"),
    path("subjects/accounts/<uuid:public_id>/watch/", watches.begin, name="begin-watch"),
    path("watches/", watches.watches, name="watches"),
    path("watches/<uuid:public_id>/", watches.watch, name="watch"),
    path("watches/<uuid:public_id>/end/", watches.end, name="end-watch"),
    path("watches/<uuid:public_id>/renew/", watches.renew, name="renew-watch"),
    path("watches/told/<uuid:public_id>/", watches.take_note, name="acknowledge-watch"),
]
