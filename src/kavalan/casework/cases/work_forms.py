"""The forms of tasks, notes, and of putting cases together; days and moments are typed in the desk's zone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.planning import end_of, task_plans
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services.notes import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.http import QueryDict

    from kavalan.casework.access.models import Grant
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case, Part, Task

NO_NAME = _("Pseudonyms only: what is written here is not sealed.")


class _Given(forms.Form):
    """Who does a task and until the end of which day."""

    assignee = forms.ChoiceField(label=_("Who does it"), required=False)
    due = forms.DateField(
        label=_("Until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None, people: Iterable[Officer], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.people = {str(one.public_id): one for one in people}
        self.fields["assignee"] = forms.ChoiceField(
            label=_("Who does it"),
            required=False,
            choices=[("", _("nobody yet")), *((key, one.name) for key, one in self.people.items())],
        )

    @property
    def given(self) -> dict[str, Any]:
        """As the verbs take it."""
        due = self.cleaned_data["due"]
        return {
            "assignee": self.people.get(self.cleaned_data["assignee"]),
            "due_at": None if due is None else end_of(due),
        }


class TaskForm(_Given):
    """Adds a task."""

    title = forms.CharField(label=_("What is to be done, in words that name nobody"), max_length=200)
    field_order = ("title", "assignee", "due")


class TaskChangeForm(_Given):
    """Says anew who does a task and until when."""

    reason = forms.CharField(label=_("Why, where it is not plain"), max_length=400, required=False)

    def __init__(self, data: QueryDict | None, people: Iterable[Officer], task: Task) -> None:
        due = None if task.due_at is None else last_day(task.due_at)
        chosen = str(task.assignee.public_id) if task.assignee else ""
        super().__init__(data, people, {"assignee": chosen, "due": due})


class TaskEndForm(forms.Form):
    """Ends a task."""

    state = forms.ChoiceField(
        label=_("How it ended"), choices=[one for one in TaskState.choices if one[0] != TaskState.OPEN]
    )
    reason = forms.CharField(
        label=_("What came of it, or why it is dropped"), max_length=400, required=False, help_text=NO_NAME
    )


class PlanForm(forms.Form):
    """Plans the tasks of a template."""

    template = forms.ChoiceField(label=_("Template"))

    def __init__(self, data: QueryDict | None, people: Iterable[Officer]) -> None:
        super().__init__(data)
        self.people = {str(one.public_id): one for one in people}
        self.fields["template"] = forms.ChoiceField(
            label=_("Template"), choices=[(plan.id, plan.title) for plan in task_plans().values()]
        )
        self.fields["all_to"] = forms.ChoiceField(
            label=_("Who does them"),
            required=False,
            choices=[("", _("nobody yet")), *((key, one.name) for key, one in self.people.items())],
        )

    @property
    def given(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {"template": self.cleaned_data["template"], "assignee": self.people.get(self.cleaned_data["all_to"])}


class NoteForm(forms.Form):
    """Writes a note."""

    text = forms.CharField(
        label=_("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}), help_text=NO_NAME
    )
    marking = forms.ChoiceField(label=_("Who may be told"), choices=Marking.choices)
    happened_at = forms.DateTimeField(
        label=_("When it happened, if not now"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason, without a name"), max_length=400)


class LinkForm(ReasonForm):
    """Relates two cases."""

    other = forms.ChoiceField(label=_("Which case"))
    field_order = ("other", "reason")

    def __init__(self, data: QueryDict | None, cases: Iterable[Case]) -> None:
        super().__init__(data)
        self.cases = {str(one.public_id): one for one in cases}
        self.fields["other"] = forms.ChoiceField(label=_("Which case"), choices=named(self.cases))


class MergeForm(ReasonForm):
    """Merges cases, once it was said who gains sight of what."""

    let_in = forms.MultipleChoiceField(
        label=_("Let into the case that goes on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("let_in", "reason")

    def __init__(self, data: QueryDict | None, grants: Mapping[str, Grant]) -> None:
        super().__init__(data)
        self.fields["let_in"] = forms.MultipleChoiceField(
            label=_("Let into the case that goes on"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[
                (key, f"{one.officer or one.unit}, {one.get_role_display()}: {one.compartment.case.reference}")
                for key, one in grants.items()
            ],
        )
        if not grants:
            del self.fields["let_in"]


class SplitForm(ReasonForm):
    """Moves parts of a case into a new one."""

    parts = forms.MultipleChoiceField(label=_("What goes into the new case"), widget=forms.CheckboxSelectMultiple)
    title = forms.CharField(label=_("What the new case is about, in words that name nobody"), max_length=200)
    field_order = ("parts", "title", "reason")

    def __init__(self, data: QueryDict | None, parts: Mapping[str, tuple[Part, str]]) -> None:
        super().__init__(data)
        self.fields["parts"] = forms.MultipleChoiceField(
            label=_("What goes into the new case"),
            widget=forms.CheckboxSelectMultiple,
            choices=[(key, words) for key, (_part, words) in parts.items()],
        )


def named(cases: Mapping[str, Case]) -> list[tuple[str, str]]:
    """Cases as a form offers them."""
    return [(key, f"{one.reference}: {one.title}") for key, one in cases.items()]


def last_day(due_at: datetime) -> date:
    """The day by the end of which something is due."""
    return timezone.localdate(due_at - timedelta(microseconds=1))
