"""The rules of the first look: data with a version, and nothing that decides."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, get_args

import msgspec

Scale = Literal["risk", "workability", "viewing"]
FactName = Literal[
    "a_proxy",
    "access_to_child",
    "account_compromised",
    "account_named",
    "child_reports",
    "contact_offence",
    "danger_now",
    "enticement",
    "escalated_by_clearing_house",
    "escalated_by_sender",
    "files_given",
    "files_known",
    "files_unseen",
    "files_viral",
    "live_abuse",
    "only_proxies",
    "recipient_named",
    "reported_named",
    "self_harm_threat",
    "sextortion",
    "solicitation",
    "still_kept",
    "traced",
    "traced_without_port",
    "victim_named",
]
FACTS: tuple[FactName, ...] = get_args(FactName)
"""What is asked of every tip; each is answered yes, no or unknown."""

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Read from a file: what is not described here is refused."""


class Floor(_Struct, frozen=True):
    """A fact that sends a tip to the urgent lane."""

    fact: FactName
    words: Words


class Line(_Struct, frozen=True):
    """A fact that counts.

    Attributes:
        scale: where.
        fact: which, when it is answered yes.
        weight: how much; below zero it lowers.
        words: for who reads the score.
    """

    scale: Scale
    fact: FactName
    weight: Annotated[int, msgspec.Meta(ge=-100, le=100)]
    words: Words


class Values(_Struct, frozen=True):
    """The words by which senders say some of the facts."""

    enticement: tuple[str, ...]
    contact_offence: tuple[str, ...]
    urgent: tuple[str, ...]
    live: tuple[str, ...]
    compromised: tuple[str, ...]
    viral: tuple[str, ...]


class Rules(_Struct, frozen=True):
    """One version of the rules.

    Attributes:
        version: kept with every assessment.
        since: from which day.
        source: who chose them.
        certainty: V, S or M.
        reviewed: whether the unit's head has read and taken them.
    """

    version: Words
    since: date
    source: Words
    certainty: Literal["V", "S", "M"]
    reviewed: bool
    floor: tuple[Floor, ...]
    line: tuple[Line, ...]
    values: Values

    def __post_init__(self) -> None:
        counted = [(line.scale, line.fact) for line in self.line]
        if len(set(counted)) != len(counted):
            raise ValueError("a fact counts twice in one scale")
        if lowering := [line.fact for line in self.line if line.fact in _SEEN_BEFORE and line.scale != "viewing"]:
            message = f"`{lowering[0]}` may count for viewing only: what is known may still hide a child in danger"
            raise ValueError(message)


_SEEN_BEFORE: frozenset[FactName] = frozenset({"files_known", "files_viral"})


def read_rules(text: bytes) -> Rules:
    """Rules from TOML.

    Raises:
        ValueError: they do not hold together; the text says where.
    """
    return msgspec.convert(tomllib.loads(text.decode("utf-8")), Rules)


@cache
def packaged_rules() -> Rules:
    """The rules that come with Kavalan."""
    return read_rules((files(__package__) / "data" / "rules.toml").read_bytes())
