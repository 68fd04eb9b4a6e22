"""What the demo's cases are about: one in every state there is, in two units and several districts; data alone.

Numbers, places and people are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from people import INSPECTOR, INTAKE, KADAVU_INSPECTOR, KADAVU_SUPERVISOR, SUPERVISOR

OPENED = 240.0
"""Days ago on which the units begin to work at this desk."""
IDUKKI, KOTTAYAM, ERNAKULAM, ALAPPUZHA, KOLLAM = (f"in-32-{number}" for number in (596, 597, 595, 598, 600))
NAMES = {IDUKKI: "Idukki", KOTTAYAM: "Kottayam", ERNAKULAM: "Ernakulam", ALAPPUZHA: "Alappuzha", KOLLAM: "Kollam"}
"""What callers say of where it happened."""
CALLS = ((INSPECTOR, KOLLAM, 9), (INSPECTOR, IDUKKI, 6))
"""Calls of which no case came yet, by who took them, where and how many: one district has many, and hardly a case."""
SUPERVISED_BY = {INSPECTOR: SUPERVISOR, KADAVU_INSPECTOR: KADAVU_SUPERVISOR}
TAKEN_IN_BY = {INSPECTOR: INTAKE, KADAVU_INSPECTOR: KADAVU_INSPECTOR}


@dataclass(frozen=True, slots=True)
class Stood:
    """To which stage a case came, how many days ago, and how and why where it ended."""

    days: float
    stage: str
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A case as the demo tells it.

    Attributes:
        key: the demo's own name for it.
        by: badge of the investigator.
        title: as the case has it; names nobody.
        district: where, by the routing tables.
        days: how many days ago it was opened, on a call that was taken the day before.
        account: of whoever was reported, in the call.
        stages: to which it came.
        numbers: of others, each with its kind.
        sections: charged, as act and section.
        plan: the template of its tasks.
        left: how many of them are still to be done.
        children: names of those who were brought to safety, in tales alone.
        note: somebody's, a day later.
    """

    key: str
    by: str
    title: str
    district: str
    days: float
    account: str
    stages: Sequence[Stood] = ()
    numbers: Sequence[tuple[str, str]] = ()
    sections: Sequence[tuple[str, str]] = ()
    plan: str = ""
    note: str = ""
    left: int = 0
    children: Sequence[str] = ()


CASES = (
    Told(
        "convicted",
        INSPECTOR,
        "Uploads from a shop's connection",
        IDUKKI,
        230,
        "lantern.shop",
        (
            Stood(229, "registered"),
            Stood(222, "investigation"),
            Stood(201, "arrest"),
            Stood(160, "charged"),
            Stood(21, "convicted", reason="judgment of the Special Court"),
        ),
        (("fir", "114/2026"), ("court", "SC 31/2026"), ("cctns", "32596-114-2026")),
        (("it-act", "67B"), ("pocso", "15(2)")),
        note="The router's log and the shop's book of shifts name the same hours.",
        children=("Nila Puranam", "Unni Puranam"),
    ),
    Told(
        "acquitted",
        INSPECTOR,
        "Files sent through a borrowed telephone",
        KOTTAYAM,
        225,
        "copper.kettle",
        (
            Stood(223, "registered"),
            Stood(205, "arrest"),
            Stood(170, "charged"),
            Stood(15, "acquitted", "not_proved", "who held the telephone that evening stayed open"),
        ),
        (("fir", "118/2026"), ("court", "SC 34/2026")),
        (("pocso", "15(1)"),),
    ),
    Told(
        "closed",
        INSPECTOR,
        "A report that named a closed account",
        IDUKKI,
        150,
        "paper.kite",
        (Stood(146, "registered"), Stood(64, "closed", "untraced", "the provider kept nothing of these days")),
        (("fir", "160/2026"), ("portal", "32108260001142")),
    ),
    Told(
        "charged",
        INSPECTOR,
        "A closed group that traded for money",
        ERNAKULAM,
        120,
        "river.reed",
        (Stood(119, "registered"), Stood(110, "investigation"), Stood(58, "arrest"), Stood(9, "charged")),
        (("fir", "171/2026"), ("fsl", "FSL 288/2026"), ("esakshya", "SID-2026-071123")),
        (("it-act", "67B"), ("pocso", "14(1)"), ("pocso", "15(3)")),
        "seized-things",
        "Two sellers are named by the same payments; one of them may be a victim, too.",
        left=1,
        children=("Latha Kavitha",),
    ),
    Told(
        "arrest",
        INSPECTOR,
        "Threats with pictures, told by a school",
        IDUKKI,
        40,
        "brass.bell",
        (Stood(39, "registered"), Stood(38, "investigation"), Stood(6, "arrest")),
        (("fir", "203/2026"), ("ncrb_tip", "T-2026-55102")),
        (("it-act", "67B"), ("pocso", "11")),
        "new-report",
        left=2,
        children=("Manu Sankalpam",),
    ),
    Told(
        "investigation",
        KADAVU_INSPECTOR,
        "One account behind many short-lived ones",
        ERNAKULAM,
        75,
        "river.reed2",
        (Stood(74, "registered"), Stood(70, "investigation")),
        (("fir", "88/2026"), ("portal", "32108260002207")),
        (("it-act", "67B"),),
        "new-report",
        "The handle is spelt as in a case of another unit.",
        left=3,
    ),
    Told(
        "registered",
        KADAVU_INSPECTOR,
        "Addresses that a hotline sent",
        ALAPPUZHA,
        18,
        "blue.ferry",
        (Stood(17, "registered"),),
        (("fir", "97/2026"),),
        (("it-act", "67B"),),
        "new-report",
        left=4,
    ),
    Told("inquiry", KADAVU_INSPECTOR, "A caller who saw a group's invitation", KOLLAM, 3, "green.parrot"),
    Told("twin", INSPECTOR, "A second report of the school's threats", IDUKKI, 30, "brass.bell"),
    Told(
        "wide",
        INSPECTOR,
        "Two households on one connection",
        KOTTAYAM,
        55,
        "white.heron",
        (Stood(54, "registered"), Stood(52, "investigation")),
        (("fir", "188/2026"),),
        (("it-act", "67B"),),
    ),
)
