"""The verbs of the intake, each group in a module of its own."""

from kavalan.casework.intake.services.columns import save_columns
from kavalan.casework.intake.services.deliveries import (
    READ,
    Parcel,
    begin_delivery,
    begin_dropped,
    cancel_delivery,
    finish_delivery,
    read_with_columns,
    resume_delivery,
    stop_delivery,
)
from kavalan.casework.intake.services.desks import open_desk
from kavalan.casework.intake.services.typed import enter_report

__all__ = [
    "READ",
    "Parcel",
    "begin_delivery",
    "begin_dropped",
    "cancel_delivery",
    "enter_report",
    "finish_delivery",
    "open_desk",
    "read_with_columns",
    "resume_delivery",
    "save_columns",
    "stop_delivery",
]
