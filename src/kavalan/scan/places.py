"""What kind of place an item was found in, told by its path alone, with the rule that says so.

The rules are data (`places.toml`): public names of folders, each with its platform, the source of the fact and how
certain it is. A path says where a file lay, not who put it there.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kavalan.sources import State

Platform = Literal["android", "any", "ios", "linux", "macos", "windows"]
Certainty = Literal["V", "S", "M"]
Names: TypeAlias = "tuple[bytes, ...]"

_MARK = re.compile(rb"\0[\0/#!]")
_WILD = re.compile(rb"[*?]|\[[^\]]+\]")
_FOLDERS_KEPT = 1 << 16


class PlaceKind(StrEnum):
    """Kinds of places. The three of messengers differ in who moved the file, where the folder's name tells it."""

    CAMERA = "camera"
    PICTURES = "pictures"
    DOCUMENTS = "documents"
    DESKTOP = "desktop"
    DOWNLOADS = "downloads"
    USER = "user"
    MESSENGER_SENT = "messenger-sent"
    MESSENGER_RECEIVED = "messenger-received"
    MESSENGER_AUTO = "messenger-auto"
    MESSENGER = "messenger"
    CACHE = "cache"
    BROWSER_CACHE = "browser-cache"
    THUMBNAILS = "thumbnails"
    TRASH = "trash"
    DELETED = "deleted"
    BACKUP = "backup"
    APP = "app"
    SYSTEM = "system"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """For a reader."""
        return _WORDS[self]


_WORDS = {
    PlaceKind.CAMERA: "camera folder",
    PlaceKind.PICTURES: "pictures and videos of a user",
    PlaceKind.DOCUMENTS: "documents of a user",
    PlaceKind.DESKTOP: "desktop of a user",
    PlaceKind.DOWNLOADS: "downloads of a user",
    PlaceKind.USER: "another folder of a user",
    PlaceKind.MESSENGER_SENT: "messenger, sent from here",
    PlaceKind.MESSENGER_RECEIVED: "messenger, received: by itself or at a touch, the folder does not tell",
    PlaceKind.MESSENGER_AUTO: "messenger, stored by the program itself",
    PlaceKind.MESSENGER: "messenger, sent or received: the folder does not tell",
    PlaceKind.CACHE: "cache of a program",
    PlaceKind.BROWSER_CACHE: "cache of a browser",
    PlaceKind.THUMBNAILS: "thumbnail cache",
    PlaceKind.TRASH: "trash",
    PlaceKind.DELETED: "deleted",
    PlaceKind.BACKUP: "backup",
    PlaceKind.APP: "storage of one program",
    PlaceKind.SYSTEM: "operating system or program files",
    PlaceKind.UNKNOWN: "no rule fits",
}


class Placed(NamedTuple):
    """Where an item was.

    Attributes:
        place: the kind of place.
        rule: what says so, for a reader: the pattern, its platform and certainty; empty where nothing does.
    """

    place: PlaceKind
    rule: str


class Rule(msgspec.Struct, frozen=True):
    """One fact about folders.

    Attributes:
        place: what a fitting path means.
        platform: where the names are in use; it decides whether their case matters.
        certainty: `V` primary source, `S` secondary source, `M` memory.
        source: where the fact is from.
        patterns: names one after another; see `places.toml`.
    """

    place: PlaceKind
    platform: Platform
    certainty: Certainty
    source: str
    patterns: tuple[str, ...]


class _Rules(msgspec.Struct, frozen=True):
    case: dict[Platform, Literal["folded", "exact"]]
    rule: tuple[Rule, ...]


class _Pattern(NamedTuple):
    """A pattern made ready: the lower its rank, the earlier it decides."""

    rank: int
    names: tuple[re.Pattern[bytes], ...]
    of_file: bool
    folded: bool
    key: bytes | None
    key_at: int
    placed: Placed


class _Compiled(NamedTuple):
    """The patterns of folders by one literal name of each, folded, and those without one; the patterns of files.

    `wild_names` and `file_names` pass what could fit, so that most names are done with at one look.
    """

    folders: dict[bytes, tuple[_Pattern, ...]]
    wild: tuple[_Pattern, ...]
    wild_names: re.Pattern[bytes]
    files: tuple[_Pattern, ...]
    file_names: re.Pattern[bytes]


def place_of(path: bytes, original: bytes | None, state: State) -> Placed:
    """What kind of place an item was found in.

    A member of an archive is judged by its path inside; where that says nothing, by the place of the archive, and the
    archive's place is told in any case. Folders seen lately are remembered, so a million items take seconds.

    Args:
        path: as `kavalan.sources.Item.path`.
        original: as `Item.original`; where there is one it decides before the path.
        state: as `Item.state`.
    """
    container, name = _split_path(path)
    found = _of(original) if original else UNPLACED
    if found is UNPLACED:
        found = _of(name)
    if container is not None:
        found = _inside(found, _of_container(container))
    return _thrown_away(found) if state == "deleted" else found


