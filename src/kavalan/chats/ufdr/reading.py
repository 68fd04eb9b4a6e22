"""A report's chats as messages, in one pass and in memory that does not grow with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from kavalan.chats.clock import NO_ZONE, moment, zone_named
from kavalan.chats.errors import ChatError
from kavalan.chats.further import Carried, further
from kavalan.chats.keys import native_key
from kavalan.chats.model import (
    LONGEST_TEXT,
    TOO_LONG,
    Act,
    Certainty,
    Conversation,
    Event,
    Flag,
    Kind,
    Message,
    Rostered,
)
from kavalan.chats.outlet import Outlet
from kavalan.chats.parties import Parties
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.ufdr.content import SYSTEM, act_of, content_of, others_of, sender_of, shown
from kavalan.chats.ufdr.files import Files
from kavalan.chats.ufdr.model import Broken, File, count_kind
from kavalan.chats.ufdr.place import Place, place_of
from kavalan.chats.ufdr.walk import Walk
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.ufdr.content import Content
    from kavalan.chats.ufdr.model import Entry, Model

FORM: Final = "Cellebrite, report.xml"
_MENDED: Final = "bytes that XML does not take: shown as ?"
_BEHIND: Final = "a message behind a broken place: it may be text of another"
_ODD: Final = "a value that holds what looks like a message: somebody wrote it, or damage made text of one"
_UNTOLD: Final = "a message without a time that can be read"
_NOT_UNDERSTOOD: Final = "a line of the messenger's own that is not understood; kept as it is"
_ABOUT_CALLS: Final = ("Type", "Direction", "Duration", "Status", "VideoCall", "NetworkName", "DisconnectionCause")
_SHOWN_TYPES: Final = 12
_MOST_TOLD: Final = 100_000
_MOST_CALLED: Final = 100
_LONGEST_NAME: Final = 200
_LONGEST_TIME: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_report(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a report that is a chat, a message or a call, in its order; what was said of the rest comes last.

    Raises:
        ChatError: no chat lies in it, or it is no report.
    """
    return _ReportReader(request, source).read()


