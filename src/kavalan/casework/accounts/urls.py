"""Signing in and out, one's own sign-in, and the desk's people."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.accounts.views import own, people, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="sign-in-code"),
    path("sign-in/enrol/", signing_in.enrol, name="sign-in-enrol"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("conduct/", own.conduct, name="conduct"),
    path("locked/", own.locked, name="locked"),
    path("lock/", own.lock, name="lock"),
    path("present/", own.present, name="present"),
    path("account/", own.account, name="account"),
    path("account/password/", own.password, name="change-password"),
    path("account/recovery-codes/", own.recovery_codes, name="recovery-codes"),
    path("account/resets/read/", own.read_resets, name="read-resets"),
    path("account/sessions/end-others/", own.end_others, name="end-other-sessions"),
    path("account/sessions/<uuid:public_id>/end/", own.end, name="end-session"),
    path("people/", people.people, name="people"),
    path("people/units/found/", people.found, name="found-unit"),
    path("people/enrol/", people.enrol, name="enrol-officer"),
    path("people/<uuid:public_id>/", people.officer, name="officer"),
    path("people/<uuid:public_id>/rank/", people.rank, name="record-rank"),
    path("people/<uuid:public_id>/role/", people.role, name="give-role"),
    path("people/<uuid:public_id>/reset/", people.reset, name="reset-sign-in"),
    path("people/<uuid:public_id>/leave/", people.leave, name="let-go"),
    path("people/roles/<uuid:public_id>/end/", people.role_end, name="end-role"),
    path("people/waits/<uuid:public_id>/lift/", people.lift, name="lift-wait"),
]
