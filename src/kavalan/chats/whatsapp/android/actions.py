"""What the numbers of WhatsApp's own lines are read as, and by whom. The database has the numbers alone.

Nobody who knows has published a table. Two public programs read these numbers, each from its own observation: whapa
(libs/whacodes.py, after F. Arenaz, "Análisis forense de la aplicación WhatsApp", Salamanca 2026) and WAInsight
(models/enums.py, after the decompiled program and the screen). Where both say the same, a number is understood; where
one alone does, it is unless somebody would become an administrator by it; where they differ, it stands as it is.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from kavalan.chats.model import Act


class Action(NamedTuple):
    """What a number is read as.

    Attributes:
        act: `Act.OTHER` where readings differ.
        by: whose reading it is; where they differ, what each says.
    """

    act: Act
    by: str = ""


_BOTH: Final = {
    1: Act.RENAMED, 5: Act.LEFT, 6: Act.PICTURED, 10: Act.NUMBER_CHANGED, 11: Act.CREATED, 12: Act.ADDED,
    14: Act.REMOVED, 20: Act.JOINED, 27: Act.DESCRIBED, 28: Act.NUMBER_CHANGED, 30: Act.SETTING, 32: Act.SETTING,
    56: Act.TIMER, 58: Act.BLOCKED, 59: Act.TIMER, 67: Act.NOTICE, 68: Act.TIMER, 79: Act.JOINED, 91: Act.SETTING,
    129: Act.NOTICE, 149: Act.NOTICE,
}  # fmt: skip
_ONE: Final = {
    9: (Act.NOTICE, "list made, whapa"),
    13: (Act.LEFT, "WAInsight"),
    18: (Act.CODE_CHANGED, "WAInsight"),
    21: (Act.OTHER, "link reset, WAInsight alone"),
    63: (Act.NOTICE, "WAInsight"),
    69: (Act.NOTICE, "WAInsight"),
    82: (Act.OTHER, "administrator of the community removed, whapa alone"),
    85: (Act.OTHER, "setting, WAInsight alone"),
    92: (Act.OTHER, "setting, WAInsight alone"),
    99: (Act.JOINED, "from the community, WAInsight"),
    107: (Act.OTHER, "setting, WAInsight alone"),
    115: (Act.NOTICE, "WAInsight"),
    118: (Act.PINNED, "WAInsight"),
    131: (Act.DESCRIBED, "WAInsight"),
    142: (Act.NOTICE, "WAInsight"),
    173: (Act.OTHER, "owner of the community changed, WAInsight alone"),
    188: (Act.OTHER, "setting, WAInsight alone"),
    189: (Act.OTHER, "link reset, WAInsight alone"),
}
_DIFFER: Final = {
    2: "group made (whapa), unknown (WAInsight)",
    4: "somebody added (whapa), you were added (WAInsight)",
    7: "removed from a list (whapa), unknown (WAInsight)",
    15: "made an administrator (whapa, WhatsApp-Chat-Exporter), you are an administrator (WAInsight)",
    29: "only administrators change the group (whapa), members add others (WAInsight)",
    31: "only administrators write (whapa), timer (WAInsight)",
    81: "administrator of the community made (whapa), made or removed (WAInsight)",
    83: "asked to join, or made an administrator (WAInsight, in two places)",
    84: "joining needs approval (whapa), made an administrator (WAInsight)",
    132: "channel made (whapa), notice (WAInsight)",
    134: "notice (whapa), channel made (WAInsight)",
    138: "who adds groups (whapa), group removed (WAInsight)",
    144: "welcome (whapa), you were added (WAInsight)",
}


def action(number: int) -> Action:
    """What a number is read as."""
    if number in _BOTH:
        return Action(_BOTH[number])
    if number in _ONE:
        return Action(*_ONE[number])
    return Action(Act.OTHER, f"readings differ: {_DIFFER[number]}" if number in _DIFFER else "")
