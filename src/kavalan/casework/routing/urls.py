"""The addresses of routing."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.routing.views import inquiries, offices, transfers

urlpatterns = [
    path("reports/<uuid:public_id>/routing/", transfers.of_report, name="report-routing"),
    path("reports/<uuid:public_id>/seen/", inquiries.of_report, name="report-seen"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<uuid:public_id>/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:public_id>/accept/", transfers.accept, name="accept-transfer"),
    path("transfers/<uuid:public_id>/refuse/", transfers.refuse, name="refuse-transfer"),
    path("transfers/<uuid:public_id>/take-back/", transfers.back, name="take-back-transfer"),
    path("transfers/<uuid:public_id>/slip/", transfers.slip, name="record-slip"),
    path("transfers/<uuid:public_id>/letter/", transfers.letter, name="issue-letter"),
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("inquiries/ask/", inquiries.ask, name="ask-inquiry"),
    path("inquiries/<uuid:public_id>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/asked/<uuid:public_id>/answer/", inquiries.answer, name="answer-inquiry"),
    path("offices/", offices.offices, name="offices"),
    path("offices/take-in/", offices.take_in, name="adopt-table"),
]
