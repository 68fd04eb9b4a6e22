"""The battery that every paper passes: one example of each kind, and hostile text in all of it."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import UTC, datetime, timedelta

import msgspec
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers.closings import closing
from tests.papers.custodies import custody, event
from tests.papers.label_sheets import sheet
from tests.papers.letters import transfer_letter, zero_fir_letter
from tests.papers.required import fonts_built, pdftotext

from kavalan.papers import (
    PAPERS,
    CustodySequence,
    LabelSheet,
    OperationClosing,
    PaperError,
    TransferLetter,
    ZeroFirLetter,
    form,
    render,
)
from kavalan.papers.fonts import shown_characters
from kavalan.papers.text import grouped

EXAMPLES = {
    CustodySequence: custody(),
    LabelSheet: sheet("a4"),
    OperationClosing: closing(),
    TransferLetter: transfer_letter(),
    ZeroFirLetter: zero_fir_letter(),
}
HOSTILE = '#eval("6*7") $x^2$ *b* _i_ = h \\ #import "a.typ" #read("/etc/passwd") <l> @r `c` // c /* c */ ]) #{ "'
pytestmark = fonts_built
each = pytest.mark.parametrize("paper", EXAMPLES.values(), ids=lambda paper: paper.form_id)
# Labels are cut apart: nothing stands on the sheet but what stands on each.
each_read = pytest.mark.parametrize(
    "paper", [paper for paper in EXAMPLES.values() if paper.form_id != "labels"], ids=lambda paper: paper.form_id
)


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words_of(pdf):
    """Its text in one line: where lines were broken does not matter."""
    return re.sub(r"\s+", " ", text_of(pdf).replace("\u200b", ""))


def test_every_paper_has_an_example_here():
    assert set(EXAMPLES) == set(PAPERS)


@each
def test_the_same_data_gives_the_same_bytes(paper):
    assert render(paper) == render(msgspec.json.decode(msgspec.json.encode(paper), type=type(paper)))


@each
def test_the_time_in_the_file_is_the_papers(paper):
    pdf = opened(render(paper))
    assert pdf.docinfo["/CreationDate"] == paper.prepared_at.strftime("D:%Y%m%d%H%M%SZ")


@each
def test_the_structure_is_sound_for_qpdf(paper):
    assert opened(render(paper)).check_pdf_syntax() == []


@each
def test_it_says_that_it_is_pdf_a_2a_and_pdf_ua_1_and_has_what_these_ask_for(paper):
    pdf = opened(render(paper))
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == paper.form.title
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en"
    assert pdf.Root.StructTreeRoot is not None
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert not pdf.is_encrypted


@each
def test_nothing_in_it_acts_or_leads_outside(paper):
    pdf = opened(render(paper))
    forbidden = {"/JavaScript", "/JS", "/OpenAction", "/AA", "/EmbeddedFiles", "/URI", "/Launch", "/AcroForm"}
    keys = {key for value in pdf.objects if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) for key in value}
    assert not keys & forbidden


@each
def test_every_font_is_one_of_ours_embedded_and_mapped_to_unicode(paper):
    pdf = opened(render(paper))
    whole = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    outer = [one for one in whole if one.Subtype == "/Type0"]
    inner = [one for one in whole if one.Subtype != "/Type0"]
    assert outer
    assert all("/ToUnicode" in one for one in outer)
    assert all("/FontFile2" in one.FontDescriptor for one in inner)
    assert all(re.fullmatch(r"/[A-Z]{6}\+NotoSans(Malayalam|Devanagari)?-\w+", str(one.BaseFont)) for one in whole)


@each
def test_every_page_is_a4(paper):
    for page in opened(render(paper)).pages:
        assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)


@each_read
@pdftotext
def test_every_page_says_which_it_is_of_how_many(paper):
    pdf = render(paper)
    pages = text_of(pdf).split("\f")[:-1]
    assert len(pages) == len(opened(pdf).pages)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert grouped(paper.digest)[:19] in page


@each_read
@pdftotext
def test_the_digest_of_the_data_is_on_it_in_groups(paper):
    assert grouped(paper.digest) in words_of(render(paper))


@each_read
@pdftotext
def test_languages_that_nobody_reviewed_are_marked_so(paper):
    text = words_of(render(paper))
    for wording in form(paper.form_id).wording:
        marked = all(word in text for word in paper.form.labels[f"unreviewed_{wording.language}"].values())
        assert marked == (not wording.reviewed)


@pdftotext
def test_malayalam_and_hindi_conjuncts_can_be_found_in_it():
    words = "ക്ഷേത്രം സ്ത്രീ കസ്റ്റഡി ഞ്ച്ച ന്‍ हिन्दी क्षत्रिय"
    assert words in words_of(render(custody(case=words)))


@pdftotext
def test_hostile_text_is_printed_as_it_stands():
    text = words_of(render(custody(case=HOSTILE, unit=HOSTILE, events=(event(note=HOSTILE, authority=HOSTILE),))))
    assert text.replace(" ", "").count(HOSTILE.replace("\\", "\\\\").replace(" ", "")) == 4


@pdftotext
def test_what_no_font_shows_is_printed_by_its_number():
    text = words_of(render(custody(case="a\u202eb\x00c\nd😀தe\ue000")))
    assert r"a\u202eb\u0000c\u000ad\U0001f600\u0ba4e\ue000" in text


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_whatever_is_written_can_be_set(text):
    render(custody(case=text, events=(event(note=text),)))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_the_fonts_show_can_be_set(data):
    characters = st.sampled_from(sorted(shown_characters() | {0x200C, 0x200D})).map(chr)
    text = data.draw(st.text(characters, min_size=1, max_size=200))
    render(custody(case=text, events=(event(note=text),)))


@pdftotext
def test_every_event_is_there_however_many_there_are():
    events = tuple(
        event(number, "sealed", at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number))
        for number in range(1, 301)
    )
    text = words_of(render(custody(events=events)))
    assert [int(one) for one in re.findall(r"എൻട്രി: (\d+)", text)] == [100 + number for number in range(1, 301)]


@pdftotext
@pytest.mark.parametrize(
    ("hashes", "said"),
    [
        ([], "was not measured."),
        (["a"], "was measured once."),
        (["a", "a"], "is the same."),
        (["a", "b", "c"], "THE HASH DIFFERS"),
    ],
)
def test_it_says_what_became_of_the_hash(hashes, said):
    events = (event(), *(event(number, sha256=one * 64) for number, one in enumerate(hashes, 2)))
    text = words_of(render(custody(events=events)))
    everything = ["was not measured.", "was measured once.", "is the same.", "THE HASH DIFFERS"]
    assert [one for one in everything if one in text] == [said]


def test_a_template_that_fails_is_named(monkeypatch, tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "custody.typ").write_text("#panic()")
    monkeypatch.setattr("kavalan.papers.typeset.files", lambda package: tmp_path)
    with pytest.raises(PaperError, match="custody cannot be set: panicked"):
        render(custody())
