"""Whatever a source holds in whatever field, no record of it outgrows its frame, and nobody who is named is lost."""

import io

import msgspec
import pytest

from kavalan.chats import Batch, Request
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.telegram import made as desktop
from tests.chats.telegram.dumps import made as dumps
from tests.chats.telegram.html import made as pages

WIDE = "ആ" * 300_000
MANY = [f"{n:05} {'ആ' * 100}" for n in range(2000)]


@pytest.mark.parametrize(
    ("form", "text", "targets"),
    [
        (
            "telegram-json",
            desktop.written(
                desktop.chat(
                    {**desktop.message(WIDE), "from": WIDE, "forwarded_from": WIDE, "file": WIDE, "date": WIDE},
                    desktop.service(2, "invite_members", members=MANY, title=WIDE),
                    name=WIDE,
                )
            ),
            2000,
        ),
        (
            "telegram-html",
            pages.page(
                pages.message(1, WIDE, inner=pages.photo(WIDE), forwarded=(WIDE, WIDE), at=WIDE),
                pages.service(2, f"A invited {', '.join(one[:6] for one in MANY)}"),
                name=WIDE,
            ),
            2000,
        ),
        (
            "telegram-dump",
            dumps.lines(
                dumps.message(1, fwd_from={"from_name": WIDE}, date=WIDE),
                dumps.service(2, "ChatAddUser", users=list(range(2, 2002)), title=WIDE),
                dumps.user(1, WIDE, username=WIDE, phone=WIDE),
                dumps.channel(title=WIDE),
                dumps.answer(dumps.member(1, "Admin", rank=WIDE)),
            ),
            2000,
        ),
    ],
    ids=["json", "pages", "dump"],
)
def test_every_record_fits_its_frame(form, text, targets):
    said = list(read(io.BytesIO(text.encode()), Request(form, "0" * 64)))
    assert max(len(msgspec.msgpack.encode(one)) for one in said) < STREAM_RECORD_BYTES
    assert sum(len(event.targets) for one in said if isinstance(one, Batch) for event in one.events) == targets