class _ReportReader:
    """Reads one report."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._walk = Walk(source)
        self._request = request
        self._zone = zone_named(request.zone)
        self._outlet = Outlet(request.region)
        self._parties = Parties(self._outlet, request.region)
        self._files = Files()
        self._tally = Tally()
        self._left: dict[str, int] = {}
        self._holder: Model | None = None
        self._place: Place | None = None
        self._told: set[str] = set()
        self._people: list[str] = []
        self._seq = self._system = self._doubtful = self._unread = self._chats = self._recovered = 0
        self._first = self._last = ""
        self._local = False

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        for said in self._walk.entries():
            if isinstance(said, File):
                self._files.keep(said)
            elif isinstance(said, Broken):
                self._tally.unreadable(said.why, said.offset)
                self._unread += said.length
            else:
                self._take(said)
                yield from self._outlet.ready()
        if not self._chats and not self._seq:
            raise ChatError("no chat lies in this report")
        if self._walk.astray is not None:
            self._tally.doubt(_MENDED, self._walk.astray)
        yield from self._outlet.rest()
        yield self._report()

    def _take(self, entry: Entry) -> None:
        model, holder = entry.model, entry.holder
        if model.type == "Chat":
            self._tell(self._entered(model), whole=model)
        elif holder is None:
            self._alone(entry)
        elif model.type == "InstantMessage":
            self._say(entry, self._entered(holder))
        elif model.type == "Party":
            self._listed(model, self._entered(holder))
        elif model.type == "ChatActivity":
            self._apart(entry, self._entered(holder))
        else:
            count_kind(self._left, model.type)

    def _entered(self, holder: Model) -> Place:
        """The chat that is being read."""
        if self._place is None or self._holder is not holder:
            self._holder, self._place = holder, place_of(holder, self._request.source)
            self._told.clear()
            self._people.clear()
            self._chats += 1
            self._tell(self._place)
        return self._place

    def _tell(self, place: Place, whole: Model | None = None) -> None:
        """What is known of a chat: at its beginning, and once more at its end."""
        kind, title = place.kind, place.title
        if whole is not None:
            kind = kind or {0: "", 1: "direct", 2: "direct"}.get(len(self._people), "group")
            title = title or ", ".join(self._people[:3])
        self._outlet.conversation(
            Conversation(place.key, place.platform, storable(place.native), storable(title), kind, place.note)
        )

    def _alone(self, entry: Entry) -> None:
        """A message that lies in no chat: its chat is with whom it was exchanged."""
        place = place_of(entry.model, self._request.source)
        self._holder, self._place = None, None
        self._outlet.conversation(
            Conversation(place.key, place.platform, storable(place.native), storable(place.title), place.kind)
        )
        self._say(entry, place)

    def _listed(self, party: Model, place: Place) -> None:
        """A participant, as the report lists them."""
        account = self._id_of(party, place)
        if not account:
            return
        self._people += [shown(party)] if len(self._people) < 4 else []
        admin = party.value("IsGroupAdmin")
        source = f"report.xml Participants, IsGroupAdmin {admin or 'not stated'}"
        role = "admin" if party.says("IsGroupAdmin") else "member"
        self._outlet.rostered(Rostered(place.key, account, role, storable(source)))

    def _say(self, entry: Entry, place: Place) -> None:
        """A message, and a record more for each further file that comes with it."""
        message, content = entry.model, content_of(entry.model)
        doubtful, flags = self._flagged(entry)
        local, utc, certainty, text_of_time = self._time(message.value("TimeStamp"), message.offset)
        text = storable(content.text or _about(message))
        if len(text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
            self._tally.doubt(TOO_LONG, message.offset)
        sender = sender_of(message)
        author = self._id_of(sender, place) if sender is not None else ""
        answers = storable(native_key(place.native, content.answers)) if content.answers else ""
        carried = [self._files.of(one) for one in content.attachments]
        name, note, sha256 = carried[0] if carried else Carried("")
        written = Message(
            self._seq, message.offset, message.length, self._native(message, place), place.key, author,
            storable(_name(sender)), content.kind.value, text, local, utc, certainty, text_of_time, answers,
            storable(content.first), storable(name), note, content.edited, " ".join(flags), 0, "", sha256,
        )  # fmt: skip
        self._outlet.message(written)
        doubtful |= self._events(message, content, place, author)
        self._seq += 1
        for one in further(written, carried):
            self._outlet.message(one)
            self._seq += 1
        self._doubtful += doubtful or not local

    def _events(self, message: Model, content: Content, place: Place, author: str) -> bool:
        """What was done, and what is answered, where it is there; whether something of it is not understood."""
        unknown = False
        if content.kind is Kind.SYSTEM:
            self._system += 1
            activities = list(message.inside("ActivityLog"))
            if len(self._told) < _MOST_TOLD:
                self._told.update((message.id, *(one.id for one in activities)))
            known = [self._activity(one, place) for one in activities]
            unknown = not activities or not all(known)
            if unknown:
                self._tally.doubt(_NOT_UNDERSTOOD, message.offset)
            if not activities:
                self._outlet.event(Event(self._seq, Act.OTHER.value))
        elif content.kind is Kind.CALL:
            self._called(message, place, author)
        if content.quoted is not None:
            by = sender_of(content.quoted)
            account = self._id_of(by, place) if by is not None else ""
            said = storable(content.quoted.value("Body"))
            self._outlet.event(
                Event(self._seq, Act.NOTICE.value, storable(_name(by)), account, (), (), said, "", "ufdr/quoted")
            )
        return unknown

    def _called(self, call: Model, place: Place, author: str) -> None:
        others = list(islice(others_of(call), _MOST_CALLED))
        names = tuple(storable(shown(one)[:_LONGEST_NAME]) for one in others)
        ids = tuple(self._id_of(one, place) for one in others)
        caller, duration = storable(_name(sender_of(call))), storable(call.value("Duration"))
        self._outlet.event(
            Event(self._seq, Act.CALLED.value, caller, author, names, ids, duration, "", "ufdr/Call, Duration")
        )

    def _activity(self, activity: Model, place: Place) -> bool:
        """What an activity says was done; whether that is understood."""
        act, participant = act_of(activity), activity.first("Participant")
        who = storable(_name(participant))
        account = self._id_of(participant, place) if participant is not None else ""
        action = storable(activity.value("Action"))
        source = f"ufdr/{action}" if act is not Act.OTHER else ""
        if act in {Act.CREATED, Act.JOINED, Act.LEFT, Act.OTHER}:
            self._outlet.event(Event(self._seq, act.value, who, account, (), (), action, "", source))
        else:
            self._outlet.event(Event(self._seq, act.value, "", "", (who,), (account,), action, "", source))
        return act is not Act.OTHER

    def _apart(self, entry: Entry, place: Place) -> None:
        """What a chat's own log says, where no message says it."""
        activity = entry.model
        if {activity.id, activity.value("SystemMessageId")} & self._told:
            return
        local, utc, certainty, said = self._time(activity.value("SystemMessageTimeStamp"), activity.offset)
        text = storable(activity.text("SystemMessageBody") or activity.value("Action"))
        line = Message(
            self._seq, activity.offset, activity.length, self._native(activity, place), place.key, "", "",
            Kind.SYSTEM.value, text, local, utc, certainty, said,
        )  # fmt: skip
        self._outlet.message(line)
        known = self._activity(activity, place)
        if not known:
            self._tally.doubt(_NOT_UNDERSTOOD, activity.offset)
        self._system += 1
        self._doubtful += not local or not known
        self._seq += 1

    def _flagged(self, entry: Entry) -> tuple[bool, list[Flag]]:
        flags = []
        if (mended := self._walk.mended_within(entry.model)) is not None:
            self._tally.doubt(_MENDED, mended)
            flags.append(Flag.UNDECODABLE)
        if entry.model.odd:
            self._tally.doubt(_ODD, entry.model.offset)
            flags.append(Flag.HEADER_IN_TEXT)
        if not entry.sure:
            self._tally.doubt(_BEHIND, entry.model.offset)
            flags.append(Flag.SUSPECT_BOUNDARY)
        doubtful = bool(flags)
        if entry.model.deleted:
            self._recovered += 1
            flags.append(Flag.RECOVERED)
        return doubtful, flags

    def _native(self, message: Model, place: Place) -> str:
        """Its number in the messenger, else in the report."""
        own = message.value("Identifier") or message.id
        return storable(native_key(place.native, own)) if own else ""

    def _id_of(self, party: Model, place: Place) -> str:
        identifier, name = (storable(party.value(field)) for field in ("Identifier", "Name"))
        if identifier.lower() == SYSTEM:
            return ""
        return self._parties.id_of(place.platform, place.key, identifier, name)

    def _time(self, said: str, offset: int) -> tuple[str, int | None, str, str]:
        """Local time, moment, certainty, and the report's own words where they are no time."""
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            self._tally.doubt(_UNTOLD, offset)
            return "", None, Certainty.UNKNOWN.value, storable(said[:_LONGEST_TIME])
        if at.utcoffset() is not None:
            local, utc, certainty = moment((at - _EPOCH) // timedelta(milliseconds=1), self._zone)
        else:
            self._local = True
            local, utc, certainty = at.isoformat(timespec="seconds"), None, Certainty.LOCAL.value
            if self._zone is not None:
                utc = int(at.replace(tzinfo=self._zone).timestamp() * 1000)
                certainty = Certainty.ZONE_GIVEN.value
        self._last = max(self._last, local)
        self._first = min(self._first or local, local)
        return local, utc, certainty, ""

    def _report(self) -> Reading:
        return self._tally.into(
            Reading(
                form=FORM,
                messages=self._seq,
                system=self._system,
                understood=self._seq - self._doubtful,
                unread_bytes=self._unread,
                first=self._first,
                last=self._last,
                date_order=DateOrder("ymd", "stated", "certain", told="dates are ISO 8601"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        found = ["whom a report lists as participants of a chat may have left it: it says no times"]
        if self._recovered:
            found.append(f"{self._recovered} messages were recovered from what had been deleted, by the report's word")
        if self._zone is None:
            found.append(NO_ZONE)
        if self._local:
            found.append("some times name no zone")
        if self._walk.crowded:
            found.append(f"{self._walk.crowded} messages hold more than can be read: the rest stands in the report")
        for what, types in (("of other things", self._walk.passed), ("of what belongs to chats", self._left)):
            if types:
                most = sorted(types.items(), key=lambda one: one[1], reverse=True)[:_SHOWN_TYPES]
                told = (f"{count} {storable(kind)}" for kind, count in most)
                found.append(f"the report also holds, {what}, not read: {', '.join(told)}")
        return found


def _name(party: Model | None) -> str:
    """As shown; the messenger itself has none."""
    if party is None or party.value("Identifier").lower() == SYSTEM:
        return ""
    return party.value("Name") or party.value("Identifier")


def _about(message: Model) -> str:
    """Of a call, what the report says of it."""
    if message.type != "Call":
        return ""
    return "\n".join(f"{field}: {message.value(field)}" for field in _ABOUT_CALLS if message.value(field))
