"""The tables of a store. What people and programs ask are the views; below them keys are small numbers."""

from __future__ import annotations

from typing import Final

VERSION: Final = 3
"""Of this layout, in `user_version`."""

TABLES: Final = """
CREATE TABLE source (
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, authority TEXT NOT NULL,
    examiner TEXT NOT NULL, read_at TEXT NOT NULL, reader TEXT NOT NULL, container_sha256 TEXT NOT NULL,
    container_name TEXT NOT NULL, zone TEXT NOT NULL, pieces TEXT NOT NULL,
    reading TEXT NOT NULL DEFAULT ''
);
CREATE TABLE conversation (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, native TEXT NOT NULL,
    title TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE account (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, kind TEXT NOT NULL,
    native TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL
);
CREATE TABLE message (
    seq INTEGER PRIMARY KEY, offset INTEGER NOT NULL, length INTEGER NOT NULL, native TEXT NOT NULL,
    conversation INTEGER NOT NULL, sender INTEGER, sender_name TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    time_local TEXT NOT NULL, time_utc INTEGER, time_certainty TEXT NOT NULL, time_text TEXT NOT NULL,
    reply_to TEXT NOT NULL, forwarded_from TEXT NOT NULL, media_name TEXT NOT NULL, media_note TEXT NOT NULL,
    edited INTEGER NOT NULL, flags TEXT NOT NULL, forwards INTEGER NOT NULL, origin TEXT NOT NULL,
    stated_sha256 TEXT NOT NULL
);
CREATE TABLE event (
    seq INTEGER NOT NULL, act TEXT NOT NULL, actor TEXT NOT NULL, actor_id TEXT NOT NULL, targets TEXT NOT NULL,
    target_ids TEXT NOT NULL, value TEXT NOT NULL, before TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE identifier (
    seq INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    surety TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE TABLE membership (
    conversation_id TEXT NOT NULL, account_id TEXT NOT NULL, role TEXT NOT NULL, since TEXT NOT NULL,
    since_seq INTEGER, since_by TEXT NOT NULL, first_seen TEXT NOT NULL, first_seq INTEGER,
    until TEXT NOT NULL, until_seq INTEGER, until_by TEXT NOT NULL, last_seen TEXT NOT NULL, last_seq INTEGER,
    posts INTEGER NOT NULL, by_id TEXT NOT NULL, label TEXT NOT NULL, roster TEXT NOT NULL
);
CREATE TABLE roster (
    conversation_id TEXT NOT NULL, account_id TEXT NOT NULL, role TEXT NOT NULL, source TEXT NOT NULL,
    since TEXT NOT NULL, until TEXT NOT NULL, by_id TEXT NOT NULL
);
CREATE TABLE size (
    conversation_id TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL, at TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE media (name TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, fault TEXT NOT NULL);
CREATE TABLE long_text (seq INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE VIRTUAL TABLE word USING fts5(
    text, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
"""
"""`word` holds the words of folded texts; its tokenizer's categories keep those of Malayalam and Hindi whole.
Lengths of texts are not kept, since nothing is ranked by them."""

