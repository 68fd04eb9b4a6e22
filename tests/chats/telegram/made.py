"""Exports as Telegram Desktop writes them: one space for each depth, each brace of a message on a line of its own."""

import json

TIME = {"date": "2025-04-03T19:05:09", "date_unixtime": "1743687309"}


def message(number, author=1, text="the boats go out", **more):
    return {
        "id": number,
        "type": "message",
        **TIME,
        "from": f"P{author}",
        "from_id": f"user{author}",
        "text": text,
        "text_entities": [],
        **more,
    }


def service(number, action, actor=1, **more):
    told = {"actor": f"P{actor}", "actor_id": f"user{actor}", "action": action, "text": "", "text_entities": []}
    return {"id": number, "type": "service", **TIME, **told, **more}


def chat(*messages, name="Boats", kind="private_group", number=77):
    return {"name": name, "type": kind, "id": number, "messages": list(messages)}


def account(*chats, left=()):
    return {
        "about": "x",
        "personal_information": {"user_id": 5, "first_name": "P5"},
        "chats": {"about": "x", "list": list(chats)},
        "left_chats": {"about": "x", "list": list(left)},
    }


def written(export, layout="desktop"):
    indent = {"desktop": 1, "wide": 4, "one line": None}[layout]
    return json.dumps(export, ensure_ascii=False, indent=indent)
