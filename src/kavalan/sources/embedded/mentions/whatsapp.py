"""WhatsApp's databases: which files were sent, received, forwarded. Never what was written, nor who wrote it.

Tables and fields of Android's msgstore.db are those of public parsers (WAInsight, whapa, ALEAPP) [S]; those of iOS's
ChatStorage.sqlite are in a public test image of iLEAPP [V]. `forward_score` is a mark that the sender's program sets
[S]. iOS keeps no such mark in a field that is known. The older table `messages` of Android names no files.
"""

from __future__ import annotations

from kavalan.sources.archive.records import Told
from kavalan.sources.embedded.database import Database, Value
from kavalan.sources.embedded.mentions.telling import Telling, apple_time, counted, subject_of, told, unix_time


def whatsapp_android(database: Database) -> Telling:
    """What msgstore.db records; nothing where the database is another."""
    media, messages = database.table("message_media"), database.table("message")
    if media is None or messages is None or not media.has("message_row_id", "file_path"):
        return
    forwards = database.table("message_forwarded")
    for row in database.rows(media, ("message_row_id", "file_path", "transferred")):
        if row is None:
            yield None
            continue
        message, path, transferred = row
        subject = subject_of(path)
        if subject is None:
            continue
        mine, moment = database.row(messages, message, ("from_me", "timestamp"))
        score = database.row(forwards, message, ("forward_score",))[0] if forwards else None
        yield _android(subject, mine, counted(score), unix_time(moment, 1000), transferred)


def _android(subject: bytes, mine: Value, score: int, moment: int | None, transferred: Value) -> Told | None:
    where = "msgstore.db, message_media.file_path"
    mark = f", message_forwarded.forward_score = {score}"
    if mine == 1 and score:
        return told(subject, "forwarded", f"{where}, message.from_me = 1{mark}: sent on from this account", moment)
    if mine == 1:
        return told(subject, "sent", f"{where}, message.from_me = 1: sent from this account", moment)
    if mine != 0:
        return None
    came = ": received, marked as forwarded by its sender" if score else ": received"
    held = "; transferred = 0: not marked as downloaded" if transferred == 0 else ""
    evidence = f"{where}, message.from_me = 0{mark if score else ''}{came}{held}"
    return told(subject, "received", evidence, moment)


def whatsapp_ios(database: Database) -> Telling:
    """What ChatStorage.sqlite records; nothing where the database is another."""
    media, messages = database.table("ZWAMEDIAITEM"), database.table("ZWAMESSAGE")
    if media is None or messages is None or not media.has("ZMESSAGE", "ZMEDIALOCALPATH"):
        return
    for row in database.rows(media, ("ZMESSAGE", "ZMEDIALOCALPATH")):
        if row is None:
            yield None
            continue
        subject = subject_of(row[1])
        if subject is None:
            continue
        mine, moment = database.row(messages, row[0], ("ZISFROMME", "ZMESSAGEDATE"))
        if mine in {0, 1}:
            word = "sent from this account" if mine else "received"
            evidence = f"ChatStorage.sqlite, ZWAMEDIAITEM.ZMEDIALOCALPATH, ZWAMESSAGE.ZISFROMME = {mine}: {word}"
            yield told(subject, "sent" if mine else "received", evidence, apple_time(moment))