FINISH: Final = """
CREATE INDEX message_by_sender ON message (sender) WHERE kind != 'system';
CREATE INDEX message_by_media ON message (media_name) WHERE media_name != '';
CREATE INDEX identifier_by_value ON identifier (kind, value);
CREATE INDEX media_by_name ON media (name);
CREATE INDEX message_by_stated ON message (stated_sha256) WHERE stated_sha256 != '';
CREATE INDEX long_text_by_digest ON long_text (digest);
CREATE INDEX membership_by_conversation ON membership (conversation_id, role, account_id);
CREATE INDEX size_by_conversation ON size (conversation_id, what);
CREATE VIEW message_key AS
    SELECT m.seq, s.sha256 || ':' || CASE m.native WHEN '' THEN m.offset ELSE m.native END AS key
    FROM message m JOIN source s;
CREATE VIEW messages AS
    SELECT s.sha256 || ':' || CASE m.native WHEN '' THEN m.offset ELSE m.native END AS key,
        s.sha256 AS source_sha256, m.offset, m.length, c.id AS conversation_id, m.seq, m.time_utc, m.time_local,
        m.time_certainty, m.time_text, coalesce(a.id, '') AS sender_id, m.sender_name, m.kind, m.text, m.reply_to,
        m.forwarded_from, m.media_name,
        coalesce((SELECT f.sha256 FROM media f WHERE f.name = m.media_name AND m.media_name != '' LIMIT 1), '')
            AS media_sha256,
        m.media_note, m.edited, m.flags, m.forwards, m.origin, m.stated_sha256
    FROM message m JOIN source s JOIN conversation c ON c.number = m.conversation
        LEFT JOIN account a ON a.number = m.sender;
CREATE VIEW events AS
    SELECT m.key, m.conversation_id, m.time_utc, m.time_local, e.seq, e.act, e.actor, e.actor_id, e.targets,
        e.target_ids, e.value, e.before, e.source, m.text AS line, m.flags
    FROM event e JOIN messages m ON m.seq = e.seq;
CREATE VIEW conversations AS
    SELECT c.id, c.platform, c.native, c.title, c.kind, c.note,
        (SELECT count(*) FROM message m WHERE m.conversation = c.number) AS messages,
        (SELECT count(DISTINCT p.account_id) FROM membership p WHERE p.conversation_id = c.id AND p.role = 'member')
            AS known_members,
        s.count AS stated_members, coalesce(s.at, '') AS stated_at, coalesce(s.source, '') AS stated_by
    FROM conversation c LEFT JOIN size s ON s.rowid = (
        SELECT rowid FROM size WHERE conversation_id = c.id AND what = 'members' ORDER BY at DESC, rowid DESC LIMIT 1);
CREATE VIEW accounts AS
    SELECT a.id, a.platform, a.kind, a.native, a.name, a.country AS number_prefix,
        (SELECT count(*) FROM message m WHERE m.sender = a.number AND m.kind != 'system') AS posts
    FROM account a;
CREATE VIEW memberships AS
    SELECT p.conversation_id, p.account_id, p.role, p.since,
        (SELECT key FROM message_key WHERE seq = p.since_seq) AS since_key, p.since_by, p.first_seen,
        (SELECT key FROM message_key WHERE seq = p.first_seq) AS first_seen_key, p.until,
        (SELECT key FROM message_key WHERE seq = p.until_seq) AS until_key, p.until_by, p.last_seen,
        (SELECT key FROM message_key WHERE seq = p.last_seq) AS last_seen_key, p.posts, p.by_id, p.label, p.roster
    FROM membership p;
CREATE VIEW rosters AS SELECT * FROM roster;
CREATE VIEW sizes AS SELECT * FROM size;
CREATE VIEW shares AS
    SELECT m.key, m.conversation_id, m.seq, m.time_utc, m.time_local, m.sender_id, m.media_name, m.media_sha256,
        CASE WHEN m.media_sha256 != '' THEN 'in the export' WHEN m.media_note != '' THEN m.media_note
            ELSE 'named, not in the export' END AS state, m.forwarded_from, m.forwards, m.origin, m.stated_sha256
    FROM messages m WHERE m.media_name != '' OR m.kind = 'media';
CREATE VIEW identifiers AS
    SELECT m.key, m.conversation_id, m.sender_id, m.time_local, i.seq, i.start, i."end", i.kind, i.value, i.surety,
        i.detail
    FROM identifier i JOIN messages m ON m.seq = i.seq;
CREATE VIEW contents AS
    SELECT m.seq, 'file' AS what, f.sha256 AS digest FROM media f JOIN message m ON m.media_name = f.name
        WHERE m.media_name != '' AND f.sha256 != ''
    UNION SELECT m.seq, 'file, as stated', lower(m.stated_sha256) FROM message m
        WHERE m.stated_sha256 != ''
            AND lower(m.stated_sha256) NOT IN (SELECT f.sha256 FROM media f WHERE f.name = m.media_name)
    UNION ALL SELECT seq, 'text', digest FROM long_text;
CREATE VIEW repeats AS
    SELECT m.key, m.conversation_id, m.seq, m.time_utc, m.time_local, m.sender_id, r.what, r.digest, r.earlier,
        f.key AS first_key, f.conversation_id AS first_conversation_id, f.time_local AS first_time_local
    FROM (
        SELECT c.seq, c.what, c.digest, row_number() OVER seen - 1 AS earlier, first_value(c.seq) OVER seen AS first
        FROM contents c JOIN message m ON m.seq = c.seq
        WINDOW seen AS (
            PARTITION BY c.digest ORDER BY m.time_local = '', m.time_utc, m.time_local, c.seq)
    ) r JOIN messages m ON m.seq = r.seq JOIN messages f ON f.seq = r.first
    WHERE r.earlier > 0;
"""

BY_CONVERSATION: Final = "CREATE INDEX message_by_conversation ON message (conversation);"
"""Where there are several."""

VIEWS: Final = (
    "messages", "events", "conversations", "accounts", "memberships", "rosters", "sizes", "shares", "identifiers",
    "repeats",
)  # fmt: skip
"""What a store holds, also as Parquet."""
