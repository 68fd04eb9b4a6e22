"""Which of an export's files are read as what."""

from kavalan.chats.candidates import Candidate
from kavalan.chats.forms import recognised
from tests.chats.telegram.dumps import made as dumps
from tests.chats.telegram.html import made as pages


def found(*files, named=False):
    candidates = [Candidate(name, len(head), head[:4096], named) for name, head in files]
    return [(one.form, one.names) for one in recognised(candidates)]


def test_pages_of_one_folder_are_one_chat_in_the_order_of_their_numbers():
    page = pages.page(pages.message(1)).encode()
    names = ["a/messages2.html", "a/messages10.html", "a/messages.html", "b/messages.html"]
    assert found(*((name, page) for name in names), ("a/export_results.html", page.replace(b"chat_page", b""))) == [
        ("telegram-html", ("a/messages.html", "a/messages2.html", "a/messages10.html")),
        ("telegram-html", ("b/messages.html",)),
    ]


def test_a_dump_is_known_by_its_types_and_an_export_by_its_name():
    assert found(("a.jsonl", dumps.lines(dumps.message(1)).encode())) == [("telegram-dump", ("a.jsonl",))]
    assert found(("result.json", b'{"name": "Boats", "messages": []}')) == [("telegram-json", ("result.json",))]
    assert found(("a.json", b'{"name": "{\\"_\\": \\"Message\\"}"}')) == []


def test_a_cache_comes_with_its_log():
    head = b"SQLite format 3\0" + bytes(80)
    assert found(("files/cache4.db", head), ("files/cache4.db-wal", b"")) == [
        ("telegram-android", ("files/cache4.db", "files/cache4.db-wal"))
    ]
    assert found(("cache4.db", b"encrypted")) == []
