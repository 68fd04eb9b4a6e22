"""The form that says when it is a job's turn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.jobs.models import Priority, Window


class OrderForm(forms.Form):
    """Which jobs it goes before, and at which hours it is worked on."""

    priority = forms.TypedChoiceField(label=_("Its turn"), choices=Priority, coerce=lambda one: Priority(int(one)))
    window = forms.TypedChoiceField(
        label=_("Worked on"), choices=Window, coerce=Window, empty_value=Window.ALWAYS, required=False
    )
