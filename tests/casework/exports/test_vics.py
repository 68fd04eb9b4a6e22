"""The case document, read by the reader of hash lists and by a plain JSON parser."""

import json

from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exports.models import Form
from kavalan.casework.hits.rules import Method
from kavalan.lists.readers.contract import Report
from kavalan.lists.readers.vics import VicsReader

from .conftest import hit


def document(members, export):
    case = json.loads(members(export)["hits.vics.json"])["value"][0]
    return case | {"Media": sorted(case["Media"], key=lambda one: one["IsSuspected"])}


def test_reader_of_lists_takes_the_known_contents_with_their_digests(filled, make, members, tmp_path):
    path = tmp_path / "hits.vics.json"
    path.write_bytes(members(make(Form.VICS))["hits.vics.json"])
    report = Report()
    entries = list(VicsReader().read(path, report))
    contents = [filled.items.get(number=number).content for number in (1, 3)]
    assert {entry.sha256 for entry in entries} == {bytes(content.sha256) for content in contents}


def test_only_what_is_identical_has_a_category_and_what_is_near_is_suspected(make, members):
    media = document(members, make(Form.VICS))["Media"]
    assert [(one["Category"], one["IsSuspected"]) for one in media] == [(1, False), (None, True)]


def test_each_place_of_a_content_is_named_once(make, members):
    media = document(members, make(Form.VICS))["Media"][0]
    assert [(one["FilePath"], one["FileName"]) for one in media["MediaFiles"]] == [
        ("DCIM\\Camera", "1.jpg"),
        ("", "copy of 1.jpg"),
    ]


def test_figures_of_the_ways_of_recognising_are_apart(make, members):
    said = {one["PropertyName"]: one["PropertyValue"] for one in document(members, make(Form.VICS))["CaseMetadata"]}
    assert (said["Identical"], said["MD5 only"], said["Near"]) == ("1", "0", "1")


def test_hits_with_a_doubt_are_not_in_it(filled, make, members):
    more = {"path": b"=HYPERLINK(0).jpg", "list_name": "other"}
    hit(filled, b"2", Standing.SUPPRESSED, Method.MD5, suppressed_by=["cleared-here"], **more)
    assert len(document(members, make(Form.VICS))["Media"]) == 2


def test_what_of_the_list_is_not_known_material_is_counted(make):
    export = make(Form.VICS)
    assert (export.items, export.left_out) == (3, {"privileged": 1, "unknown": 2})
