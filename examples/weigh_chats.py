"""How much of the truth comes back: reads what `examples/chats.py` wrote, and holds it against `truth.json`.

python examples/chats.py --out district --forms all
python examples/weigh_chats.py district
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kavalan.chats import Asked, ChatReader, Collected, Store, collect, open_exports, read_columns
from scales import Parts, Source, Weighed, Words, plus

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = (
    "form", "messages", "words", "answers", "claims right", "stated intervals", "all intervals", "listed", "passed on",
    "files",
)  # fmt: skip


def weigh(folder: Path) -> list[Weighed]:
    """All sources of a district, by form."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    forms: dict[str, Weighed] = {}
    shutil.rmtree(folder / "stores", ignore_errors=True)
    asked = Asked("FIR 1/2026", "A. Examiner", datetime.now(UTC), zone=truth["zone"])
    with ChatReader() as reader:
        for about in truth["sources"]:
            form = f"{about['form']} {about['kind']}".strip()
            weighed = forms.setdefault(form, Weighed(form))
            _count(weighed, about)
            source = Source(about)
            words, parts = Words(truth, source, weighed), Parts(truth, source, weighed)
            for collected in _read(reader, folder, about, asked):
                with Store(collected.folder) as store:
                    words.put(store)
                    parts.put(store)
                    _count_told(weighed, about, store)
            parts.take()
    return list(forms.values())


def _read(reader: ChatReader, folder: Path, about: dict[str, Any], asked: Asked) -> Iterator[Collected]:
    if about["columns"]:
        asked = asked._replace(columns=read_columns(folder / about["columns"]))
    with open_exports(folder / about["given"], "table" if about["columns"] else "") as exports:
        for export in exports:
            if export.form != about["form"]:
                message = f"{about['given']} is {about['form']}, and is taken for {export.form}"
                raise SystemExit(message)
            yield collect(reader, export, folder / "stores", asked)


def _count(weighed: Weighed, about: dict[str, Any]) -> None:
    weighed.messages = plus(weighed.messages, sum(about["messages"].values()), 0)
    weighed.passed_on = plus(weighed.passed_on, about["passed_on"], 0)
    weighed.files = plus(weighed.files, sum(about["digests"].values()), 0)


def _count_told(weighed: Weighed, about: dict[str, Any], store: Store) -> None:
    weighed.sources += 1
    messages, passed = store.base.execute(
        "SELECT count(*), sum(forwards > 0 OR forwarded_from != '' OR origin != '') FROM messages"
    ).fetchone()
    files = store.base.execute("SELECT max(media_sha256, stated_sha256) FROM messages").fetchall()
    weighed.messages = plus(weighed.messages, 0, messages)
    weighed.passed_on = plus(weighed.passed_on, 0, passed)
    weighed.files = plus(weighed.files, 0, sum(digest in about["digests"] for (digest,) in files))


def table(forms: list[Weighed]) -> str:
    """In Markdown."""
    rows = [_HEAD, ("---",) * len(_HEAD), *map(_row, forms)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one: Weighed) -> tuple[str, ...]:
    return (
        f"`{one.form}`",
        _of(one.messages),
        _of(one.said),
        _of(one.answers),
        _share(one.right, one.right + len(one.wrong)),
        _share(one.dated, one.evident),
        _share(one.found, one.true),
        _of(one.listed),
        _of(one.passed_on),
        _of(one.files),
    )


def _of(pair: tuple[int, int]) -> str:
    return f"{pair[1]:,} of {pair[0]:,}" if pair[0] else ""


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else ""


def main() -> None:
    """Print what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="as one list of objects, wrong claims in words")
    asked = parser.parse_args()
    forms = weigh(asked.folder)
    print(json.dumps([asdict(one) for one in forms]) if asked.json else table(forms))
    for wrong in (wrong for one in forms for wrong in one.wrong[:5]):
        print(wrong, file=sys.stderr)


if __name__ == "__main__":
    main()
