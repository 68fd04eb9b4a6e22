"""Seizures, the things that were taken in them, what happened to each, and what is being typed in."""

from kavalan.casework.custody.models.device import Device, Origin
from kavalan.casework.custody.models.draft import Draft, DraftRow
from kavalan.casework.custody.models.event import CustodyEvent, Handled
from kavalan.casework.custody.models.seizure import Recording, Seizure

__all__ = ["CustodyEvent", "Device", "Draft", "DraftRow", "Handled", "Origin", "Recording", "Seizure"]
