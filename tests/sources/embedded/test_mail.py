"""Messages and mailboxes: every attachment, whatever it is, and no text that a person wrote."""

from __future__ import annotations

import base64
import binascii
import io
import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.archives import contents, members, zip_of
from tests.sources.embedded.gradients import picture

from kavalan.sources import open_source, shown

FROM = "kili@example.invalid"


def message(*attachments: tuple[str, bytes], subject="Hills") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = FROM, "mala@example.invalid", subject
    made["Date"] = "Mon, 01 Jan 2024 10:00:00 +0530"
    made.set_content("A letter about hills.\n")
    for name, content in attachments:
        made.add_attachment(content, "application", "octet-stream", filename=name)
    return made


def written(tmp_path, content: bytes, name="a.eml"):
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def by_hand(*parts: bytes, kind=b"mixed", end=b"\r\n") -> bytes:
    """A message of parts as they are given, each with its own header."""
    head = [b"From: a@example.invalid", b"To: b@example.invalid", b"Subject: Hills", b"MIME-Version: 1.0"]
    head += [b'Content-Type: multipart/%s; boundary="b o(u)n"' % kind, b"", b"preamble"]
    body = b"".join(end + b"--b o(u)n" + end + part for part in parts)
    return end.join(head) + body + end + b"--b o(u)n--" + end


def part(header: bytes, body: bytes = b"x") -> bytes:
    return header + b"\r\n\r\n" + body


def test_attachments_come_out_and_the_text_does_not(tmp_path):
    files = {"a.jpg": picture(), "notes.txt": b"notes", "empty": b""}
    found = contents(written(tmp_path, message(*files.items()).as_bytes()))
    assert found == {name.encode(): content for name, content in files.items()}


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("encoding", "carry"),
    [
        (b"base64", base64.encodebytes),
        (b"BASE64", base64.b64encode),
        (b"quoted-printable", lambda content: binascii.b2a_qp(content, istext=False)),
        (b"binary", bytes),
        (
            b"x-uuencode",
            lambda content: (
                b"begin 644 x\n"
                + b"".join(binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45))
                + b"`\nend\n"
            ),
        ),
    ],
)
def test_each_encoding_is_undone(tmp_path, encoding, carry, end):
    header = b"Content-Type: image/jpeg; name=a.jpg" + end + b"Content-Transfer-Encoding: " + encoding + end + end
    assert contents(written(tmp_path, by_hand(header + carry(picture()), end=end))) == {b"a.jpg": picture()}


def test_large_attachment_passes_in_pieces(tmp_path):
    content = bytes(range(256)) * 12_000
    assert contents(written(tmp_path, message(("large.bin", content)).as_bytes())) == {b"large.bin": content}


@pytest.mark.parametrize("before", range((1 << 20) - 40, (1 << 20) + 10, 7))
def test_boundary_is_found_wherever_the_readers_blocks_end(tmp_path, before):
    text = part(b"Content-Type: text/plain", b"x" * 70 + b"\r\n" + b"y" * (before - 240))
    whole = by_hand(text, part(b"Content-Type: image/png; name=a.png", picture("PNG")))
    assert contents(written(tmp_path, whole)) == {b"a.png": picture("PNG")}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"Content-Disposition: attachment; filename=plain.txt", b"plain.txt"),
        (b'Content-Disposition: attachment; filename="with \\"marks\\"; and more.txt"', b'with "marks"; and more.txt'),
        (b'Content-Disposition: inline;\r\n\tfilename="folded.txt"', b"folded.txt"),
        (b"Content-Disposition: attachment; filename*=utf-8''%E0%B4%AA%E0%B4%BE.jpg", "പാ.jpg".encode()),
        (b"Content-Disposition: attachment; filename*=iso-8859-1'fr'caf%E9.txt", "café.txt".encode()),
        (
            b"Content-Disposition: attachment; filename*0*=utf-8''a%20; filename*1=\"b'%41\";\r\n filename*2*=%2Ejpg",
            b"a b'%41.jpg",
        ),
        (b'Content-Disposition: attachment; filename*0="long"; filename*1="er.txt"', b"longer.txt"),
        (b'Content-Type: image/jpeg; name="=?utf-8?B?4LSqLmpwZw==?="', "പ.jpg".encode()),
        (b'Content-Type: image/jpeg; name="=?utf-8?Q?a_b?=\r\n =?utf-8?Q?=2Ejpg?="', b"a b.jpg"),
        (b'Content-Type: image/jpeg; name="caf\xe9.jpg"', b"caf\xe9.jpg"),
        (b"Content-Disposition: attachment; filename*=no-such-set''%ff.txt", b"\xff.txt"),
        (b'Content-Type: image/jpeg; name="../../etc/passwd"', b"../../etc/passwd"),
        (b"Content-Type: image/png\r\nContent-Location: http://example.invalid/p/hill.png?x=1", b"hill.png"),
        (b"Content-Type: image/png", b"part 2"),
        (b"Content-Disposition: attachment", b"part 2"),
    ],
)
def test_name_is_what_the_sender_wrote(tmp_path, header, name):
    assert contents(written(tmp_path, by_hand(part(header)))) == {name: b"x"}


