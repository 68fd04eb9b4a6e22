"""The verbs of custody."""

from kavalan.casework.custody.services.drafts import (
    begin_draft,
    discard_draft,
    draft_faults,
    drop_row,
    enter_seizure,
    keep_typing,
    load_rows,
    save_row,
    take_back_load,
)
from kavalan.casework.custody.services.events import Things, correct_event, examine_things, record_event
from kavalan.casework.custody.services.handing import accept_hand_over, offer_things, receive_on_slip
from kavalan.casework.custody.services.seizures import add_recording, draw_exhibit, forward_recording

__all__ = [
    "Things",
    "accept_hand_over",
    "add_recording",
    "begin_draft",
    "correct_event",
    "discard_draft",
    "draft_faults",
    "draw_exhibit",
    "drop_row",
    "enter_seizure",
    "examine_things",
    "forward_recording",
    "keep_typing",
    "load_rows",
    "offer_things",
    "receive_on_slip",
    "record_event",
    "save_row",
    "take_back_load",
]
