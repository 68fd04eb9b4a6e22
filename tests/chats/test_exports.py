"""Opening exports: a text, or the archive with its files; attachments tied to what came."""

import hashlib
import json
import os
import zipfile
from datetime import UTC, datetime

import polars as pl
import pytest

from kavalan.chats import Asked, ChatError, ChatReader, Store, collect, open_exports
from tests.chats.telegram.made import chat, message, written

TEXT = (
    "[13/03/2025, 10:00:00] Asha: \u200e<attached: 00000001-PHOTO-2025-03-13-10-00-00.jpg>\r\n"
    "[13/03/2025, 10:00:01] Ravi: \u200e<attached: gone.jpg>\r\n"
    "[13/03/2025, 10:00:02] Ravi: \u200eimage omitted\r\n"
)
NAME = "00000001-PHOTO-2025-03-13-10-00-00.jpg"
PICTURE = b"a picture of a boat"
ASKED = Asked("FIR 1/2026", "A. Examiner", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def reader():
    with ChatReader() as one:
        yield one


def archive(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {"_chat.txt": TEXT, **members}.items():
            made.writestr(name, data)
    return path


def test_attachments_of_an_archive_are_tied_by_name_and_digest(reader, tmp_path):
    path = archive(tmp_path / "WhatsApp Chat - Boats.zip", **{NAME: PICTURE, "stray.jpg": b"other"})
    with open_exports(path) as exports:
        collected = collect(reader, next(exports), tmp_path / "out", ASKED)
    with Store(collected.folder) as store:
        shares = store.base.execute("SELECT media_name, media_sha256, state FROM shares ORDER BY seq").fetchall()
        title = store.base.execute("SELECT title FROM conversations").fetchone()[0]
    assert shares == [
        (NAME, hashlib.sha256(PICTURE).hexdigest(), "in the export"),
        ("gone.jpg", "", "named, not in the export"),
        ("", "", "omitted"),
    ]
    assert title == "Boats"
    assert "1 attachments are named and did not come with the export" in collected.reading.warnings
    assert "1 files came with the export and no message names them" in collected.reading.warnings


def test_the_same_text_has_the_same_keys_in_an_archive_and_outside(reader, tmp_path):
    (tmp_path / "_chat.txt").write_bytes(TEXT.encode())
    keys = []
    for number, path in enumerate((tmp_path / "_chat.txt", archive(tmp_path / "a.zip"))):
        with open_exports(path) as exports:
            collected = collect(reader, next(exports), tmp_path / str(number), ASKED)
        with Store(collected.folder) as store:
            keys.append(store.base.execute("SELECT key, sender_id, conversation_id FROM messages").fetchall())
    assert keys[0] == keys[1]


def test_files_beside_a_text_are_tied_and_nothing_outside_its_folder_is(reader, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "outside.jpg").write_bytes(PICTURE)
    (tmp_path / "in" / NAME).write_bytes(PICTURE)
    (tmp_path / "in" / "gone.jpg").symlink_to(tmp_path / "outside.jpg")
    (tmp_path / "in" / "_chat.txt").write_bytes(TEXT.encode())
    with open_exports(tmp_path / "in" / "_chat.txt") as exports:
        collected = collect(reader, next(exports), tmp_path / "out", ASKED)
    with Store(collected.folder) as store:
        assert store.base.execute("SELECT name FROM media").fetchall() == [(NAME,)]


def test_a_text_that_lies_alone_in_an_archive_may_be_called_anything(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("talk.txt", TEXT)
    with open_exports(tmp_path / "a.zip") as exports:
        assert [(one.name, one.form) for one in exports] == [("talk.txt", "whatsapp-text")]


def test_an_empty_file_of_an_archive_is_a_piece_of_its_source(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("msgstore.db", b"SQLite format 3\0" + bytes(84))
        made.writestr("msgstore.db-wal", b"")
    with open_exports(tmp_path / "a.zip") as exports:
        assert [(one.name, one.size) for one in next(exports).pieces] == [("msgstore.db", 100), ("msgstore.db-wal", 0)]


def test_an_archive_without_a_chat_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("photo.jpg", PICTURE)
    with pytest.raises(ChatError, match="no exported chat"), open_exports(tmp_path / "a.zip"):
        pass


def test_a_file_that_is_no_chat_leaves_no_store(reader, tmp_path):
    (tmp_path / "a.txt").write_text("nothing\n")
    with (
        open_exports(tmp_path / "a.txt") as exports,
        pytest.raises(ChatError, match="date and a time"),
    ):
        collect(reader, next(exports), tmp_path / "out", ASKED)
    assert list((tmp_path / "out").rglob("*.sqlite*")) == []


def test_a_store_is_never_written_twice(reader, tmp_path):
    (tmp_path / "_chat.txt").write_bytes(TEXT.encode())
    with open_exports(tmp_path / "_chat.txt") as exports:
        export = next(exports)
        collect(reader, export, tmp_path / "out", ASKED)
        with pytest.raises(ChatError, match="never changed"):
            collect(reader, export, tmp_path / "out", ASKED)


def test_tables_say_what_the_store_says_and_the_report_has_their_digests(reader, tmp_path):
    (tmp_path / "_chat.txt").write_bytes(TEXT.encode())
    with open_exports(tmp_path / "_chat.txt") as exports:
        folder = collect(reader, next(exports), tmp_path / "out", ASKED).folder
    with Store(folder) as store:
        for view in ("messages", "shares", "accounts", "memberships"):
            frame = pl.read_parquet(folder / f"{view}.parquet")
            assert frame.rows() == store.base.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608 our own names
    told = json.loads((folder / "reading.json").read_text())
    assert told["source"]["authority"] == "FIR 1/2026"
    for name, digest in told["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_an_export_of_telegram_is_tied_to_its_folder_and_twice_used_numbers_are_told_apart(reader, tmp_path):
    folder = tmp_path / "ChatExport"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "a.jpg").write_bytes(PICTURE)
    messages = [message(1, photo="photos/a.jpg"), message(1, 2), message(2, photo="../a.txt")]
    (folder / "result.json").write_text(written(chat(*messages)))
    with open_exports(folder / "result.json") as exports:
        collected = collect(reader, next(exports), tmp_path / "out", ASKED)
    with Store(collected.folder) as store:
        found = store.base.execute("SELECT substr(key, 66), media_sha256, flags FROM messages ORDER BY seq").fetchall()
    assert found == [
        ("chat77/1", hashlib.sha256(PICTURE).hexdigest(), ""),
        ("chat77/1#2", "", "duplicate"),
        ("chat77/2", "", ""),
    ]
    assert collected.reading.doubtful[-1].count == 1


def test_a_folder_is_read_with_all_its_exports_and_links_in_it_are_not_followed(reader, tmp_path):
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("[13/03/2025, 10:00:00] Asha: not here\n")
    (tmp_path / "in" / "a" / "_chat.txt").write_bytes(TEXT.encode())
    (tmp_path / "in" / "a" / NAME).write_bytes(PICTURE)
    (tmp_path / "in" / "WhatsApp Chat with Nets.txt").write_text("[14/03/2025, 10:00:00] Asha: nets\n")
    (tmp_path / "in" / "_chat.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "in" / "notes.txt").write_text("no chat\n")
    with open_exports(tmp_path / "in") as exports:
        names = [(export.name, collect(reader, export, tmp_path / "out", ASKED).folder) for export in exports]
    assert [name for name, _ in names] == ["WhatsApp Chat with Nets.txt", "a/_chat.txt"]
    with Store(names[1][1]) as store:
        assert store.base.execute("SELECT name FROM media").fetchall() == [(NAME,)]


def test_names_that_are_no_text_are_read_as_they_are_shown(reader, tmp_path):
    folder = tmp_path / os.fsdecode(b"in \xff")
    folder.mkdir()
    (folder / os.fsdecode(b"WhatsApp Chat with \xfe.txt")).write_text(TEXT)
    (folder / NAME).write_bytes(PICTURE)
    with open_exports(tmp_path) as exports:
        (collected,) = [collect(reader, export, tmp_path / "out", ASKED) for export in exports]
    assert collected.source.name == "in \\xff/WhatsApp Chat with \\xfe.txt"
    with Store(collected.folder) as store:
        assert store.base.execute("SELECT name FROM media").fetchall() == [(NAME,)]


def test_what_is_broken_or_packed_again_in_an_archive_is_told(tmp_path):
    path = archive(tmp_path / "a.zip", **{"inner.zip": "PK", "WhatsApp Chat with B.txt": TEXT})
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b"PK\1\2")])
    with open_exports(path) as exports:
        passed = [(one.name, one.lost) for one in exports.passed]
    assert passed == [("", True), ("inner.zip", True)]


def test_a_folder_without_a_chat_and_one_that_is_not_there_are_refused(tmp_path):
    for name, said in ((tmp_path, "no exported chat"), (tmp_path / "gone", "cannot be read")):
        with pytest.raises(ChatError, match=said), open_exports(name):
            pass


def test_what_goes_wrong_with_who_reads_them_is_no_fault_of_the_file(tmp_path):
    (tmp_path / "_chat.txt").write_bytes(TEXT.encode())
    with pytest.raises(BrokenPipeError), open_exports(tmp_path / "_chat.txt"):
        raise BrokenPipeError


def test_a_store_that_cannot_be_written_leaves_nothing_and_can_be_made_anew(reader, tmp_path, monkeypatch):
    (tmp_path / "_chat.txt").write_text(TEXT)

    def full(*_):
        raise OSError(28, "No space left on device")

    with open_exports(tmp_path / "_chat.txt") as exports, monkeypatch.context() as patched:
        patched.setattr("kavalan.chats.store.parquet.write_parquet", full)
        with pytest.raises(ChatError, match=r"cannot be written, and nothing of it is kept.*No space left"):
            collect(reader, next(exports), tmp_path / "out", ASKED)
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    with open_exports(tmp_path / "_chat.txt") as exports:
        assert collect(reader, next(exports), tmp_path / "out", ASKED).whole