@pytest.mark.parametrize(
    "name", ["പാലം.jpg", "a b.jpg", "x" * 200 + ".jpg", 'quote".txt', "semi;colon.txt", "日本語" * 30]
)
def test_name_that_the_standard_library_wrote_is_read(tmp_path, name):
    assert contents(written(tmp_path, message((name, b"x")).as_bytes())) == {name.encode(): b"x"}


def test_times_are_those_of_the_attachment_and_not_of_the_mail(tmp_path):
    header = b'Content-Disposition: attachment; filename=a; modification-date="Wed, 12 Feb 1997 16:29:51 -0500"'
    found = members(written(tmp_path, by_hand(part(header), part(b"Content-Disposition: attachment; filename=b"))))
    assert found[b"a"][1].modified == datetime(1997, 2, 12, 21, 29, 51, tzinfo=UTC)
    assert found[b"b"][1].modified is None


def test_attachments_of_a_forwarded_message_stand_below_it(tmp_path):
    outer = message(("outer.txt", b"outer"))
    outer.add_attachment(message(("inner.jpg", picture())))
    named = message()
    named.add_attachment(outer, filename="forwarded.eml")
    assert contents(written(tmp_path, named.as_bytes())) == {
        b"forwarded.eml/outer.txt": b"outer",
        b"forwarded.eml/message in part 7/inner.jpg": picture(),
    }


def test_picture_in_the_text_is_an_attachment_too(tmp_path):
    letter = message()
    letter.add_alternative("<img src=cid:hill>", subtype="html")
    letter.get_payload()[1].add_related(picture(), "image", "jpeg", cid="<hill>")
    assert list(contents(written(tmp_path, letter.as_bytes())).values()) == [picture()]


def test_file_from_before_mime_is_found_in_the_text(tmp_path):
    lines = b"".join(binascii.b2a_uu(picture()[at : at + 45]) for at in range(0, len(picture()), 45))
    text = (
        b"From: a@example.invalid\nTo: b@example.invalid\nSubject: x\nDate: x\n\nbegin to read\n\nbegin 644 hill.jpg\n"
    )
    whole = text + lines + b"`\nend\nbye\nbegin 600 b\n#86)C\n`\nend\n"
    assert contents(written(tmp_path, whole)) == {b"hill.jpg": picture(), b"b": b"abc"}


