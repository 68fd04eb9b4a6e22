"""The forms of triage. Reasons stand with the report for good, and name nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.said import LONGEST
from kavalan.casework.triage.rules import ASKED_FIRST, FACT_WORDS, SliceAnswer
from kavalan.casework.triage.services.looking import LONGEST_RULES

_YES, _NO, _UNKNOWN = "yes", "no", "unknown"
_ANSWERS: dict[str, bool | None] = {_YES: True, _NO: False, _UNKNOWN: None}


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason, without a name"), max_length=LONGEST)


class AnswerForm(forms.Form):
    """What a person knows of a fact."""

    fact = forms.ChoiceField(label=_("What you know about"))
    answer = forms.ChoiceField(
        label=_("Your answer"), choices=[(_YES, _("yes")), (_NO, _("no")), (_UNKNOWN, _("unknown after all"))]
    )
    reason = forms.CharField(label=_("How you know, without a name"), max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 as Django's own form takes them
        super().__init__(*args, **kwargs)
        order = [*ASKED_FIRST, *sorted(FACT_WORDS.keys() - set(ASKED_FIRST), key=lambda fact: str(FACT_WORDS[fact]))]
        field = self.fields["fact"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(fact, FACT_WORDS[fact]) for fact in order]

    @property
    def answered(self) -> bool | None:
        """The answer; only once the form is valid."""
        return _ANSWERS[self.cleaned_data["answer"]]


class NoteForm(forms.Form):
    """What the officer who acknowledges does next."""

    note = forms.CharField(
        label=_("What you do now, without a name"), max_length=LONGEST, required=False, help_text=_("May stay empty.")
    )


class RulesForm(forms.Form):
    """Another version of the rules."""

    text = forms.CharField(
        label=_("The rules, whole"), max_length=LONGEST_RULES, widget=forms.Textarea(attrs={"rows": 12, "lang": "en"})
    )
    reason = forms.CharField(label=_("What is changed, and why"), max_length=LONGEST)


class SliceForm(forms.Form):
    """What is said of a report that was drawn."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=SliceAnswer)
    reason = forms.CharField(label=_("Why, without a name"), max_length=LONGEST)
