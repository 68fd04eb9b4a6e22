"""Objects as Telethon's `to_dict` and TDLib's JSON have them."""

import json

CHANNEL = {"_": "PeerChannel", "channel_id": 77}


def peer(number):
    return {"_": "PeerUser", "user_id": number}


def message(number, author=1, text="the boats go out", **more):
    return {
        "_": "Message",
        "id": number,
        "peer_id": CHANNEL,
        "date": "2025-04-03T13:35:09+00:00",
        "message": text,
        "out": False,
        "from_id": None if author is None else peer(author),
        "fwd_from": None,
        "reply_to": None,
        "media": None,
        "entities": [],
        **more,
    }


def service(number, action, author=1, **more):
    told = {**message(number, author), "_": "MessageService", "action": {"_": f"MessageAction{action}", **more}}
    del told["message"]
    return told


def user(number, name, **more):
    return {"_": "User", "id": number, "first_name": name, "last_name": None, "username": None, "phone": None, **more}


def channel(number=77, title="Boats", **more):
    return {"_": "Channel", "id": number, "title": title, "broadcast": False, "megagroup": True, **more}


def member(number, type_="", **more):
    return {"_": f"ChannelParticipant{type_}", "user_id": number, "date": "2025-01-14T08:00:00+00:00", **more}


def answer(*participants, chats=(), users=()):
    told = {"count": len(participants), "participants": list(participants), "chats": list(chats), "users": list(users)}
    return {"_": "ChannelParticipants", **told}


def lines(*objects):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def tdlib(number, content, sender=1, chat=-1000000000077, **more):
    return {
        "@type": "message",
        "id": number << 20,
        "sender_id": {"@type": "messageSenderUser", "user_id": sender},
        "chat_id": chat,
        "date": 1743687309,
        "content": content,
        **more,
    }


def words(text, *entities):
    return {"@type": "messageText", "text": {"@type": "formattedText", "text": text, "entities": list(entities)}}