def name_inside(path: bytes) -> bytes:
    """The path of an item in what it lies in directly: a member's name in its archive, without marks."""
    return _split_path(path)[1]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they decide."""
    return _data().rule


UNPLACED = Placed(PlaceKind.UNKNOWN, "")
"""What is said of a path that no rule fits."""


def _split_path(path: bytes) -> tuple[bytes | None, bytes]:
    """The path of the container, None for what is in none, and the name in it, without marks."""
    if b"\0" not in path:
        return None, path
    start, end = None, len(path)
    for mark in _MARK.finditer(path):
        if mark[0] == b"\0/":
            start, end = mark.start(), len(path)
        elif mark[0] != b"\0\0":
            end = min(end, mark.start())
    name = path[0 if start is None else start + 2 : end].replace(b"\0\0", b"\0")
    return (None if start is None else path[:start]), name


@lru_cache(maxsize=_FOLDERS_KEPT)
def _of_container(path: bytes) -> Placed:
    container, name = _split_path(path)
    return _of(name) if container is None else _inside(_of(name), _of_container(container))


def _inside(found: Placed, outer: Placed) -> Placed:
    if outer is UNPLACED:
        return found
    if found is UNPLACED:
        return Placed(outer.place, outer.rule if outer.rule.endswith(_THERE) else outer.rule + _THERE)
    return Placed(found.place, f"{found.rule}; in a file found in: {outer.place.words}")


_THERE = "; inside a file there"


def _thrown_away(found: Placed) -> Placed:
    before = "" if found is UNPLACED else f"; its path is that of: {found.place.words}, by {found.rule}"
    return Placed(PlaceKind.DELETED, f"the source no longer lists it{before}")


def _of(path: bytes) -> Placed:
    folder, _, name = path.rpartition(b"/")
    found = _by_folder(folder)
    if _compiled().file_names.fullmatch(name.lower()):
        found = min((found, *_by_name(folder, name)), key=_rank)
    return found.placed if found else UNPLACED


def _rank(found: _Pattern | None) -> int:
    return found.rank if found else 1 << 30


@lru_cache(maxsize=_FOLDERS_KEPT)
def _by_folder(folder: bytes) -> _Pattern | None:
    names = _names(folder)
    lower = tuple(map(bytes.lower, names))
    fitting = (
        pattern
        for at, name in enumerate(lower)
        for pattern in _could_fit(name)
        if _fits(pattern, lower if pattern.folded else names, at - pattern.key_at)
    )
    return min(fitting, key=_rank, default=None)


def _could_fit(name: bytes) -> tuple[_Pattern, ...]:
    index = _compiled()
    known = index.folders.get(name, ())
    return (*known, *index.wild) if index.wild_names.fullmatch(name) else known


def _by_name(folder: bytes, name: bytes) -> Iterator[_Pattern]:
    names = (*_names(folder), name)
    lower = tuple(map(bytes.lower, names))
    for pattern in _compiled().files:
        if _fits(pattern, lower if pattern.folded else names, len(names) - len(pattern.names)):
            yield pattern


def _names(folder: bytes) -> Names:
    return tuple(name for name in folder.split(b"/") if name not in {b"", b"."})


def _fits(pattern: _Pattern, names: Names, start: int) -> bool:
    wanted = pattern.names
    if start < 0 or start + len(wanted) > len(names):
        return False
    return all(one.fullmatch(name) for one, name in zip(wanted, names[start:], strict=False))


@cache
def _data() -> _Rules:
    text = files("kavalan.scan").joinpath("places.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Rules)


@cache
def _compiled() -> _Compiled:
    data = _data()
    spelled = [(rule, pattern) for rule in data.rule for pattern in rule.patterns]
    patterns = [_ready(rank, rule, text, data.case[rule.platform]) for rank, (rule, text) in enumerate(spelled)]
    folders: dict[bytes, tuple[_Pattern, ...]] = {}
    for pattern in patterns:
        if not pattern.of_file and pattern.key is not None:
            folders[pattern.key] = (*folders.get(pattern.key, ()), pattern)
    wild = tuple(pattern for pattern in patterns if not pattern.of_file and pattern.key is None)
    of_files = tuple(pattern for pattern in patterns if pattern.of_file)
    wild_names = _any_of(pattern.names[0] for pattern in wild)
    return _Compiled(folders, wild, wild_names, of_files, _any_of(pattern.names[-1] for pattern in of_files))


def _any_of(names: Iterable[re.Pattern[bytes]]) -> re.Pattern[bytes]:
    """Lower case for all: a name that passes here by its case alone is refused by its own pattern."""
    return re.compile(b"|".join(name.pattern.lower() for name in names), re.DOTALL)


def _ready(rank: int, rule: Rule, text: str, case: str) -> _Pattern:
    folded = case == "folded"
    names = [name.encode().lower() if folded else name.encode() for name in text.rstrip("/").split("/")]
    literal = [at for at, name in enumerate(names) if not _WILD.search(name)]
    at = literal[-1] if literal else 0
    key = names[at].lower() if literal else None
    placed = Placed(rule.place, f"{text} ({rule.platform}, {rule.certainty})")
    return _Pattern(rank, _expressions(names), not text.endswith("/"), folded, key, at, placed)


def _expressions(names: Sequence[bytes]) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(_expression(name), re.DOTALL) for name in names)


def _expression(name: bytes) -> bytes:
    """One name of a pattern as a regular expression."""
    parts, at = [], 0
    for wild in _WILD.finditer(name):
        parts += [re.escape(name[at : wild.start()]), {b"*": b".*", b"?": b"."}.get(wild[0], wild[0])]
        at = wild.end()
    return b"".join([*parts, re.escape(name[at:])])
