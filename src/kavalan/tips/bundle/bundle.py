"""A bundle: opened, it says which referrals are in it and which of its members are their files."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from kavalan.tips.bundle.content import Content
from kavalan.tips.bundle.matching import matched
from kavalan.tips.bundle.survey import Survey
from kavalan.tips.bundle.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kavalan.sources.archive import Lendable
    from kavalan.tips.bundle.member import Member
    from kavalan.tips.bundle.referral import Referral
    from kavalan.tips.reader import TipReader


@contextmanager
def open_bundle(source: int | Lendable, reader: TipReader) -> Iterator[Bundle]:
    """Read a ZIP once, from start to end, and say what is in it; a second pass gives the bytes.

        with TipReader() as reader, vault.open(name) as original, open_bundle(original, reader) as bundle:
            for number, content in bundle.contents():
                kept[number] = vault.put(content)

    Nothing of it is held but small things: the facts of each member, what the referrals say, and one referral, or one
    ZIP in the ZIP, of at most 64 MiB while it is read.

    Args:
        source: the descriptor of an open file, or what can be read and sought, such as a reader of the vault. Until the
            bundle is closed nobody else may read it.
        reader: serves any number of bundles, one after another.

    Raises:
        StartError: no confined process can be started.
    """
    with closing(Walk(source, reader.archives)) as walk:
        yield Bundle(walk, reader)


class Bundle:
    """What lies in a ZIP, by what the referrals in it say.

    Attributes:
        members: every file in it, in its order, those that could not be read among them. The members of a ZIP inside
            stand for themselves where a referral or a file of one is among them; any other ZIP is one file.
        referrals: in the order of their members.
        reasons: what of it could not be read and is no member, each with the path of the archive it concerns, empty
            for the bundle.
    """

    def __init__(self, walk: Walk, reader: TipReader) -> None:
        self._walk = walk
        survey = Survey(reader)
        for step in walk.steps():
            survey.take(step)
        self.reasons: tuple[tuple[bytes, str], ...] = tuple(walk.reasons)
        self.members: tuple[Member, ...]
        self.referrals: tuple[Referral, ...]
        self.members, self.referrals = matched(survey.entries)

    def strays(self) -> Iterator[int]:
        """The numbers of the members that no referral speaks of, and that are none."""
        return (number for number, member in enumerate(self.members) if member.use == "stray")

    def contents(self, wanted: Collection[int] | None = None) -> Iterator[tuple[int, Content]]:
        """The bytes of members, in their order, each until the next is asked for; constant memory.

        Args:
            wanted: numbers of members; None for all. Those of which nothing could be read give no bytes.

        Raises:
            TipError: by a content at its end, where its bytes are not those that were digested.
        """
        numbers = range(len(self.members)) if wanted is None else wanted
        left = {self.members[number].path: number for number in numbers if self.members[number].sha256}
        for step in self._walk.steps() if left else ():
            number = left.pop(step.path, None)
            if number is not None and step.found.content is not None:
                with Content(step.found.content.open(), self.members[number].sha256) as content:
                    yield number, content
            if not left and wanted is not None:
                return
