"""When a treaty binds, derived from its acts: pure functions over values, after the Vienna Convention on the Law of
Treaties 1969 (VCLT).

An act counts from its latest possible day, so that nothing is in force before it certainly is; a termination ends
the treaty on that day. Days are calendar days in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from apps.treaties.rules import ActKind


@dataclass(frozen=True)
class Act:
    """An act as a value: its kind, the day it counts from, and who acted ("" for all parties together)."""

    kind: str
    day: date
    participant_slug: str = ""


class Standing(StrEnum):
    """Where a treaty stands on a day: in a few words, and as a sentence around the day since when.

    The sentence reads: signed 19 June 2024; not in force.
    """

    before_day: str
    after_day: str

    def __new__(cls, words: str, before_day: str, after_day: str = "") -> Self:
        standing = str.__new__(cls, words)
        standing._value_ = words
        standing.before_day, standing.after_day = before_day, after_day
        return standing

    NOT_SIGNED = "not yet signed", "not yet signed"
    SIGNED = "signed, not in force", "signed", "not in force"
    RATIFIED_BY_ONE = "signed, ratified by one side", "signed; ratified by one side", "not in force"
    RATIFIED = "ratified by both sides, not in force", "ratified by both sides by", "not in force"
    IN_FORCE = "in force", "in force since"
    NOTICE_GIVEN = "in force, notice of termination given", "in force; notice of termination given"
    ENDED = "no longer in force", "no longer in force since"


NOT_IN_FORCE = "not in force"


@dataclass(frozen=True)
class StatusLine:
    """Where a treaty stands on a day, since when, and the rule of treaty law that says so.

    `looking_back`: the acts are those that were on record at a moment of the past. What is missing among them may have
    happened all the same, and the line says no more than that it is not on record.
    """

    standing: Standing
    since: date | None
    rule: str
    looking_back: bool = False

    @property
    def in_force(self) -> bool:
        return self.standing in (Standing.IN_FORCE, Standing.NOTICE_GIVEN)

    @property
    def before_day(self) -> str:
        """The words that lead up to `since` in a sentence: “signed” 19 June 2024; not in force."""
        if self.looking_back and self.standing is Standing.NOT_SIGNED:
            return "signature not on record"
        return self.standing.before_day

    @property
    def after_day(self) -> str:
        """What the sentence adds after `since`, "" where nothing: signed 19 June 2024; “not in force”."""
        if self.looking_back and self.standing.after_day == NOT_IN_FORCE:
            return "entry into force not on record"
        return self.standing.after_day

    @property
    def words(self) -> str:
        """The line in a few words: signed, not in force."""
        if not self.looking_back:
            return str(self.standing)
        if self.standing is Standing.NOT_SIGNED:
            return self.before_day
        return self.standing.replace(f", {NOT_IN_FORCE}", "; in force not on record")

    def looked_back_on(self) -> Self:
        """The line as the record of a moment of the past can tell it."""
        return replace(self, looking_back=True)


@dataclass(frozen=True)
class Band:
    """The life of a treaty as one bar: when it was signed, entered into force and ended; None: not yet."""

    signed: date | None
    entered: date | None
    ended: date | None


TURNING = (
    ActKind.SIGNATURE,
    ActKind.RATIFICATION,
    ActKind.ENTRY_INTO_FORCE,
    ActKind.NOTICE,
    ActKind.TERMINATION,
)
"""The kinds of act from which it follows where a treaty stands; others change nothing in it."""


def _first(acts: Iterable[Act], kind: ActKind, until: date) -> Act | None:
    found = [act for act in acts if act.kind == kind and act.day <= until]
    return min(found, key=lambda act: act.day, default=None)


def band(acts: Sequence[Act], on: date) -> Band:
    """What of a treaty's life had happened by the end of the day `on`."""

    def day(kind: ActKind) -> date | None:
        act = _first(acts, kind, on)
        return act.day if act else None

    return Band(day(ActKind.SIGNATURE), day(ActKind.ENTRY_INTO_FORCE), day(ActKind.TERMINATION))


def in_force(acts: Sequence[Act], on: date) -> bool:
    """Whether a treaty binds its parties on the day `on`.

    It does from its entry into force (VCLT Article 24) until its termination takes effect (VCLT Articles 54, 59 and
    70); on the day of termination itself it no longer does.
    """
    return status_line(acts, on).in_force


def status_line(acts: Sequence[Act], on: date) -> StatusLine:
    """Where a treaty stands at the end of the day `on`, with the rule that says so."""
    if ended := _first(acts, ActKind.TERMINATION, on):
        return StatusLine(
            Standing.ENDED,
            ended.day,
            "VCLT Articles 54, 59 and 70: termination and its consequences",
        )
    if entered := _first(acts, ActKind.ENTRY_INTO_FORCE, on):
        if notice := _first(acts, ActKind.NOTICE, on):
            return StatusLine(
                Standing.NOTICE_GIVEN,
                notice.day,
                "VCLT Articles 56 and 65–67: notice of termination",
            )
        return StatusLine(
            Standing.IN_FORCE,
            entered.day,
            "VCLT Articles 24 and 26: entry into force; pacta sunt servanda",
        )
    signed = _first(acts, ActKind.SIGNATURE, on)
    if signed is None:
        return StatusLine(
            Standing.NOT_SIGNED,
            None,
            "VCLT Articles 9–11: no text adopted and no consent expressed",
        )
    ratifications = sorted(
        (act for act in acts if act.kind == ActKind.RATIFICATION and act.day <= on),
        key=lambda act: act.day,
    )
    sides = {act.participant_slug: act.day for act in reversed(ratifications)}
    if "" in sides or len(sides) > 1:
        return StatusLine(
            Standing.RATIFIED,
            max(sides.values()),
            "VCLT Articles 14, 16 and 18: consent awaits the exchange",
        )
    if sides:
        return StatusLine(
            Standing.RATIFIED_BY_ONE,
            min(sides.values()),
            "VCLT Articles 14 and 18: ratification by one side",
        )
    return StatusLine(
        Standing.SIGNED,
        signed.day,
        "VCLT Articles 11, 12 and 18: signature subject to ratification",
    )
