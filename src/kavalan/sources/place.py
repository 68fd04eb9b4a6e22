"""The paths of items: how a member's place is written so that no name, however chosen, can pass for another place.

A file system's names hold no NUL and no `/`; an archive's names may hold anything. So NUL, which no path of a folder
has, introduces what is not part of a name, and a NUL in a name is doubled:

    DCIM/old.zip                      the archive, an item of its own
    DCIM/old.zip NUL / a/b.jpg        its member `a/b.jpg`
    DCIM/old.zip NUL / a/b.jpg NUL # 2    its second member of that name
    DCIM/old.zip NUL / x.tar NUL / y  `y` in `x.tar` in it
    DCIM/old.zip NUL !                what of it could not be read; always its last item
"""

from __future__ import annotations

from dataclasses import dataclass

from kavalan.sandbox import printable

_MEMBER = b"\0/"
_AGAIN = b"\0#"
_REST = b"\0!"
_NUL = b"\0\0"


@dataclass(frozen=True, slots=True)
class Part:
    """One name on the way to an item.

    Attributes:
        name: as its container spells it.
        again: how many members of that name come before it in the same container.
    """

    name: bytes
    again: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A path taken apart.

    Attributes:
        parts: the path in the folder, then the name in each archive on the way.
        rest: it stands for what of the last part could not be read.
    """

    parts: tuple[Part, ...]
    rest: bool = False


def below(container: bytes, part: Part) -> bytes:
    """The path of a member."""
    again = _AGAIN + str(part.again + 1).encode() if part.again else b""
    return container + _MEMBER + part.name.replace(b"\0", _NUL) + again


def rest_of(container: bytes) -> bytes:
    """The path of what could not be read of a container."""
    return container + _REST


def parse(path: bytes) -> Place:
    """Take a path apart.

    Raises:
        ValueError: it is not the path of an item.
    """
    rest = path.endswith(_REST) and not _opens_with_nul(path)
    spelled = path[: -len(_REST)] if rest else path
    parts: list[Part] = []
    name, at, again = bytearray(), 0, 0
    while at < len(spelled):
        pair = spelled[at : at + 2]
        if pair[:1] != b"\0":
            stop = spelled.find(b"\0", at)
            stop = len(spelled) if stop < 0 else stop
            name += spelled[at:stop]
            at = stop
        elif pair == _NUL:
            name += b"\0"
            at += 2
        elif pair == _AGAIN:
            stop = spelled.find(b"\0", at + 2)
            stop = len(spelled) if stop < 0 else stop
            again = int(spelled[at + 2 : stop]) - 1
            at = stop
        elif pair == _MEMBER:
            parts.append(Part(bytes(name), again))
            name, again = bytearray(), 0
            at += 2
        else:
            raise ValueError(f"{path!r} is not the path of an item")
    return Place((*parts, Part(bytes(name), again)), rest)


def _opens_with_nul(path: bytes) -> bool:
    """Whether the NUL of the last two bytes is the second of a doubled one."""
    before = path[: -len(_REST)]
    return (len(before) - len(before.rstrip(b"\0"))) % 2 == 1


def shown(path: bytes) -> str:
    r"""A path for people: one line, unambiguous; `old.zip » a/b.jpg «2»`, `old.zip « not read`.

    Bytes that are not UTF-8 show as `\xNN`, what does not print or has a meaning here as its escape.
    """
    place = parse(path)
    line = " » ".join(_shown(part) for part in place.parts)
    return f"{line} « not read" if place.rest else line


def _shown(part: Part) -> str:
    text = part.name.decode("utf-8", "surrogateescape").replace("\\", "\\\\")
    escaped = printable(text, "«»")
    return f"{escaped} «{part.again + 1}»" if part.again else escaped
