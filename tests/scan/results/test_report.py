"""The report answers at once, says what is not known, and holds no name, picture or address that it should not."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest
from tests.scan.results.made import (
    CLEARED,
    EXCHANGE,
    PROJECT,
    SEEN,
    facts,
    hit,
    item,
    lay_down,
    near,
    pdq,
    picture,
    turned,
    unread,
    video,
)

from kavalan.matching.error_rates import quote
from kavalan.scan.results import report, write_results
from kavalan.scan.results.report import timeline
from kavalan.scan.results.summary import Month, Three

HOSTILE = b"<script>alert(1)</script>\x1b[31m\"'&{{7*7}}\xe2\x80\xae.jpg"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """The text of a page by section, what is folded apart, and every tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.sections, self.folded = [], [], {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in {"li", "h3", "summary", "td", "th"}:
            self.handle_data(" ")
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        names = [tag for tag, _ in self.open]
        if "style" in names:
            return
        if "details" in names and "summary" not in names:
            self.folded.append(data)
        where = next((of["aria-labelledby"] for tag, of in self.open if tag == "section"), "head")
        self.sections[where] = self.sections.get(where, "") + data

    def says(self, section):
        """The text of a section with single blanks."""
        return re.sub(r"\s+", " ", self.sections[section])


@pytest.fixture
def page(tmp_path):
    """Writes the report of items with hits and takes it apart."""

    def write(rows, hits=(), **told):
        write_results(lay_down(tmp_path, [rows] if rows else [], hits), facts(**told))
        return Page((tmp_path / "report.html").read_text())

    return write


def test_three_figures_stand_apart_and_are_never_added_up(page):
    rows = [picture(b"%d" % n) for n in range(6)]
    hits = [hit(1, rows[0]), hit(2, rows[1], method="md5"), hit(3, rows[2], method="md5")]
    answer = page(rows, [*hits, *(near(n, rows[n - 1]) for n in (4, 5, 6))]).says("answer")
    assert re.search(r"\b1 identical .*\b2 MD5 only .*\b3 near ", answer)
    assert "not to be added up" in answer
    assert "A hit is a lead: a person confirms it." in answer
    assert not re.search(r"\b6 (?:hits|identical|items with)", answer)


def test_first_section_says_what_was_not_matched_and_what_could_not_be_read(page):
    refused = msgspec.structs.replace(EXCHANGE, refused="its agreement ended on 2026-01-01")
    rows = [unread(), picture(b"a", pdq_quality=9), picture(b"b", pdq=None, pdq_quality=None), video(b"c")]
    answer = page(rows, lists=(PROJECT, refused)).says("answer")
    assert "The list exchange was not asked to the end: its agreement ended on 2026-01-01" in answer
    assert "1 item could not be read at all" in answer
    assert "1 picture of a quality below 50" in answer
    assert "1 picture could not be decoded" in answer
    assert "1 video: held against digests only" in answer
    assert "1 item could not be read wholly, 1 of them not at all: 1 encrypted" in answer


def test_complete_scan_without_anything_reads_right(page):
    found = page([])
    assert "The scan is complete: each of the 0 items" in found.says("answer")
    assert "Everything was read." in found.says("answer")
    assert "No item is identical" in found.says("leads")
    assert "Nothing: every item was read to its end" in found.says("unread")
    assert "No picture or video has a time." in found.says("timeline")


def test_scan_without_lists_says_that_nothing_is_known(page):
    found = page([picture(b"a")], lists=())
    answer = found.says("answer")
    assert "No list of known material was asked." in answer
    assert "identical" not in answer
    assert "No list was asked." in found.says("lists")
    for section in ("leads", "near"):
        assert "No list of known material was asked." in found.says(section)
    assert "no list of known material was asked" in found.says("sign")


def test_stopped_scan_says_that_the_rest_is_not_known(page):
    found = page([item()], end="stopped", why="the disk\nis full")
    assert "The scan is not complete. It stopped: the disk\\nis full." in found.says("answer")
    assert "of the rest nothing is known" in found.says("answer")
    assert "Everything that was gone through was read." in found.says("answer")
    assert "not complete" in found.says("sign")


def test_authority_examiner_source_and_version_are_named(page):
    about = page([item()]).says("about")
    for words in ("Cr. 12/2026", "A. Nair, Invented Unit", "/evidence/MO-1 (folder)", "Kavalan 0.1.0, profile full"):
        assert words in about
    assert "2026-11-22 03:04:05 UTC, after 2 h 4 min" in about


def test_names_are_folded_away(page):
    rows = [
        picture(b"DCIM/offending.jpg", original=b"data/offending.jpg"),
        unread(b"offending.zip"),
        picture(b"offending 2.jpg", pdq=pdq(b"x")),
        picture(b"offending 3.jpg", pdq=pdq(b"x")),
    ]
    found = page(rows, [hit(1, rows[0])])
    assert sum("offending" in text for text in found.folded) == 4
    assert sum(text.count("offending") for text in found.sections.values()) == 4
    assert all("open" not in attributes for tag, attributes in found.tags if tag == "details")


def test_hostile_texts_are_texts(page, tmp_path):
    rows = [picture(HOSTILE, traces=[{"act": "opened", "evidence": "<img src=x>\u202e", "at": 1, "count": 1}])]
    bad = msgspec.structs.replace(PROJECT, owner="<u>{{7*7}}</u>", version='"><script>')
    hits = [hit(1, rows[0], bad, key="<i>\n", categories=[{"scheme": "<s>", "code": "&"}], suppressed_by=["<x>"])]
    told = {"authority": "</title><script>", "examiner": "{{ facts }}", "shown": "<svg>", "why": None, "lists": (bad,)}
    found = page(rows, hits, **told)
    assert not {tag for tag, _ in found.tags} & {"script", "img", "svg", "iframe", "link", "object", "u", "i", "s", "x"}
    text = (tmp_path / "report.html").read_text()
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "{{7*7}}" in text


def test_page_needs_nothing_from_outside_and_holds_no_picture(page, tmp_path):
    row = picture(b"a.jpg")
    found = page([row], [near(1, row)])
    for tag, attributes in found.tags:
        assert tag not in {"img", "picture", "video", "script", "link", "iframe", "svg", "canvas", "embed"}
        assert all(
            name == "href" and value.startswith("#") for name, value in attributes.items() if name in {"href", "src"}
        )
    text = (tmp_path / "report.html").read_text()
    assert not re.search(r"url\(|@import|https?://|data:", text)
    assert "default-src 'none'" in text


def test_every_link_leads_to_a_place_on_the_page(page):
    row = picture(b"a.jpg")
    found = page([row], [near(1, row)])
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {of["href"][1:] for tag, of in found.tags if tag == "a"} <= set(ids)


def test_hit_says_where_when_by_which_list_and_what_is_in_doubt(page):
    row = picture(b"sdcard/WhatsApp/Media/WhatsApp Images/Sent/a.jpg", state="deleted")
    other = picture(b"DCIM/Camera/b.jpg")
    hits = [
        hit(1, row, key="SX-1", flags=1, held=True, contradicted=True),
        hit(2, other, EXCHANGE, suppressed_by=["cleared"]),
        hit(2, other, CLEARED),
    ]
    told = page([row, other], hits).says("leads")
    assert "the source no longer lists it; its path is that of: messenger, sent from here" in told
    assert "No time is stated." in told
    assert "Identical by SHA-256; project of Invented Owner, 2026-02, entry SX-1; category vics/2.0/US 1" in told
    assert "victim identified" in told
    assert "Contradicted: another digest or the size says that these are not the same bytes." in told
    assert "Held for a person: more contents than likely match this entry." in told
    assert "Suppressed by the negative list cleared." in told
    assert "The list says that this is not known material." in told


def test_near_hit_says_distance_turn_qualities_and_its_error_rate(page):
    row = picture(b"a.jpg")
    hits = [near(1, row, distance=14, recomputed=13, rotation="flipy"), near(1, row, EXCHANGE, entry_quality=None)]
    found = page([row], hits)
    told = found.says("near")
    assert "14 of 256 bits apart, 13 after a second, full decode, once it is mirrored left to right" in told
    assert "quality 90 here, 80 on the list" in told
    assert "quality 90 here, unknown on the list" in told
    assert quote(14, 80) in told
    assert quote(12, None) in told
    assert "no item" in found.says("leads").lower()


def test_distance_beyond_what_was_measured_is_said(page):
    row = picture(b"a.jpg")
    assert "No error rate was measured for 60 bits." in page([row], [near(1, row, distance=60)]).says("near")


def test_large_results_list_the_strongest_first_and_say_how_many_more(page, monkeypatch):
    monkeypatch.setattr(report, "ITEMS_SHOWN", 2)
    monkeypatch.setattr(report, "NEAR_SHOWN", 1)
    names = [b"a/.cache/1.jpg", b"DCIM/Camera/2.jpg", b"3.jpg", b"4.jpg", b"5.jpg", b"6.jpg"]
    rows = [picture(name) for name in names]
    hits = [hit(1, rows[0]), hit(2, rows[1]), near(3, rows[2], distance=9), near(4, rows[3], distance=2)]
    hits += [hit(5, rows[4], contradicted=True), hit(6, rows[5], method="md5")]
    found = page(rows, hits)
    order = [attributes["id"] for tag, attributes in found.tags if tag == "li" and "id" in attributes]
    assert [one for one in order if one.startswith("item")] == ["item-2", "item-1", "item-4"]
    assert "2 more items of this kind stand in hits.parquet. This page lists the 2 strongest" in found.says("leads")
    assert "1 more item of this kind stands in hits.parquet. This page lists the 1 strongest" in found.says("near")


def test_hits_of_one_item_beyond_the_first_are_counted(page):
    row = picture(b"a.jpg")
    hits = [hit(1, row, position=number) for number in range(1, 9)]
    assert "3 more hits on this item in hits.parquet" in page([row], hits).says("leads")


def test_stacks_of_the_unknown_say_how_many_where_and_how_far_apart(page):
    rows = [picture(b"DCIM/Camera/%d.jpg" % n, pdq=turned(pdq(b"x"), n)) for n in range(3)]
    told = page([*rows, video(b"v.mp4", content=b"v"), video(b"w.mp4", content=b"v")]).says("unknown")
    assert "3 pictures in 1 stack (3 contents), 2 videos in 1 stack (1 content)" in told
    assert "3 camera folder" in told
    assert "at most 2 bits" in told
    assert "Unknown does not mean harmless." in told


def test_seen_before_is_told(page):
    found = page([item(seen_before=True)], seen_before=(SEEN,))
    assert "1 item has a content that was in one of these scans: /evidence/scans/MO-0, 3 batches" in found.says("seen")
    assert "1 item in 1 earlier scan" in found.says("about")


def test_reasons_are_read_on_paper_though_names_are_not(page):
    told = page([unread(), unread(b"b"), unread(b"c", error="named pipe, not read")])
    assert "Encrypted: 2 Item 1: encrypted, not read Item 2: encrypted, not read" in told.says("unread")
    assert "named pipe, not read" not in "".join(told.folded)


def test_sandbox_that_was_not_complete_is_told(page):
    assert "The sandbox of the decoders was not complete" in page([], sandbox_complete=False).says("versions")


def months(amount):
    return [
        Month(month=f"{2000 + n // 12}-{n % 12 + 1:02}", media=n, hits=Three(identical=1, near=2))
        for n in range(amount)
    ]


def test_timeline_is_by_month_with_bars_of_their_share():
    bars, by = timeline(months(5))
    assert by == "month"
    assert [(bar.when, bar.media, bar.share) for bar in bars] == [
        ("2000-01", 0, 0),
        ("2000-02", 1, 25),
        ("2000-03", 2, 50),
        ("2000-04", 3, 75),
        ("2000-05", 4, 100),
    ]


def test_long_timeline_is_by_year():
    bars, by = timeline(months(72))
    assert (by, len(bars)) == ("year", 6)
    assert (bars[1].when, bars[1].media, bars[1].identical, bars[1].near) == ("2001", sum(range(12, 24)), 12, 24)
    assert timeline([]) == ([], "month")
