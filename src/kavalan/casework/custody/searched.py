"""What can be found of things in custody and of the searches at which they were seized."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.custody.models import Device, Seizure
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said
from kavalan.identifiers import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def device_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Things by the numbers that stand on them and on their labels."""
    for device in Device.objects.filter(pk__in=numbers).select_related("seizure"):
        imeis = [one for one in (device.imei, device.imei_2) if one]
        others = [one for one in (device.serial, device.iccid, device.label) if one]
        yield Draft(
            number=device.pk,
            address=device.public_id,
            placed=("custody.device", device.pk),
            title=device.reference,
            note=device.named or device.get_sort_display(),
            lines=[
                (Said.MAKE, device.named),
                *((Said.NUMBER, one) for one in (*imeis, *others)),
                (Said.NUMBER, device.seizure.reference),
            ],
            wholes=[device.reference, device.seizure.reference, *imeis, *others],
            named=[(str(Kind.IMEI), one) for one in imeis],
        )


def seizure_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Searches by the references of their memos, and where they were."""
    for seizure in Seizure.objects.filter(pk__in=numbers).select_related("authority", "seized_by"):
        yield Draft(
            number=seizure.pk,
            address=seizure.public_id,
            placed=("custody.seizure", seizure.pk),
            title=seizure.reference,
            note=seizure.place,
            lines=[
                (Said.PLACE, seizure.place),
                (Said.HOLDER, seizure.seizer),
                (Said.NUMBER, seizure.authority.reference),
            ],
            wholes=[seizure.reference, seizure.authority.reference],
        )
