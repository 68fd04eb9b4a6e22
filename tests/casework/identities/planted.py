"""Names that are planted, in every form in which a file, a page or a table could hold them."""

from __future__ import annotations

import base64
import html
import json
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

# Invented, in three scripts; the numbers begin as none does.
PLANTED = (
    {
        "name": "Zelphrine Quovandra",
        "other_names": "Zelphy",
        "born": "2013-08-27",
        "contact": "0000073519 after school",
        "guardian": "Orvandrix Quovandra",
        "address": "17 Plumbagold Lane",
        "notes": "Skerrivale School",
    },
    {"name": "ഴേൽഫ്രിൻ ക്വോവന്ദ്ര", "born": "2014", "contact": "0000073528"},
    {"name": "झेल्फ्रीन क्वोवन्द्रा", "born": "2015-02", "contact": "0000073537"},
)
RIGHT = {"name": "Zelphrynne Quovandra", "born": "2013-08-28", "contact": "0000073546"}
"""As the first is corrected."""
WORDS = (
    "Zelphrine",
    "Zelphrynne",
    "Zelphy",
    "Quovandra",
    "2013-08-27",
    "2013-08-28",
    "0000073519",
    "0000073528",
    "0000073537",
    "0000073546",
    "Orvandrix",
    "Plumbagold",
    "Skerrivale",
    "ഴേൽഫ്രിൻ",
    "ക്വോവന്ദ്ര",
    "झेल्फ्रीन",
    "क्वोवन्द्रा",
)
"""What must be found nowhere."""


@dataclass(frozen=True)
class Form:
    """A word as bytes; `cased` where capitals matter."""

    word: str
    data: bytes
    cased: bool = False


def forms(word):
    """The word in each of them, without doubles."""
    spelt = {word, word.casefold(), *(unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC", "NFKD"))}
    found = set()
    for text in spelt:
        encoded = {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
        written = {
            quote(text),
            quote(quote(text)),
            json.dumps(text)[1:-1],
            ascii(text.encode())[2:-1],
            html.escape(text),
        }
        written |= {"".join(f"&#{ord(sign)};" for sign in text), "".join(f"&#x{ord(sign):x};" for sign in text)}
        written |= {data.hex() for data in encoded}
        found |= {Form(word, data.lower()) for data in encoded | {one.encode() for one in written}}
        found |= {Form(word, data, cased=True) for one in (text, text.upper()) for data in _base64(one)}
    return found


def _base64(text):
    """What base64 makes of it wherever it stands among other bytes: less what the neighbours have a part in."""
    for data in (text.encode(), text.encode("utf-16-le")):
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + data)
            inner = whole[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]
            yield inner
            yield inner.replace(b"+", b"-").replace(b"/", b"_")


FORMS = [form for word in WORDS for form in forms(word)]


def words_in(data):
    """The planted words that these bytes hold in any form."""
    lower = data.lower()
    return {form.word for form in FORMS if form.data in (data if form.cased else lower)}


def words_below(folder):
    """Each file below a folder that holds one in its bytes or in its name."""
    found = {}
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if words := words_in(str(path.relative_to(folder)).encode(errors="surrogateescape") + b"\n" + data):
            found[str(path.relative_to(folder))] = words
    return found
