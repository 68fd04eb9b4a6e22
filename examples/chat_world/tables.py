"""Tables that others keep: the calls of the administrator's telephone, and the seller's account at a bank.

Both are as untidy as such tables are: lines before the header, a legend or totals after the last row, numbers with and
without the country's prefix.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, SELLER, Person
from chat_world.truth import ZONE, Written, local

if TYPE_CHECKING:
    from pathlib import Path

    from chat_world.world import Call, Payment, World

_CALLS: Final = (
    "CALLING_NO",
    "CALLED_NO",
    "CALL_DATE",
    "CALL_TIME",
    "DURATION",
    "FIRST_CELL",
    "LAST_CELL",
    "CALL_TYPE",
    "IMEI",
    "IMSI",
)
_STATEMENT: Final = ("Txn Date", "Value Date", "Description", "Ref No./Cheque No.", "Debit", "Credit", "Balance")
_CALLS_MEAN: Final = """rows = "calls"
zone = "Asia/Kolkata"
order = "dmy"
holder_line = "MSISDN"

[words]
MOC = "outgoing"
MTC = "incoming"

[meaning]
"CALLING_NO" = "caller"
"CALLED_NO" = "called"
"CALL_DATE" = "date"
"CALL_TIME" = "time"
"DURATION" = "duration"
"FIRST_CELL" = "cell"
"LAST_CELL" = "cell"
"CALL_TYPE" = "direction"
"IMEI" = "imei"
"IMSI" = "imsi"
"""
_STATEMENT_MEANS: Final = """rows = "payments"
zone = "Asia/Kolkata"
order = "dmy"
holder_line = "Account Number"

[meaning]
"Txn Date" = "date"
"Description" = "narration"
"Ref No./Cheque No." = "reference"
"Debit" = "debit"
"Credit" = "credit"
"""


def write(world: World, out: Path) -> list[Written]:
    """A file of calls and a statement."""
    folder = out / "tables"
    folder.mkdir(exist_ok=True)
    calls, payments = world.calls(), world.payments()
    _calls(folder / "calls.csv", calls)
    _statement(folder / "statement.csv", payments)
    (folder / "calls.toml").write_text(_CALLS_MEAN, encoding="utf-8")
    (folder / "statement.toml").write_text(_STATEMENT_MEANS, encoding="utf-8")
    return [
        _source("calls", len(calls), "of calls"),
        _source("statement", len(payments), "of a bank"),
    ]


def _source(name: str, rows: int, kind: str) -> Written:
    """Lines that are no rows are kept as lines: five of each file."""
    columns = f"tables/{name}.toml"
    return Written(f"tables/{name}.csv", "table", {}, (), {}, {name: rows + 5}, columns=columns, kind=kind)


def _calls(path: Path, calls: list[Call]) -> None:
    first, last = calls[0].at, calls[-1].at
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Call Details Record", "Example Telecom"])
        rows.writerow(["MSISDN", ADMIN.digits])
        rows.writerow(["Period", local(first)[:10], "to", local(last)[:10]])
        rows.writerow([])
        rows.writerow(_CALLS)
        rows.writerows(_call(place, one) for place, one in enumerate(calls))
        rows.writerow([])
        rows.writerow(["CALL_TYPE: MOC outgoing, MTC incoming"])


def _call(place: int, one: Call) -> tuple[str, ...]:
    at = one.at.astimezone(ZONE)
    cell = f"404-19-412-{17600 + place % 9}"
    kind = "MOC" if one.who == ADMIN else "MTC"
    numbers = _dialled(one.who, place), _dialled(one.whom, place + 1)
    return (
        *numbers,
        f"{at:%d/%m/%Y}",
        f"{at:%H:%M:%S}",
        str(one.seconds),
        cell,
        cell,
        kind,
        "356938035643809",
        "404190000000002",
    )


def _dialled(one: Person, place: int) -> str:
    """With its prefix, with a plus, or with none, as operators write them."""
    if one.phone.startswith("+91"):
        return (one.digits, f"+{one.digits}", f"0{one.digits[2:]}")[place % 3]
    return f"+{one.digits}"


def _statement(path: Path, payments: list[Payment]) -> None:
    balance = 10_000
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Example Bank of Boats"])
        rows.writerow(["Account Name", SELLER.name])
        rows.writerow(["Account Number", "000000012345"])
        rows.writerow([])
        rows.writerow(_STATEMENT)
        for one in payments:
            balance += one.rupees
            day = f"{one.at.astimezone(ZONE):%d/%m/%Y}"
            handle = f"fisher{one.who.number}@okexample"
            told = f"UPI/CR/{one.number}/{one.who.name}/EXMP/{handle}/nets"
            rows.writerow([day, day, told, one.number, "", f"{one.rupees:,.2f}", f"{balance:,.2f}"])
        rows.writerow(["", "", "TOTAL", "", "0.00", f"{sum(one.rupees for one in payments):,.2f}", ""])
