"""The models of a Cellebrite report, as far as they say that a file was attached to a message, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from kavalan.sources.trace import Act, Trace

_MESSAGES = frozenset({"InstantMessage", "Email", "MMS", "SMS"})
_FIELDS = frozenset({"TimeStamp", "IsPhoneOwner", "Label", "Source", "attachment_extracted_path"})
_ATTACHMENTS = 1000
_WORD = 80


class Model:
    """One `model` element.

    Attributes:
        fields: the values that are wanted of it, by name.
        parent: the model that it is in.
        owner: of a message, whether the owner of the phone sent it; None where that is not said.
        forwarded: of a message, that it bears this label.
        attachments: of a message, for each the id of its file and its local path, either of which may be empty.
    """

    __slots__ = ("_file_id", "_ident", "_kind", "_role", "attachments", "fields", "forwarded", "owner", "parent")

    def __init__(self, attributes: dict[str, str], role: str, parent: Model | None) -> None:
        """Begin a model.

        Args:
            attributes: of its element.
            role: the field of its parent that holds it.
            parent: the model that it is in.
        """
        self.fields: dict[str, str] = {}
        self._kind = attributes.get("type", "")
        self._ident = attributes.get("id", "")[:_WORD]
        self._file_id = attributes.get("file_id", "")
        self._role = role
        self.parent = parent
        self.owner: bool | None = None
        self.forwarded = False
        self.attachments: list[tuple[str, str]] = []

    def wants(self, name: str) -> bool:
        """Whether a field is of use."""
        return name in _FIELDS

    def tell_parent(self) -> None:
        """Hand on, at the element's end, what is a fact of the message that it belongs to."""
        parent = self.parent
        if parent is None:
            return
        if self._kind == "Party" and self._role == "From":
            parent.owner = {"true": True, "false": False}.get(self.fields.get("IsPhoneOwner", "").lower())
        elif self._kind == "ForwardedMessageData" and self.fields.get("Label") == "Forwarded":
            parent.forwarded = True
        elif self._kind == "Attachment" and len(parent.attachments) < _ATTACHMENTS:
            parent.attachments.append((self._file_id, self.fields.get("attachment_extracted_path", "")))

    def traces(self, at: int | None) -> Iterator[tuple[Trace, str | None, str]]:
        """For each attachment of a message whose sender is known: what was done, the file's id, its local path.

        Args:
            at: time of the message, microseconds from 1970.
        """
        if self._kind not in _MESSAGES or self.owner is None:
            return
        act: Act = ("forwarded" if self.forwarded else "sent") if self.owner else "received"
        who = "from the owner of the phone" if self.owner else "from somebody else"
        label = ', labelled "Forwarded"' if self.forwarded else ""
        source = self._source()
        evidence = (
            f"report.xml: attached to {self._kind} {self._ident}{f' of {source}' if source else ''}, {who}{label}"
        )
        for ident, extracted in self.attachments:
            yield Trace(act, evidence[:400], at), ident or None, extracted

    def _source(self) -> str:
        """The application, as the message or the chat around it says."""
        model: Model | None = self
        while model is not None:
            if model.fields.get("Source"):
                return model.fields["Source"][:_WORD]
            model = model.parent
        return ""
