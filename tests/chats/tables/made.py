"""Tables of providers and banks, invented, in the shapes that the reference names: lines above, a legend below."""

import msgspec

from kavalan.chats.tables.columns import Columns

CALLS = msgspec.convert(
    {
        "rows": "calls",
        "zone": "Asia/Kolkata",
        "holder_line": "MSISDN",
        "meaning": {
            "CALLING_NO": "caller", "CALLED_NO": "called", "CALL_DATE": "date", "CALL_TIME": "time",
            "DURATION": "duration", "CALL_TYPE": "type", "ESN/IMEI": "imei", "FIRST_CELL": "cell", "LAST_CELL": "cell",
        },
    },
    Columns,
)  # fmt: skip
CALLS_HEADER = "CALLING_NO,CALLED_NO,CALL_DATE,CALL_TIME,DURATION,FIRST_CELL,LAST_CELL,CALL_TYPE,ESN/IMEI,ROAM_CIRCLE"
PARTY = msgspec.convert(
    {
        "rows": "calls",
        "zone": "Asia/Kolkata",
        "holder_line": "Target No",
        "meaning": {"Date & Time": "at", "B Party": "party", "Direction": "direction", "Dur": "duration"},
        "words": {"A_OUT": "outgoing"},
    },
    Columns,
)
PARTY_HEADER = "Date & Time;B Party;Direction;Dur"
NOTED = msgspec.convert(
    {"rows": "calls", "meaning": {"From": "caller", "To": "called", "On": "at", "Remarks": "note"}}, Columns
)
NOTED_HEADER = "From,To,On,Remarks"
PAYMENTS = msgspec.convert(
    {
        "rows": "payments",
        "zone": "Asia/Kolkata",
        "holder": "keeper@okaxis",
        "meaning": {
            "Txn Date": "at", "Description": "narration", "Ref No./Cheque No.": "reference", "Debit": "debit",
            "Credit": "credit",
        },
    },
    Columns,
)  # fmt: skip
PAYMENTS_HEADER = "Txn Date,Description,Ref No./Cheque No.,Debit,Credit,Balance"


def table(header, *rows, above=(), below=()):
    return "\r\n".join([*above, header, *rows, *below, ""])
