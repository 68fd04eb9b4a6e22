"""The intake's addresses."""

from __future__ import annotations

from django.urls import path

from kavalan.casework.intake.forms.typed import AddressForm, CallForm, ChannelForm, RuleElevenForm
from kavalan.casework.intake.views import deliveries, desks, reports, typed

urlpatterns = [
    path("intake/", reports.reports, name="intake"),
    path("intake/desk/", desks.begin, name="open-desk"),
    path("intake/desks/<uuid:public_id>/", desks.desk, name="desk"),
    path("intake/take-in/", deliveries.take_in, name="take-in"),
    path("intake/call/", typed.typed, {"form_class": CallForm}, name="take-call"),
    path("intake/rule-11/", typed.typed, {"form_class": RuleElevenForm}, name="take-rule-11"),
    path("intake/address/", typed.typed, {"form_class": AddressForm}, name="take-address"),
    path("intake/channel/", typed.typed, {"form_class": ChannelForm}, name="take-channel"),
    path("intake/deliveries/", deliveries.deliveries, name="deliveries"),
    path("intake/deliveries/<uuid:public_id>/", deliveries.delivery, name="delivery"),
    path("intake/deliveries/<uuid:public_id>/progress/", deliveries.progress, name="delivery-progress"),
    path("intake/deliveries/<uuid:public_id>/columns/", deliveries.columns, name="delivery-columns"),
    path("intake/deliveries/<uuid:public_id>/cancel/", deliveries.cancel, name="cancel-delivery"),
    path("intake/deliveries/<uuid:public_id>/resume/", deliveries.resume, name="resume-delivery"),
    path("intake/deliveries/<uuid:public_id>/receipt/", deliveries.receipt, name="delivery-receipt"),
    path("reports/<uuid:public_id>/", reports.report, name="report"),
    path("reports/<uuid:public_id>/receipt/", reports.receipt, name="report-receipt"),
]
