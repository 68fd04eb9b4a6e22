"""The pages' texts in other languages: those of templates and programs, and of the data that pages show.

`python -m tools.messages update` takes new texts into the catalogues of `src/kavalan/casework/locale/`,
`python -m tools.messages compile` makes what Django reads of them. Babel does the work; Django's own reader of
templates turns their tags into calls that Babel knows.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.insight.definitions import definitions
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
CASEWORK = ROOT / "src" / "kavalan" / "casework"
LOCALE = CASEWORK / "locale"
LANGUAGES = ("ml", "hi")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "RefusedError"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
}
# What Django itself says on our pages, and its own catalogues lack in one of the languages or say badly.
DJANGO: tuple[str | tuple[str, str], ...] = (
    *((f"%(num)d {unit}", f"%(num)d {unit}s") for unit in ("minute", "hour", "day", "week", "month", "year")),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    "This field is required.",
    "This password is too common.",
)
_LEGAL = re.compile(r"{%\s*legal\s")


def texts() -> Catalog:
    """Every text of the desk's templates and programs, of its code of conduct, figures and officers' ranks."""
    found = Catalog(charset="utf-8")
    for path in sorted(CASEWORK.rglob("*")):
        if path.suffix in {".html", ".py"} and "migrations" not in path.parts:
            for line, message, _comments, _context in _texts_of(path):
                found.add(message, locations=[(path.relative_to(ROOT).as_posix(), line)])
    for message in (*_texts_of_data(), *DJANGO):
        found.add(message)
    return found


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is committed; an empty one where there is none yet."""
    path = _catalogue(language)
    if not path.exists():
        return Catalog(locale=language, project="Kavalan", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def lacking(language: str) -> list[str]:
    """Texts without a translation in a language, and translations that a change of the text made doubtful."""
    known = catalogue(language)
    return [_first(one.id) for one in texts() if one.id and not _is_translated(known, _first(one.id))]


def update() -> None:
    """Take new texts into each catalogue, let go of those that no page has any more."""
    template = texts()
    for language in LANGUAGES:
        known = catalogue(language)
        # A run that finds nothing new changes nothing.
        template.creation_date = known.creation_date
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        path = _catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, known, width=120, sort_output=True, no_location=True, omit_header=False)


def compile_all() -> None:
    """Write each language's `django.mo` beside its catalogue."""
    for language in LANGUAGES:
        with _catalogue(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue(language))


def _texts_of(path: Path) -> list[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix == ".html":
        # Within brackets a reader of Python minds no indentation.
        source = f"({templatize(_LEGAL.sub('{% translate ', source))}\n)"
    return list(extract("python", io.BytesIO(source.encode()), KEYWORDS))


def _texts_of_data() -> Iterator[str]:
    for rule in code_of_conduct().rule:
        yield from (rule.title, rule.text)
    known = definitions()
    for figure in known.figure:
        yield from (figure.name, figure.words, figure.of)
    yield from (known.length.name, known.length.words, known.gap.name, known.gap.words)
    for ladder in packaged_law().ladders.values():
        yield from (rank.title for rank in ladder)


def _is_translated(known: Catalog, message: str) -> bool:
    one = known.get(message)
    if one is None or one.fuzzy:
        return False
    return all(one.string) if isinstance(one.string, (tuple, list)) else bool(one.string)


def _first(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main(task: str) -> int:
    """Do one of the two; answer 2 for anything else."""
    tasks = {"update": update, "compile": compile_all}
    if task not in tasks:
        print(f"unknown task {task!r}; known are {', '.join(tasks)}")
        return 2
    tasks[task]()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
