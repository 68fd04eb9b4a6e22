"""A month of made tips in the forms in which tips come: `python examples/tips.py --out DIR --tips 400 --seed 1`.

The same seed makes the same month. Beside the folder `tips`, in which they lie as in a drop folder, stands
`record.json`: what was put into each, in the maker's own words, and which files are malformed and how. `referrals.py`
says who is in them: nobody.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import typst

from referrals import Made, Maker, Picture

TIPS, RECORD, COLUMNS = "tips", "record.json", "columns.toml"
_SHARES = {"worthless": 25, "urgent": 4, "young": 3, "again": 1, "same account": 7, "ordinary": 60}
_FORMS = {"cybertipline": 62, "bundle": 17, "table": 15, "mail": 5, "print": 1}
_IN_ONE = (1, 1, 1, 2, 3)
"""How many referrals come in one bundle."""
_ENCODINGS = ("utf-8-sig", "cp1252", "utf-16")
_INDIA = timezone(timedelta(hours=5, minutes=30))
_HEADER = ["Ack No", "Received on", "Platform", "User id", "Name", "Mobile", "IP", "Port", "IP time", "MD5", "Remarks"]
_MEANING = {
    "Ack No": "number",
    "Received on": "received",
    "Platform": "platform",
    "User id": "account",
    "Mobile": "phone",
    "IP": "ip",
    "Port": "port",
    "IP time": "ip_at",
    "MD5": "md5",
    "Remarks": "note",
}
PARTNER = "a partner, invented"
_PRINT = """
= CyberTipline Report {number}
Received by NCMEC on {received} UTC

All dates are displayed as YYYY-MM-DD
== Section A: Reported Information
Submitter: {sender}
== Suspect
ESP User ID: {account}

