"""The sign-in form in the desk's words."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Badge and password; a wrong one and an unknown one answer alike."""

    error_messages = {
        "invalid_login": "Badge and password do not belong together. Check both; capital letters count.",
        "inactive": "Badge and password do not belong together. Check both; capital letters count.",
    }

    username = forms.CharField(
        label="Badge", widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
