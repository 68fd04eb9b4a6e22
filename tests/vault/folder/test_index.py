import io

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.vault.folder.index import IndexReader, IndexWriter, Member


class Reader(io.BytesIO):
    @property
    def size(self):
        return len(self.getvalue())


def made(names):
    parts = []
    writer = IndexWriter(parts.append)
    members = [Member(name, 0o100644, number, 0, 0, 0, number, 0, number) for number, name in enumerate(names)]
    for member in members:
        writer.add(member)
    writer.finish(bytes(32))
    return IndexReader(Reader(b"".join(parts)), "test"), members


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=5), max_size=60), st.lists(st.binary(max_size=2), max_size=20))
def test_every_name_is_found_and_no_other(names, others):
    index, members = made(names)
    assert list(index) == members
    for name in [*names, *others]:
        wanted = [member for member in members if member.name == name]
        assert index.find(name) in wanted if wanted else index.find(name) is None


def test_first_of_two_members_of_one_name_is_found():
    index, members = made([b"a", b"b", b"a"])
    assert index.find(b"a") == members[0]
