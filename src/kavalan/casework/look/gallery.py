"""What the gallery shows: invented exhibits, drawn out to each component's extremes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

LONG_PATH = "/".join(["DCIM", "a folder whose name somebody made rather long on purpose"] * 3) + "/IMG_0001.jpg"
ROWS = 40


class SampleForm(forms.Form):
    """A field of each sort."""

    reference = forms.CharField(label=_("Reference"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose")), ("card", "memory card"), ("phone", "phone")])
    remarks = forms.CharField(label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    seized = forms.DateField(label=_("Seized on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    paper = forms.FileField(label=_("The paper itself"), required=False)
    urgent = forms.BooleanField(label=_("A child may be in danger now"), required=False)


def context() -> dict[str, object]:
    """Everything the gallery's template names."""
    refused = SampleForm({"reference": "", "kind": "boat"}, auto_id="refused_%s")
    return {
        "form": SampleForm(auto_id="empty_%s"),
        "refused": refused,
        "rows": [_row(number) for number in range(1, ROWS + 1)],
        "digest": _digest(0),
        "long_path": LONG_PATH,
        "columns": range(1, 13),
        "moment_shown": datetime(2026, 3, 3, 8, 35, tzinfo=UTC),
        "count": 1_204_318,
    }


def _row(number: int) -> dict[str, object]:
    return {"number": number, "path": f"DCIM/IMG_{number:04}.jpg", "size": number * 48_271, "digest": _digest(number)}


def _digest(number: int) -> str:
    return hashlib.sha256(number.to_bytes(2, "big")).hexdigest()
