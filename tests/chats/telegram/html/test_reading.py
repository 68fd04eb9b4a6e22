"""Telegram Desktop's pages: authors, times, forwards, its own lines, several pages, and what is broken."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError, Request
from kavalan.chats.request import Piece
from kavalan.chats.task import read
from tests.chats.heard import hear
from tests.chats.telegram.html.made import media, message, page, photo, reply, service


def told(*blocks, **known):
    return hear(page(*blocks), "telegram-html", **known)


def test_messages_are_read_at_their_places_with_the_author_of_the_first_of_several():
    heard = told(message(5), message(6, None, "ok"), message(7, "Ravi &amp; Sons via @boat_bot", "no"))
    assert heard.said == [("Asha", "the boats go out"), ("Asha", "ok"), ("Ravi & Sons", "no")]
    for one in heard.messages:
        block = heard.data[one.offset : one.offset + one.length]
        assert block.startswith(b'<div class="message default')
        assert block.endswith(b"</div>")
        assert one.text.encode() in block
    assert [one.native for one in heard.messages] == ["chat/5", "chat/6", "chat/7"]
    assert next(iter(heard.conversations.values())).title == "Boats"


def test_a_text_is_as_it_was_written():
    text = " two<br>lines &lt;div class=&quot;message default&quot;&gt; &#x0B;&amp;amp; <strong>b</strong> "
    assert told(message(1, text=text)).messages[0].text == 'two\nlines <div class="message default"> \x0b&amp; b'


def test_a_moment_is_exact_where_the_page_states_the_offset():
    exact, local = told(message(1), message(2, at="03.04.2025 19:05:09")).messages
    assert (exact.time_local, exact.time_utc, exact.time_certainty) == ("2025-04-03T19:05:09", 1743687309000, "exact")
    assert (local.time_utc, local.time_certainty) == (None, "local")
    zoned = told(message(2, at="03.04.2025 19:05:09"), zone="Asia/Kolkata").messages[0]
    assert (zoned.time_utc, zoned.time_certainty) == (1743687309000, "zone_given")


def test_of_telegrams_own_lines_the_day_is_known():
    heard = told(service(-1, "3 April 2025"), service(4, "Asha invited Ravi"), message(5), service(-2, "4 April 2025"),
                 service(6, "Asha took a screenshot"))  # fmt: skip
    assert [one.time_local for one in heard.messages] == ["2025-04-03", "2025-04-03T19:05:09", "2025-04-04"]
    assert heard.reading.messages == 3


def test_a_line_between_days_needs_no_number():
    heard = told(service(-1, "3 April 2025").replace(' id="message-1"', ""), service(4, "Asha took a screenshot"))
    assert [one.time_local for one in heard.messages] == ["2025-04-03"]
    assert heard.reading.unreadable == []


def test_who_wrote_first_and_when_is_kept_for_all_that_were_sent_on_together():
    first = ("Meena ", "01.04.2025 08:00:00 UTC+05:30")
    heard = told(message(1, forwarded=first), message(2, None, forwarded=("", "")), message(3))
    assert [one.forwarded_from for one in heard.messages] == ["Meena (01.04.2025 08:00:00 UTC+05:30)"] * 2 + [""]
    assert heard.messages[0].text == "the boats go out"


def test_an_answer_names_its_message():
    assert told(message(1), message(2, inner=reply(1))).messages[1].reply_to == "chat/1"


@pytest.mark.parametrize(
    ("inner", "kind", "name", "note", "text"),
    [
        (photo("photos/a.jpg"), "media", "photos/a.jpg", "", ""),
        (photo("../../etc/passwd"), "media", "passwd", "", ""),
        (media("media_file", title="a.pdf", description="Not here", status="2 KB"), "media", "a.pdf", "Not here", ""),
        (media("media_file", href="files/a.pdf", title="a.pdf"), "media", "files/a.pdf", "", ""),
        (media("media_contact", title="Ravi ", status="+44 7700 900123"), "contact", "", "", "Ravi\n+44 7700 900123"),
        (media("media_call success", title="Ravi", status="Outgoing (5 seconds)"), "call", "", "",
         "Ravi\nOutgoing (5 seconds)"),
        (media("media_location", href="https://maps.google.com/maps?q=1,2", status="1, 2"), "location", "", "", "1, 2"),
        (media("media_photo", title="Self-destructing photo", status="Expired"), "withheld", "",
         "Self-destructing photo: Expired", ""),
    ],
)  # fmt: skip
def test_what_a_message_carries(inner, kind, name, note, text):
    one = told(message(1, text="", inner=inner)).messages[0]
    assert (one.kind, one.media_name, one.media_note, one.text) == (kind, name, note, text)


def test_a_link_is_where_it_leads_and_not_what_it_reads():
    text = '  see <a href="https://t.me/+abcdefghijklmnopqr">our page</a>, <a href="mailto:a@b.example">a@b.example</a>'
    heard = told(message(1, text=text))
    assert [(one.start, one.end, one.kind) for one in heard.named if one.kind == "invite"] == [(4, 12, "invite")]
    assert sum(one.kind == "email" for one in heard.named) == 1


def test_telegrams_own_lines_are_events():
    heard = told(
        service(-1, "3 April 2025"),
        service(1, "Asha created group &laquo;Boats &amp; nets&raquo; with members Ravi, Meena and Deleted Account"),
        service(2, "Asha removed Ravi"),
        service(3, "Meena removed Meena"),
        service(4, "Ravi joined group by link from Asha"),
        service(5, 'Asha pinned <a href="#go_to_message1">this message</a>'),
        service(6, "Channel &laquo;Nets&raquo; created"),
        service(7, "something new"),
    )
    assert [one.act for one in heard.events] == [
        "created",
        "added",
        "removed",
        "left",
        "joined",
        "pinned",
        "created",
        "other",
    ]
    assert heard.events[1].targets == ("Ravi", "Meena", "Deleted Account")
    assert heard.events[1].target_ids[2] == ""
    assert (heard.events[0].value, heard.events[4].value) == ("Boats & nets", "Asha")
    assert heard.reading.understood == 6


def test_a_name_that_makes_a_line_say_two_things_makes_no_event_unless_one_is_an_author():
    line = service(3, "Ravi invited Asha removed Meena")
    assert [one.act for one in told(message(1), line).events] == ["other"]
    assert [(one.act, one.actor) for one in told(message(1, "Ravi"), line).events] == [("added", "Ravi")]


def test_pages_of_one_chat_are_read_as_one():
    pages = [page(message(1), later="messages2.html"), page(message(2), earlier="messages.html")]
    data = "".join(pages).encode()
    sizes = [len(one.encode()) for one in pages]
    pieces = (Piece("messages.html", 0, sizes[0]), Piece("messages2.html", sizes[0], sizes[1]))
    records = list(read(io.BytesIO(data), Request("telegram-html", "0" * 64, pieces=pieces)))
    messages = [one for batch in records[:-1] for one in batch.messages]
    assert [(one.native, data[one.offset :][:12]) for one in messages] == [
        ("chat/1", b'<div class="'),
        ("chat/2", b'<div class="'),
    ]


def test_a_page_that_was_cut_says_so_and_a_page_without_messages_is_refused():
    heard = hear(page(message(1), message(2))[:-300], "telegram-html")
    assert len(heard.messages) == 2
    assert any("not whole" in warning for warning in heard.reading.warnings)
    with pytest.raises(ChatError, match="no messages"):
        hear(page(), "telegram-html")


def test_a_first_tag_that_is_broken_costs_its_message():
    heard = hear(page(message(1), message(2)).replace('id="message1"', 'id="message1'), "telegram-html")
    assert [one.native for one in heard.messages] == ["chat/2"]
    assert heard.reading.unreadable[0].count == 1


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 3000))
def test_damage_is_read_around_or_refused(data, place):
    whole = page(
        service(-1, "3 April 2025"), message(1), message(2, None, inner=reply(1)), message(3, inner=photo("a.jpg"))
    )
    try:
        heard = hear(whole.encode()[:place] + data + whole.encode()[place + len(data) :], "telegram-html")
    except ChatError:
        return
    assert len(heard.messages) <= 4


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet='<>/"= abdiv&;#x\n', max_size=80))
def test_any_page_is_read(text):
    assert len(told(message(1, text=text), message(2)).messages) >= 1
