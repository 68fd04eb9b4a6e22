"""A referral's print, from its bytes to the tip."""

import contextlib
import io
from datetime import UTC, datetime

import msgspec
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.tips import Account, Capture, File, Leftover, Moment, Passage, Person, Place, Stood, TipError
from kavalan.tips.printed.document import read_print
from tests.tips.printed.prints import FILES, PEOPLE, SUMMARY, compiled

WHOLE = compiled(SUMMARY + PEOPLE + FILES)


@pytest.fixture(scope="module")
def tip():
    return read_print(io.BytesIO(WHOLE))


def test_the_first_page_says_number_and_times(tip):
    received = Moment("10-05-2026 15:41:33 UTC", datetime(2026, 10, 5, 15, 41, 33, tzinfo=UTC))
    assert (tip.form, tip.number, tip.received, tip.sender) == ("print", "123456", received, "Example Messenger")
    assert tip.incident == "Misleading Domain Name"
    assert tip.incident_at.utc == datetime(2026, 10, 4, 5, 1, 2, tzinfo=UTC)


def test_persons_stand_under_their_headings(tip):
    at = Moment("10-05-2026 15:41:33 UTC", datetime(2026, 10, 5, 15, 41, 33, tzinfo=UTC))
    captures = (
        Capture("IP Address", "192.0.2.7", "4433", at, "Login", possible_proxy=True),
        Capture("IP Address", "2001:db8::7"),
    )
    asha = Person(
        role="reported",
        name="Asha Invented",
        account=Account(screen_name="heron"),
        emails=("a@example.org", "b@example.org"),
        captures=captures,
    )
    assert tip.persons == (asha, Person(role="victim", name="Ravi Invented"))


def test_files_with_their_digest_or_none(tip):
    assert tip.files == (
        File("a.jpg", md5="d41d8cd98f00b204e9800998ecf8427e", seen_by_sender=False),
        File("b.jpg", captures=(Capture("IP Address", "192.0.2.9"),)),
    )


def test_where_addresses_lie_is_of_the_second_section(tip):
    assert tip.places == (Place("Section B: Automated Information", "192.0.2.7", "IN, Nowhere"),)


def test_what_is_not_known_stays_with_its_place(tip):
    assert Leftover("page 1, line 19", "Favourite boat: ketch") in tip.leftovers
    assert "MD5: nothing" in {left.value for left in tip.leftovers}
    assert Passage("Executive Summary", "A brief overview of what is in it.") in tip.passages
    assert Passage("Section D: Law Enforcement Contact Information", "Kerala") in tip.passages


def test_each_field_says_on_which_line_it_stands(tip):
    assert Stood("number", "page 1, line 1") in tip.stood
    assert Stood("places[0].address", "page 2, line 2") in tip.stood
    assert {"persons[0].emails", "files[0].md5", "persons[0].captures[1].value"} <= {one.field for one in tip.stood}


def test_a_time_in_figures_is_a_moment_only_where_the_print_says_their_order():
    bare = SUMMARY.replace("All dates are displayed as MM-DD-YYYY", "")
    received = read_print(io.BytesIO(compiled(bare))).received
    assert (received.said, received.utc) == ("10-05-2026 15:41:33 UTC", None)


def test_what_says_a_thing_otherwise_is_left_over():
    tip = read_print(io.BytesIO(compiled(SUMMARY + "\nIncident Type: Child Sex Tourism\n")))
    assert tip.incident == "Misleading Domain Name"
    assert [left.value for left in tip.leftovers][-1] == "Incident Type: Child Sex Tourism"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cannot be read as a PDF"),
        (b"%PDF-1.7 and no more", "cannot be read as a PDF"),
        (compiled("#rect()"), "no text"),
        (compiled("A letter."), "no CyberTipline referral"),
    ],
)
def test_what_is_no_print_of_a_referral_is_refused_with_the_reason(data, why):
    with pytest.raises(TipError, match=why):
        read_print(io.BytesIO(data))


def test_what_needs_a_password_says_so():
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        document.save(held, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(TipError, match="password"):
        read_print(held)


def test_letters_that_say_nothing_are_told():
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(WHOLE)) as document:
        for stored in document.objects:
            if isinstance(stored, pikepdf.Dictionary) and stored.get("/Subtype") == "/Type0":
                stored["/ToUnicode"].write(b"")
        document.pages[0].contents_add(b"BT /Z 9 Tf 1 0 0 1 50 20 Tm (CyberTipline Report 7) Tj ET", prepend=False)
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
        document.pages[0].add_resource(font, pikepdf.Name.Font, pikepdf.Name.Z)
        document.save(held)
    tip = read_print(held)
    assert tip.number == "7"
    assert "say nothing in their font" in tip.unread[0].why


def words(value):
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words(one)
    elif isinstance(value, str):
        yield from value.split()


LETTERS = st.text(st.sampled_from("abcXYZ 019:?./-()@"), min_size=1, max_size=30).filter(str.strip)
LABELS = st.sampled_from(["Name", "MD5", "IP Address", "Filename", "Event", "Country", "Port", "Incident Type"])
LINES = st.lists(LETTERS | st.builds("{}: {}".format, LABELS, LETTERS), max_size=8)


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_no_word_of_any_line_is_lost(lines):
    escaped = "".join(f"\n#text({line.replace(chr(92), '')!r})\n".replace("'", '"') for line in lines)
    tip = read_print(io.BytesIO(compiled("#set smartquote(enabled: false)\n" + SUMMARY + escaped)))
    told = " ".join(words(msgspec.to_builtins(tip))).casefold()
    for line in lines:
        said = line.partition(":")[2].strip() or line
        assert all(word.casefold() in told for word in said.strip(" :?").split())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=4))
def test_whatever_is_wrong_with_it_is_told_or_read(end, changes):
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    with contextlib.suppress(TipError):
        assert read_print(io.BytesIO(data[:end])).form == "print"
