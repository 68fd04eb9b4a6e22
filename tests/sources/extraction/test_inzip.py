"""A report among the members of a ZIP: its facts with the members, and what agrees with neither."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile

import pytest
from examples.telephone import TAKEN, file_element, local_path, message_element, report
from tests.sources.archives import members, seven_zip, tree, zip_of
from tests.sources.extractions import FILES, MESSAGES, ufdr

from kavalan.fingerprint import Fingerprinter
from kavalan.scan import stored
from kavalan.sources import SourceLimits, open_source, parse

NAMES = [local_path(number, filed).replace("\\", "/").encode() for number, filed in enumerate(FILES)]


def items(path):
    with open_source(path) as source:
        return list(source.items())


def test_each_member_has_the_facts_of_the_report(tmp_path):
    found = members(ufdr(tmp_path / "phone.ufdr"))
    assert set(found) == {b"report.xml", *NAMES}
    for name, filed in zip(NAMES, FILES, strict=True):
        content, item, _ = found[name]
        assert (content, item.original) == (filed.content, filed.device.encode())
        assert (item.modified, item.created, item.accessed, item.clock) == (TAKEN, TAKEN, TAKEN, "utc")
        assert [name for name, _ in item.digests] == ["md5", "sha256"]
        assert item.remarks == ()
    assert [found[name][1].state for name in NAMES] == ["allocated"] * 3 + ["deleted", "allocated"]
    assert [[trace.act for trace in found[name][1].traces] for name in NAMES] == [
        ["sent"],
        ["received"],
        ["forwarded"],
        [],
        [],
    ]
    assert found[b"report.xml"][1].original is None


def test_items_are_those_of_zipfile_and_of_7z(tmp_path):
    path = ufdr(tmp_path / "phone.ufdr")
    names = [os.fsdecode(parse(item.path).parts[-1].name) for item in items(path)[1:]]
    assert names == zipfile.ZipFile(path).namelist()
    listed = subprocess.run([seven_zip(), "l", "-ba", "-slt", "-tzip", path], capture_output=True, check=True).stdout
    assert listed.count(b"Path = ") == len(names)


def test_digests_that_the_report_states_are_checked(tmp_path):
    wrong = file_element(0, FILES[0], MD5="0" * 32) + file_element(1, FILES[1])
    content = {"report.xml": report(wrong), **{os.fsdecode(NAMES[n]): FILES[n].content for n in (0, 1)}}
    path = zip_of(tmp_path / "phone.ufdr", content)
    with open_source(path) as source, Fingerprinter() as fingerprinter:
        endings = [stored.checked(found.item, found.fingerprint) for found in fingerprinter.read(source.items())]
    assert (endings[2].agrees, endings[2].error) == (
        False,
        "its source states another md5 than what was read has",
    )
    assert (endings[3].agrees, endings[3].error) == (True, None)


def test_files_that_are_listed_and_not_there_are_counted_and_the_first_named(tmp_path):
    listed = "".join(file_element(number, FILES[0], local=f"files\\gone {number}.jpg") for number in range(12))
    listed += file_element(20, FILES[1], local="")
    path = zip_of(tmp_path / "phone.ufdr", {"report.xml": report(listed)})
    *_, rest = items(path)
    assert "lists 12 files that are not there: files/gone 0.jpg, files/gone 1.jpg, files/gone 2.jpg, …" in rest.refusal
    assert "lists 1 files without saying where they are" in rest.refusal


def test_a_member_that_the_report_does_not_list_is_an_ordinary_item_and_remarked(tmp_path):
    content = {"report.xml": report(file_element(0, FILES[0])), NAMES[0].decode(): FILES[0].content, "more": b"x"}
    found = members(zip_of(tmp_path / "phone.ufdr", content))
    assert (found[b"more"][0], found[b"more"][1].remarks) == (b"x", ("its report does not list it",))
    assert b"\0rest" not in found


def test_a_member_that_is_listed_twice_keeps_both_paths(tmp_path):
    again = file_element(1, FILES[1], local=local_path(0, FILES[0]))
    content = {"report.xml": report(file_element(0, FILES[0]) + again), NAMES[0].decode(): FILES[0].content}
    _, item, _ = members(zip_of(tmp_path / "phone.ufdr", content))[NAMES[0]]
    assert item.original == FILES[0].device.encode()
    assert item.remarks == (f"its report lists it again as {FILES[1].device!r}",)


def test_a_report_that_was_packed_again_in_a_folder_is_found(tmp_path):
    content = {f"Phone 1/{name}": b"" for name in ("files/", "x")} | {
        "Phone 1/report.xml": report(file_element(0, FILES[0])),
        "Phone 1/" + NAMES[0].decode(): FILES[0].content,
    }
    found = members(zip_of(tmp_path / "phone.zip", content))
    assert found[b"Phone 1/" + NAMES[0]][1].original == FILES[0].device.encode()


def test_a_report_of_another_program_changes_nothing(tmp_path):
    content = {"report.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><testsuite/>", "a": b"1"}
    found = members(zip_of(tmp_path / "a.zip", content))
    assert [item.remarks for _, item, _ in found.values()] == [(), ()]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE p [<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        + "]>",
        '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_hostile_report_is_said_and_every_member_still_read(tmp_path, head):
    content = {"report.xml": report(file_element(0, FILES[0]), head=head), NAMES[0].decode(): FILES[0].content}
    found = members(zip_of(tmp_path / "phone.ufdr", content))
    assert found[NAMES[0]][0] == FILES[0].content
    assert found[NAMES[0]][1].remarks == ()
    assert "it declares a document type" in found[b"\0rest"][1].refusal


def test_a_truncated_report_gives_the_facts_before_its_end(tmp_path):
    document = report(file_element(0, FILES[0]) + file_element(1, FILES[1]))
    content = {
        "report.xml": document[: document.index(b'id="file-1"')],
        **{os.fsdecode(NAMES[n]): FILES[n].content for n in (0, 1)},
    }
    found = members(zip_of(tmp_path / "phone.ufdr", content))
    assert found[NAMES[0]][1].original == FILES[0].device.encode()
    assert (found[NAMES[1]][1].original, found[NAMES[1]][1].remarks) == (None, ())
    assert "could be read up to byte" in found[b"\0rest"][1].refusal


def test_a_report_that_unfolds_without_end_is_cut(tmp_path):
    bomb = report("")[:-10] + b" " * (40 << 20)
    path = zip_of(tmp_path / "phone.ufdr", {"report.xml": bomb, "a": b"beside"})
    found = members(path, SourceLimits(free_member=1 << 20, ratio=10))
    assert found[b"a"][0] == b"beside"
    assert "more comes out of it than may" in found[b"\0rest"][1].refusal


def test_paths_of_a_report_lead_nowhere(tmp_path):
    tricks = ["..\\..\\..\\etc\\passwd", "/etc/passwd", "C:\\Windows\\x", "\\\\server\\share\\x"]
    listed = "".join(file_element(number, FILES[0], local=trick) for number, trick in enumerate(tricks))
    path = zip_of(tmp_path / "phone.ufdr", {"report.xml": report(listed)})
    found = items(path)
    assert len(found) == 3
    assert "lists 4 files that are not there" in found[-1].refusal


def test_resuming_behind_every_item_yields_exactly_the_rest(tmp_path):
    path = ufdr(tmp_path / "phone.ufdr")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("unlisted", b"x")
    with open_source(path) as source:
        whole = [_facts(item) for item in source.items()]
        for cut, (place, *_) in enumerate(whole):
            assert [_facts(item) for item in source.items(after=place)] == whole[cut + 1 :]


def _facts(item):
    return item.path, item.original, item.state, item.digests, item.traces, item.modified, item.refusal, item.remarks


def test_a_ufdr_inside_another_archive_has_the_same_facts(tmp_path):
    inner = ufdr(tmp_path / "phone.ufdr").read_bytes()
    path = zip_of(tmp_path / "outer.zip", {"phone.ufdr": inner})
    assert [item.original for item in items(path)[2:]] == [None, *(filed.device.encode() for filed in FILES)]


def test_a_large_report_is_read_in_bounded_memory(tmp_path):
    """A report of a hundred thousand files and messages: 75 MB of XML beside two members."""
    count = 100_000
    folder = tree(tmp_path / "made", {"files/0": FILES[0].content})
    with (folder / "report.xml").open("wb") as stream:
        head, tail = report("@").split(b"@")
        stream.write(head)
        element = file_element(1, FILES[0], local="files\\@").replace("file-1", "file-@")
        for number in range(count):
            stream.write(element.replace("@", str(number)).encode())
        before, after = tail.split(b'type="InstantMessage">')
        stream.write(before + b'type="InstantMessage">')
        message = message_element(0, MESSAGES[0])
        for number in range(count):
            stream.write(message.replace("file-0", f"file-{number}").encode())
        stream.write(after)
    program = shutil.which("7zz") or seven_zip()
    subprocess.run([program, "a", "-bd", "-mx=1", "../p.zip", "."], cwd=folder, check=True, capture_output=True)
    # A reader that wanted more would be refused it, and what the report says would be missing.
    with open_source(tmp_path / "p.zip", limits=SourceLimits(memory=256 << 20)) as source:
        found = list(source.items())
    assert f"lists {count - 1} files that are not there" in found[-1].refusal
    (held,) = [item for item in found if item.original]
    assert [trace.act for trace in held.traces] == ["sent"]