def test_message_that_is_cut_off_gives_what_is_there(tmp_path):
    whole = message(("a.bin", bytes(3000)), ("b.bin", bytes(30_000))).as_bytes()
    found = members(written(tmp_path, whole[: len(whole) // 2]))
    assert found[b"a.bin"][0] == bytes(3000)
    assert found[b"b.bin"][0].startswith(bytes(5000))
    assert "cut off" in found[b"\0rest"][1].refusal


def test_part_that_is_not_base64_says_so(tmp_path):
    header = b"Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64"
    _, _, ending = members(written(tmp_path, by_hand(part(header, b"AAAAA"))))[b"a.png"]
    assert "base64" in ending.error


def test_sealed_message_is_said_to_be_sealed(tmp_path):
    header = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"
    assert "S/MIME" in members(written(tmp_path, by_hand(part(header))))[b"smime.p7m"][1].remarks[0]


def test_messages_inside_one_another_end(tmp_path):
    whole = b"x"
    for _ in range(60):
        whole = b"From: a\nTo: b\nSubject: c\nDate: d\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + whole
    (_, item, _) = members(written(tmp_path, whole))[b"\0rest"]
    assert "the rest was not read" in item.refusal


def test_mailbox_gives_the_attachments_of_each_message(tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for number in range(5):
        box.add(mailbox.mboxMessage(message((f"{number}.jpg", picture(turn=number)))))
    box.close()
    found = contents(tmp_path / "box")
    assert found == {b"message %d/%d.jpg" % (n + 1, n): picture(turn=n) for n in range(5)}


def test_line_that_begins_with_from_does_not_end_a_message(tmp_path):
    box = b"From a@example.invalid Mon Jan  1 10:00:00 2024\n" + message(("a", b"1")).as_bytes().replace(
        b"A letter", b"\nFrom here at 10:30 on\nA letter"
    )
    assert contents(written(tmp_path, box + b"\n", "box")) == {b"message 1/a": b"1"}


def test_mailbox_is_read_in_constant_memory_whatever_its_size(tmp_path):
    """Twelve messages of ten megabytes each, with a reader that may use little more than Python itself."""
    from kavalan.sources import SourceLimits

    one = message(("large", bytes(7_500_000)), ("small", b"s")).as_bytes()
    with (tmp_path / "box").open("wb") as box:
        for _ in range(12):
            box.write(b"From a@example.invalid Mon Jan  1 10:00:00 2024\n" + one + b"\n")
    found = members(tmp_path / "box", SourceLimits(memory=48 << 20, spool=1 << 20))
    assert [found[b"message %d/small" % n][0] for n in range(1, 13)] == [b"s"] * 12
    assert found.get(b"\0rest") is None


def test_archive_in_a_message_in_a_mailbox_is_opened_and_resumed(tmp_path):
    inner = zip_of(tmp_path / "z.zip", {"hill.jpg": picture()}).read_bytes()
    box = b"From a@example.invalid Mon Jan  1 10:00:00 2024\n" + message(("z.zip", inner), ("b", b"2")).as_bytes()
    with open_source(written(tmp_path, box, "box")) as source:
        paths = [item.path for item in source.items()]
        assert [shown(path) for path in paths] == [
            "box",
            "box » message 1/z.zip",
            "box » message 1/z.zip » hill.jpg",
            "box » message 1/b",
        ]
        for cut, path in enumerate(paths):
            assert [item.path for item in source.items(after=path)] == paths[cut + 1 :]


def test_message_of_apple_mail_ends_where_its_length_says(tmp_path):
    whole = message(("a.jpg", picture())).as_bytes()
    assert contents(written(tmp_path, b"%-10d\n" % len(whole) + whole + b"<?xml?>", "1.emlx")) == {b"a.jpg": picture()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=9)), min_size=1, max_size=25)
)
def test_damage_never_crashes_the_reader(tmp_path, damages):
    head = message(("z", b"q")).as_bytes().partition(b"\n\n")[0]
    outer = MIMEMultipart()
    outer.attach(MIMEText("begin 644 x\n#86)C\n`\nend\n"))
    inner = message(("പ.jpg", picture()), ("b", b"2"))
    whole = bytearray(head[:120] + b"\n" + outer.as_bytes() + inner.as_bytes())
    for place, data in damages:
        at = 100 + int(place * (len(whole) - 100))
        whole[at : at + len(data)] = data
    reasons = [item.refusal or "" for _, item, _ in members(written(tmp_path, bytes(whole))).values()]
    assert not [
        reason for reason in reasons if any(word in reason for word in ("error:", "crash:", "hang:", "memory:"))
    ]


def test_message_of_random_lines_is_bounded(tmp_path):
    """Headers made to be slow: long names, many parameters, many encoded words."""
    header = (
        b"From: a\nTo: b\nDate: c\nMIME-Version: 1.0\nX"
        + b"a" * 100_000
        + b"\nContent-Type: image/png"
        + b';a="' * 20_000
    )
    words = b"\nContent-Disposition: attachment; filename=" + b"=?utf-8?Q?" * 8_000 + b"\n\nbody"
    out = io.BytesIO(header + words)
    assert len(contents(written(tmp_path, out.getvalue()))) == 1
