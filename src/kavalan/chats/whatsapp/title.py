"""A chat's name, from the name of its export."""

from __future__ import annotations

import re
from typing import Final

# As telephones of several languages name the file (public parsers list them); underscores may stand for spaces.
_BEFORE: Final = re.compile(
    r"^(?:WhatsApp Chat(?: with| mit| -)|Chat de WhatsApp con|Conversa do WhatsApp com|Discussion WhatsApp avec"
    r"|Чат WhatsApp с) +(.+)$"
)
_BETWEEN: Final = re.compile(r"^[与與](.+?)的 ?WhatsApp ?(?:聊天|對話)$")


def title_of(name: str) -> str:
    """The chat's name in a file's name; empty where the file's name does not say it, as `_chat.txt` does not."""
    stem = re.sub(r"(?:\.txt|\.zip)+$", "", name.rpartition("/")[2], flags=re.IGNORECASE)
    for one in (stem, stem.replace("_", " ")):
        if found := _BEFORE.match(one) or _BETWEEN.match(one):
            return found[1]
    return ""


def is_export(name: str) -> bool:
    """Whether a file is named like an exported chat."""
    last = name.rpartition("/")[2].lower()
    return last == "_chat.txt" or (last.endswith(".txt") and bool(title_of(last) or title_of(name)))
