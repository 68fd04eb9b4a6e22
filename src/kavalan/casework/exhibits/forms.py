"""What the addresses of lists may ask for, anything else in them being passed over; and the form that registers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.evidence import offer_of
from kavalan.casework.exhibits.rules import PLACE_WORDS, REASON_WORDS, Family, ItemFilter, Standing
from kavalan.casework.exhibits.services import ExhibitDraft
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import require_way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.evidence import Offer, Shelf
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.exhibits.selectors import Openings

_MOST = 2**62
STANDINGS = {standing.name.lower(): standing for standing in Standing if standing > Standing.KNOWN_GOOD}
"""How addresses call what lists make of an item, as far as there are hits to be seen."""


class ExhibitsQuery:
    """Which page of exhibits: those before the one named."""

    def __init__(self, asked: QueryDict) -> None:
        self.before = _uuid(asked.get("before", ""))


class ItemsQuery:
    """Which items, and after which number the page begins; the filters hold together."""

    def __init__(self, asked: QueryDict) -> None:
        self.asked = ItemFilter(
            family={family.value: family for family in Family}.get(asked.get("family", "")),
            unread_only=asked.get("unread") == "1",
            known_only=asked.get("known") == "1",
            standing=STANDINGS.get(asked.get("standing", "")),
            deleted_only=asked.get("deleted") == "1",
            place=place if (place := asked.get("place", "")) in PLACE_WORDS else None,
            reason=reason_asked(asked),
            thinned=asked.get("thinned") == "1",
        )
        self.after = item_number(asked.get("after", ""))

    def held_to(self, asked: ItemFilter) -> None:
        """Ask for no more than this."""
        self.asked = asked

    @property
    def filters(self) -> str:
        """The filters alone, as a query string: what the link to the next page repeats."""
        return urlencode(self._said())

    def with_filter(self, name: str, value: str) -> str:
        """The filters with one of them set to another value, or taken away by an empty one: from the first page on."""
        return urlencode({key: said for key, said in (self._said() | {name: value}).items() if said})

    def _said(self) -> dict[str, str]:
        said = {
            "family": self.asked.family.value if self.asked.family else "",
            "unread": "1" if self.asked.unread_only else "",
            "known": "1" if self.asked.known_only else "",
            "standing": self.asked.standing.name.lower() if self.asked.standing else "",
            "deleted": "1" if self.asked.deleted_only else "",
            "place": self.asked.place or "",
            "reason": self.asked.reason or "",
            "thinned": "1" if self.asked.thinned else "",
        }
        return {name: value for name, value in said.items() if value}


class UnreadQuery:
    """For which class of reason, and after which number the page begins."""

    def __init__(self, asked: QueryDict) -> None:
        self.reason = reason_asked(asked)
        self.after = item_number(asked.get("after", ""))


class StacksQuery:
    """Which stacks, or the items of which; behind what the page begins."""

    def __init__(self, asked: QueryDict) -> None:
        self.standing = {one.name.lower(): one for one in Standing}.get(asked.get("standing", ""))
        self.number = item_number(asked.get("number", ""))
        self.after = asked.get("after", "")


class RegisterForm(forms.Form):
    """Registers an exhibit; every field but the description is a choice among what the officer has.

    Args:
        asked: what was posted, None for an empty form.
        openings: exhibits that authorities name and that are not registered, rooms in which the officer examines.
        shelf: what lies where evidence lies.
    """

    covered = forms.ChoiceField(label=_("Authority, and the exhibit that it names"))
    source = forms.ChoiceField(label=_("Where it lies"))
    compartment = forms.ChoiceField(label=_("Compartment in which it is kept"))
    description = forms.CharField(label=_("Description"), max_length=400, required=False)
    way = forms.ChoiceField(
        label=_("How to keep it"),
        choices=[("", _("only read it where it lies: nobody notices if it changes")), *Way.choices],
        required=False,
    )
    even_unknown = forms.BooleanField(
        label=_("Take the result of a field scan even if nobody whose key is trusted here has signed it"),
        required=False,
    )

    def __init__(self, asked: QueryDict | None, openings: Openings, shelf: Shelf) -> None:
        super().__init__(asked)
        self._covers = {f"{cover.authority.public_id} {cover.reference}": cover for cover in openings.covers}
        self._results = {offer.key for offer in shelf.offers if offer.result}
        if not self._results:
            del self.fields["even_unknown"]
        self._rooms = {str(room.public_id): room for room in openings.rooms}
        choices = {
            "covered": [(key, f"{cover.reference}: {cover.authority}") for key, cover in self._covers.items()],
            "source": [(offer.key, _named(offer)) for offer in shelf.offers],
            "compartment": [(key, room.name) for key, room in self._rooms.items()],
        }
        for name, options in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = options if len(options) == 1 else [("", _("Choose")), *options]

    def clean_way(self) -> str:
        """Refused here where it can be told at once: what is registered stays registered."""
        way, source = self.cleaned_data["way"], self.cleaned_data.get("source")
        try:
            if way and source:
                require_way(Way(way), is_folder=offer_of(source).is_dir())
        except RefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return str(way)

    @property
    def chosen_way(self) -> Way | None:
        """How it is to be kept, None for not at all; only once the form is valid."""
        return Way(self.cleaned_data["way"]) if self.cleaned_data["way"] else None

    @property
    def authority(self) -> Authority:
        """The authority that was chosen; only once the form is valid."""
        return self._covers[self.cleaned_data["covered"]].authority

    @property
    def draft(self) -> ExhibitDraft:
        """The exhibit that was described; only once the form is valid."""
        said = self.cleaned_data
        return ExhibitDraft(
            self._covers[said["covered"]].reference,
            offer_of(said["source"]),
            self._rooms[said["compartment"]],
            said["description"],
            said.get("even_unknown", False),
        )

    @property
    def is_result(self) -> bool:
        """Whether the result of a field scan was chosen; only once the form is valid."""
        return self.cleaned_data["source"] in self._results


class ThinForm(forms.Form):
    """By which earlier exhibits to thin.

    Args:
        asked: what was posted, None for an empty form.
        offered: exhibits that may be chosen.
        chosen: those that are chosen now.
    """

    earlier = forms.MultipleChoiceField(
        label=_("Earlier exhibits that were gone through"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, asked: QueryDict | None, offered: Sequence[Exhibit], chosen: Sequence[Exhibit]) -> None:
        super().__init__(asked, initial={"earlier": [str(one.public_id) for one in chosen]})
        self._offered = {str(one.public_id): one for one in offered}
        field = self.fields["earlier"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (key, f"{one.reference}: {one.description or one.authority}") for key, one in self._offered.items()
            ]

    @property
    def chosen(self) -> list[Exhibit]:
        """The exhibits that were chosen; only once the form is valid."""
        return [self._offered[key] for key in self.cleaned_data["earlier"]]


def _described(exhibit: Exhibit) -> str:
    return f"{exhibit.reference}: {exhibit.description or exhibit.authority}"


def _named(offer: Offer) -> str:
    return _("%(name)s (result of a field scan)") % {"name": offer.name} if offer.result else offer.name


def reason_asked(asked: QueryDict) -> str | None:
    """The class of reason that an address names, if there is one of that name."""
    return reason if (reason := asked.get("reason", "")) in REASON_WORDS else None


def item_number(text: str) -> int:
    """The number of an item out of an address; 0 for anything that is none."""
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
