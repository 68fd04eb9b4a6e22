"""Exported chats: messages a second read, and read, stored and indexed, beside peers that are installed.

Run: `python -m benchmarks.chats`; `--full` for 500,000 messages in place of 50,000. Each way runs in a process of its
own: processor time of that process and of the confined one that it starts, and the most memory that either held. "read"
is our reader without the sandbox, and without looking for identifiers where it does not say so; "stored" adds what a
store holds: messages, words, events, memberships, what was seen again. "in the sandbox" is the same in the two
processes that `kavalan chats read` has, and "with Parquet" all that it does. Peers: whatstk, chat-export, ijson, json;
one that is not installed is named and left out. The plain loop goes over lines with one pattern: the least that any
reader of texts does. Terms: a list of 20,000 is looked for in the texts; making its automaton is not counted. A way is
imported when it is counted; what a confined process does to start is counted.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from kavalan.chats import Asked, Batch, ChatReader, Reading, Request, Source, Writer, collect, open_exports
from kavalan.chats.model import Part
from kavalan.chats.task import read
from kavalan.identifiers import Term, Terms

Way: TypeAlias = Callable[[Path], Callable[[], int]]
"""Makes ready, which is not counted, and gives what is: it says how many messages there were."""

_MESSAGES = 50_000
_FULL = 500_000
_LARGER = 3
"""By how much a second file is larger, to show that memory does not grow."""
_PEOPLE = 40
_TERMS = 20_000
_TEXTS = (
    "ok, see you at the harbour at 7",
    "നാളെ രാവിലെ വള്ളം കടവിൽ വരും, കാത്തിരിക്കുക",
    "the list for the month has 40 lines and 3 columns",
    "कल शाम को नाव किनारे पर मिलेगी",
    "ok",
    "the boats go out at five tomorrow, tell everybody in the other group too",
    "two\nlines",
    "<Media omitted>",
)
_LINE = re.compile(r"(\d{1,2}/\d{1,2}/\d{2,4}), (\d{1,2}:\d{2}) - (?:([^:]{1,80}): )?(.*)")


def main() -> int:
    """Print the table, or in a process of its own measure one way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--way")
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.way:
        _measured(asked.way, asked.file)
        return 0
    count = _FULL if asked.full else _MESSAGES
    print(f"{'file':12} {'way':34} {'messages/s':>11} {'found':>8} {'peak MiB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name, make, ways in (("WhatsApp", _whatsapp, _TEXT_WAYS), ("Telegram", _telegram, _JSON_WAYS)):
            file = make(Path(folder, name), count)
            for way in ways:
                _show(name, way, file)
            larger = make(Path(folder, f"{name} larger"), _LARGER * count)
            _show(f"{name} x{_LARGER}", next(iter(ways)), larger)
    return 0


def _show(name: str, way: str, file: Path) -> None:
    needed = _NEEDS.get(way)
    if needed and importlib.util.find_spec(needed) is None:
        print(f"{name:12} {way:34} {'not installed':>11}")
        return
    command = [sys.executable, "-m", "benchmarks.chats", "--way", way, "--file", str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, found, peak = json.loads(done.stdout)
    print(f"{name:12} {way:34} {found / seconds:11,.0f} {found:8} {peak:9.0f}", flush=True)


def _measured(way: str, file: Path) -> None:
    run = (_TEXT_WAYS | _JSON_WAYS)[way](file)
    started = time.process_time()
    found = run()
    seconds = time.process_time() - started
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds += children.ru_utime + children.ru_stime
    peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children.ru_maxrss)
    print(json.dumps([seconds, found, peak / 1024]))


def _whatsapp(path: Path, count: int) -> Path:
    chance, at = random.Random(1), datetime(2024, 1, 1, 8, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            at += timedelta(seconds=chance.randrange(90))
            said = "left" if number % 100 == 0 else f": {chance.choice(_TEXTS)}"
            file.write(f"{at:%d/%m/%Y, %H:%M} - Person {number % _PEOPLE}{' ' * (said == 'left')}{said}\n")
    return path


def _telegram(path: Path, count: int) -> Path:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n "name": "Boats",\n "type": "private_supergroup",\n "id": 77,\n "messages": [\n')
        for number in range(count):
            text = chance.choice(_TEXTS)
            at = 1_735_689_600 + 40 * number
            told = {
                "id": number,
                "type": "message",
                "date": datetime.fromtimestamp(at, UTC).isoformat()[:19],
                "date_unixtime": str(at),
                "from": f"Person {number % _PEOPLE}",
                "from_id": f"user{number % _PEOPLE}",
                "text": text,
                "text_entities": [{"type": "plain", "text": text}],
            }
            lines = json.dumps(told, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            file.write(f"  {lines}{',' * (number + 1 < count)}\n")
        file.write(" ]\n}")
    return path


def _request(file: Path, form: str, region: str | None) -> Request:
    with file.open("rb") as opened:
        return Request(form, hashlib.file_digest(opened, "sha256").hexdigest(), file.name, region=region)


def _warm(file: Path, request: Request) -> None:
    """Have the reader imported; a confined one imports its own, which is counted."""
    with file.open("rb") as opened:
        next(read(opened, request))


def _reading(form: str, region: str | None) -> Way:
    def ready(file: Path) -> Callable[[], int]:
        request = _request(file, form, region)
        _warm(file, request)

        def run() -> int:
            with file.open("rb") as opened:
                return sum(len(one.messages) for one in read(opened, request) if isinstance(one, Batch))

        return run

    return ready


def _storing(form: str, *, confined: bool) -> Way:
    def ready(file: Path) -> Callable[[], int]:
        request = _request(file, form, None)
        _warm(file, request)
        source = Source(request.source, file.stat().st_size, file.name, form, "FIR 1", "A", "2026-01-01", "0")

        def run() -> int:
            found, reading = 0, Reading()
            with (
                tempfile.TemporaryDirectory() as folder,
                file.open("rb") as opened,
                ChatReader() as reader,
                Writer(Path(folder), source) as writer,
            ):
                for said in reader.read(opened, request) if confined else read(opened, request):
                    if isinstance(said, Batch):
                        writer.add(said)
                        found += len(said.messages)
                    elif not isinstance(said, Part):
                        reading = said
                writer.finish(reading)
            return found

        return run

    return ready


def _collecting(file: Path) -> Callable[[], int]:
    asked = Asked("FIR 1", "A", datetime(2026, 1, 1, tzinfo=UTC))

    def run() -> int:
        with tempfile.TemporaryDirectory() as folder, ChatReader() as reader, open_exports(file) as exports:
            return sum(collect(reader, export, Path(folder), asked).reading.messages for export in exports)

    return run


def _terms(file: Path) -> Callable[[], int]:
    texts = [line.partition(": ")[2] for line in file.read_text(encoding="utf-8").splitlines()]
    terms = Terms([Term("harbour"), Term("വള്ളം"), *(Term(f"net of {number} knots") for number in range(_TERMS - 2))])

    def run() -> int:
        found = sum(1 for _ in terms.search(texts))
        assert found > len(texts) // 8
        return len(texts)

    return run


def _plain(file: Path) -> int:
    found, held = 0, [""]
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if match := _LINE.match(line):
                found += 1
                held = list(match.groups(""))
            else:
                held[-1] += line
    return found


def _whatstk(file: Path) -> int:
    return len(importlib.import_module("whatstk").df_from_whatsapp(str(file)))


def _chat_export(file: Path) -> int:
    parser = importlib.import_module("chat_export.chat_export").MessageParser()
    return len(parser.parse_messages(file.read_text(encoding="utf-8"))[0].messages)


def _json(file: Path) -> int:
    with file.open("rb") as opened:
        return len(json.load(opened)["messages"])


def _ijson(file: Path) -> int:
    with file.open("rb") as opened:
        return sum(1 for _ in importlib.import_module("ijson").items(opened, "messages.item"))


def _at_once(count: Callable[[Path], int]) -> Way:
    """A way that has nothing to make ready."""
    return lambda file: lambda: count(file)


_TEXT_WAYS: dict[str, Way] = {
    "kavalan, read": _reading("whatsapp-text", None),
    "kavalan, read with identifiers": _reading("whatsapp-text", "IN"),
    "kavalan, read, stored, indexed": _storing("whatsapp-text", confined=False),
    "the same, in the sandbox": _storing("whatsapp-text", confined=True),
    "all, with identifiers and Parquet": _collecting,
    "kavalan, 20,000 terms": _terms,
    "plain loop": _at_once(_plain),
    "whatstk": _at_once(_whatstk),
    "chat-export": _at_once(_chat_export),
}
_JSON_WAYS: dict[str, Way] = {
    "kavalan, read (Telegram)": _reading("telegram-json", None),
    "kavalan, with identifiers (Telegram)": _reading("telegram-json", "IN"),
    "kavalan, stored, indexed (Telegram)": _storing("telegram-json", confined=False),
    "in the sandbox (Telegram)": _storing("telegram-json", confined=True),
    "json.load": _at_once(_json),
    "ijson": _at_once(_ijson),
}
_NEEDS = {"whatstk": "whatstk", "chat-export": "chat_export", "ijson": "ijson"}


if __name__ == "__main__":
    raise SystemExit(main())
