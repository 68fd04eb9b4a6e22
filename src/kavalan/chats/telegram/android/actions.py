"""What Telegram's own messages say was done, by the numbers of their forms in Telegram's scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Act, Kind

if TYPE_CHECKING:
    from kavalan.chats.telegram.android.tl import Reader
    from kavalan.chats.telegram.told import Note

# Name, what was done, and what follows: a title, people, one of them, who made a link, a text, seconds, or flags first.
_ACTIONS: Final = {
    0xBD47CBAD: ("ChatCreate", Act.CREATED, "title people"), 0xA6638B9A: ("ChatCreate", Act.CREATED, "title people"),
    0x95D2AC92: ("ChannelCreate", Act.CREATED, "title"), 0xB5A1CE5A: ("ChatEditTitle", Act.RENAMED, "title"),
    0x7FCB13A8: ("ChatEditPhoto", Act.PICTURED, ""), 0x95E3FBEF: ("ChatDeletePhoto", Act.PICTURED, ""),
    0x15CEFD00: ("ChatAddUser", Act.ADDED, "people"), 0x488A7337: ("ChatAddUser", Act.ADDED, "people"),
    0x5E3CFC4B: ("ChatAddUser", Act.ADDED, "person"), 0xA43F30CC: ("ChatDeleteUser", Act.REMOVED, "person"),
    0xB2AE9B0C: ("ChatDeleteUser", Act.REMOVED, "person"), 0x031224C3: ("ChatJoinedByLink", Act.JOINED, "inviter"),
    0xF89CF5E8: ("ChatJoinedByLink", Act.JOINED, "inviter"), 0xEBBCA3CB: ("ChatJoinedByRequest", Act.JOINED, ""),
    0xE1037F92: ("ChatMigrateTo", Act.MIGRATED, ""), 0x51BDB021: ("ChatMigrateTo", Act.MIGRATED, ""),
    0xEA3948E9: ("ChannelMigrateFrom", Act.MIGRATED, "title"),
    0xB055EAEE: ("ChannelMigrateFrom", Act.MIGRATED, "title"),
    0x94BD38ED: ("PinMessage", Act.PINNED, ""), 0x3C134D7B: ("SetMessagesTTL", Act.TIMER, "flags seconds"),
    0xAA1AFBFD: ("SetMessagesTTL", Act.TIMER, "seconds"), 0x80E11A7F: ("PhoneCall", Act.CALLED, ""),
    0x2FFE2F7A: ("ConferenceCall", Act.CALLED, ""), 0x7A0D7F42: ("GroupCall", Act.CALLED, ""),
    0x502F92F7: ("InviteToGroupCall", Act.CALLED, ""), 0x76B9F11A: ("InviteToGroupCall", Act.CALLED, ""),
    0xB3A07661: ("GroupCallScheduled", Act.CALLED, ""), 0xE188503B: ("ChangeCreator", Act.CREATOR_CHANGED, "person"),
    0xBF7D6572: ("NoForwardsToggle", Act.SETTING, ""), 0x9FBAB604: ("HistoryClear", Act.NOTICE, ""),
    0x4792929B: ("ScreenshotTaken", Act.NOTICE, ""), 0xFAE69F56: ("CustomAction", Act.NOTICE, "text"),
    0xF3F25F76: ("ContactSignUp", Act.NOTICE, ""), 0x0D999256: ("TopicCreate", Act.NOTICE, ""),
    0xC0944820: ("TopicEdit", Act.NOTICE, ""), 0xB18A431C: ("TopicEdit", Act.NOTICE, ""),
    0xB91BBD3A: ("SetChatTheme", Act.NOTICE, ""), 0xAA786345: ("SetChatTheme", Act.NOTICE, ""),
    0x98E0D697: ("GeoProximityReached", Act.NOTICE, ""), 0x92A72876: ("GameScore", Act.NOTICE, ""),
    0xCC02AA6D: ("BoostApply", Act.NOTICE, ""), 0xABE9AFFE: ("BotAllowed", Act.NOTICE, ""),
    0xC516D679: ("BotAllowed", Act.NOTICE, ""), 0x5060A3F4: ("SetChatWallPaper", Act.NOTICE, ""),
    0xBC44A927: ("SetChatWallPaper", Act.NOTICE, ""), 0xB07ED085: ("NewCreatorPending", Act.NOTICE, ""),
    0xC624B16E: ("PaymentSent", Act.PAID, ""), 0x96163F56: ("PaymentSent", Act.PAID, ""),
    0x40699CD0: ("PaymentSent", Act.PAID, ""), 0xFFA00CCC: ("PaymentSentMe", Act.PAID, ""),
}  # fmt: skip
_NARROW: Final = {0xA6638B9A, 0x488A7337, 0x5E3CFC4B, 0xB2AE9B0C, 0xF89CF5E8}
"""Of layers until 132, whose numbers have four bytes."""


def action(made: Note, reader: Reader) -> None:
    """What was done, where a reader stands at it; a form that is not known keeps its number.

    Raises:
        UnknownError: a form that is known goes on otherwise.
    """
    constructor = reader.constructor()
    name, made.act, fields = _ACTIONS.get(constructor, (f"0x{constructor:08x}", Act.OTHER, ""))
    made.kind, made.rule = Kind.SYSTEM, f"MessageAction{name}"
    made.text = made.rule
    wide = constructor not in _NARROW
    for field in fields.split():
        match field:
            case "flags":
                reader.constructor()
            case "title":
                made.value = reader.text()
            case "text":
                made.text = reader.text()
            case "seconds":
                made.value = str(reader.whole())
            case "inviter":
                made.value = f"user{reader.long() if wide else reader.whole()}"
            case "person":
                made.targets = (f"user{reader.long() if wide else reader.whole()}",)
            case "people":
                made.targets = tuple(f"user{reader.long() if wide else reader.whole()}" for _ in range(reader.count()))
    if made.targets == (made.sender,):
        made.act = {Act.REMOVED: Act.LEFT, Act.ADDED: Act.JOINED}.get(made.act, made.act)