IP Address: {address}
"""


def make_month(out: Path, *, tips: int = 400, seed: int = 1) -> dict[str, Any]:
    """Make the tips below a folder, and give the record of them.

    Args:
        out: is made; must not hold tips.
        tips: how many, besides those that are malformed.
        seed: of chance.
    """
    chance = random.Random(seed)  # noqa: S311 - the same month again, not a secret
    maker = Maker(chance)
    sorts = chance.choices(list(_SHARES), list(_SHARES.values()), k=tips)
    made = [maker.made(sort) for sort in sorts]
    by_form: dict[str, list[Made]] = {form: [] for form in _FORMS}
    for one in made:
        one.form = "cybertipline" if one.sort in {"worthless", "urgent", "young"} else _form(chance)
        by_form[one.form].append(one)
    folder = out / TIPS
    for name, data in _files(maker, by_form):
        _keep(folder / name, data)
    broken = {name: why for name, why, data in _malformed(maker) if _keep(folder / "malformed" / name, data)}
    _keep(out / COLUMNS, _columns().encode())
    record = {"seed": seed, "tips": [one.plain() for one in made], "malformed": broken}
    _keep(out / RECORD, json.dumps(record, indent=1).encode())
    return record


def _form(chance: random.Random) -> str:
    return chance.choices(list(_FORMS), list(_FORMS.values()))[0]


def _files(maker: Maker, by_form: dict[str, list[Made]]) -> Iterator[tuple[str, bytes]]:
    for place, made in enumerate(by_form["cybertipline"]):
        made.where = f"referrals/{made.number}-{place}.json"
        yield made.where, maker.written(made)
    yield from _bundles(maker, by_form["bundle"])
    yield from _tables(maker, by_form["table"])
    for place, made in enumerate(by_form["mail"]):
        made.where = f"mail/{place}.eml"
        yield made.where, _mail(maker, made)
    for place, made in enumerate(by_form["print"]):
        made.where, made.pictures = f"prints/{place}.pdf", []
        yield made.where, _print(maker, made)


def _bundles(maker: Maker, made: Sequence[Made]) -> Iterator[tuple[str, bytes]]:
    """Folders of any depth, other names than the referral has, now and then a file too few and one too many."""
    at = 0
    while at < len(made):
        inside = made[at : at + maker.chance.choice(_IN_ONE)]
        name = f"bundles/{at}.zip"
        members: list[tuple[str, bytes]] = []
        lacking = maker.chance.random() < 0.2
        for number, one in enumerate(inside):
            one.where = name
            members.append((f"{one.number}/{number}/report.json", maker.written(one)))
            coming = one.pictures[1:] if lacking else one.pictures
            members += [(f"{one.number}/{number}/files/{place}", each.data) for place, each in enumerate(coming)]
        held = {data for _, data in members}
        for one in inside:
            one.came = sum(picture.data in held for picture in one.pictures)
        if maker.chance.random() < 0.2:
            members.append(("readme.txt", b"as agreed"))
        yield name, _zip(members)
        at += len(inside)


def _zip(members: Sequence[tuple[str, bytes]], *, encrypted: bool = False) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    if not encrypted:
        return held.getvalue()
    # The flag alone: what is inside cannot be read without a password that nobody has.
    locked = bytearray(held.getvalue())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(mark) + flags] |= 1
    return bytes(locked)


def _tables(maker: Maker, made: Sequence[Made]) -> Iterator[tuple[str, bytes]]:
    """A table a week, each in another encoding."""
    for week in range(4):
        rows = made[week::4]
        held = io.StringIO()
        table = csv.writer(held)
        table.writerow(_HEADER)
        for one in rows:
            one.where, one.sender, one.number = f"partner/week-{week + 1}.csv", PARTNER, f"N-{one.number}/2026"
            one.pictures = one.pictures[:1]
            table.writerow(_row(maker, one))
        if rows:
            yield rows[0].where, held.getvalue().encode(_ENCODINGS[week % len(_ENCODINGS)])


def _row(maker: Maker, made: Made) -> list[str]:
    local = made.received.astimezone(_INDIA)
    md5 = made.pictures[0].md5 if made.pictures else ""
    # To the minute, as such tables are.
    made.received = made.received.replace(second=0)
    said = maker.chance.choice(("seen twice", "=SUM(1,1)", "in the group, too", 'says "boat"'))
    day = f"{local:%d/%m/%Y %H:%M}"
    return [
        made.number,
        day,
        "Example Messenger",
        made.account,
        maker.name(),
        maker.phone(),
        maker.address(),
        "4433",
        day,
        md5,
        said,
    ]


def _columns() -> str:
    meaning = "".join(f'"{name}" = "{means}"\n' for name, means in _MEANING.items())
    return f'zone = "Asia/Kolkata"\norder = "dmy"\nsender = "{PARTNER}"\n\n[meaning]\n{meaning}'


def _mail(maker: Maker, made: Made) -> bytes:
    made.number, made.sender = f"<{made.number}@example.org>", "Asha Kathayil <asha@example.org>"
    made.came = len(made.pictures)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = made.sender, "desk@example.org", "വള്ളം"
    mail["Date"], mail["Message-ID"] = format_datetime(made.received), made.number
    mail.set_content(f"In the group a number writes: {maker.phone()}, https://example.org/{made.account}\n")
    for picture in made.pictures:
        mail.add_attachment(picture.data, maintype="image", subtype="png", filename=f"{picture.number}.png")
    if mail.is_multipart():
        mail.set_boundary(f"made-{made.account}")
    return mail.as_bytes()


def _print(maker: Maker, made: Made) -> bytes:
    received = f"{made.received:%Y-%m-%d %H:%M:%S}"
    told = _PRINT.format(
        number=made.number, received=received, sender=made.sender, account=made.account, address=maker.address()
    )
    return typst.compile(("#set document(date: none)\n" + told).encode())


def _malformed(maker: Maker) -> Iterator[tuple[str, str, bytes]]:
    """A few of each sort: name, what is wrong, bytes."""
    made = maker.made("ordinary")
    made.pictures = [Picture(1)]
    whole = maker.written(made)
    yield "cut.json", "ends in the middle", whole[: len(whole) // 2]
    yield "other.json", "JSON, but no referral", b'{"invoice": 7}'
    yield (
        "wrong kinds.json",
        "lists where objects should be",
        b'{"reportId": [1], "reportedInformation": {"childVictims": 3}}',
    )
    yield (
        "odd letters.json",
        "NUL and half a letter",
        b'{"reportId": "a\\u0000", "reportedInformation": {"x": "\\ud800"}}',
    )
    yield (
        "cells.csv",
        "rows with other cells than the header",
        (",".join(_HEADER) + "\n1,2\nN-1" + "," * 30 + "x\n").encode(),
    )
    yield (
        "quote.csv",
        "a quotation mark that is never closed",
        (",".join(_HEADER) + '\n"N-2,,,,,,,,,,\nN-3,,,,,,,,,,\n').encode(),
    )
    yield "header.csv", "a column too few", b"Ack No,Platform\nN-4,Example\n"
    yield "cut.eml", "ends within an attachment", _mail(maker, made)[:600]
    yield "cut.zip", "its end is missing", _zip([("r.json", whole), ("1", Picture(1).data)])[:-30]
    yield "locked.zip", "its referral is encrypted", _zip([("r.json", whole), ("1", Picture(1).data)], encrypted=True)
    yield "no referral.zip", "nothing in it reads as one", _zip([("1", Picture(1).data)])
    yield "scan.pdf", "pages without text", typst.compile(b"#set document(date: none)\n#rect()")
    yield "cut.pdf", "ends in the middle", typst.compile(b"= CyberTipline Report 1")[:900]


def _keep(path: Path, data: bytes) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def main() -> int:
    """Make a month where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="a folder that holds no tips")
    parser.add_argument("--tips", type=int, default=400, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of chance (%(default)s)")
    asked = parser.parse_args()
    if (asked.out / TIPS).exists():
        print(f"{asked.out / TIPS} is there; say another folder", file=sys.stderr)
        return 2
    record = make_month(asked.out, tips=asked.tips, seed=asked.seed)
    print(f"{len(record['tips'])} tips, {len(record['malformed'])} malformed files, in {asked.out / TIPS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
