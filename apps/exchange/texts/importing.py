"""A treaty text against the record: what bringing it in would do, and doing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pghistory
from babel.core import get_global
from django.db import IntegrityError, transaction

from apps.comparison.engine.tokens import TooLong, tokens_to_compare
from apps.editorial.rules import Status
from apps.exchange.texts.document import MOST_PARTS, Document, Part, Remark, disorder, has_gap, label, normal
from apps.sources.models import Source
from apps.sources.templatetags.record import language as language_name
from apps.treaties.models import Article, Rendering, RenderingCitation, Treaty
from apps.treaties.rules import Completeness, Extent, RenderingKind

_OF_A_RENDERING = ("kind", "translator", "translated_from", "extent", "text")
_BEGINNING = 160
_MOST_REASONS = 40
# Codes of three letters, which files use, as the codes of two that the record uses.
_SHORT_CODES = get_global("language_aliases")
_HEADED_IN = {"en": ("en", "fr"), "ru": ("ru",), "ko": ("ko",), "zh": ("zh", "ja")}


@dataclass(frozen=True)
class Whose:
    """Which text it is: of what treaty, in what language, as which source gives it."""

    treaty: Treaty
    language: str
    source: Source
    kind: str
    translator: str
    translated_from: str

    @property
    def kind_label(self) -> str:
        return str(RenderingKind(self.kind).label)


class Step(StrEnum):
    """What becomes of an article of the file."""

    ADD = "new draft"
    UPDATE = "changes a draft"
    SAME = "on record already, word for word"
    KEPT = "stays as it is on record"
    UNRECORDED = "left out: the article is not on record"


@dataclass
class Entry:
    """An article of the file, beside the rendering on record, if there is one."""

    part: Part
    step: Step
    article: Article | None = None
    rendering: Rendering | None = None

    @property
    def label(self) -> str:
        name = label(self.part.number)
        return "Preamble" if name == "the preamble" else name

    @property
    def beginning(self) -> str:
        text = " ".join(self.part.text.split())
        return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rstrip()} …"

    @property
    def words(self) -> int:
        return len(self.part.text.split())

    @property
    def extent(self) -> str:
        return Extent.WHOLE if self.part.whole and not has_gap(self.part.text) else Extent.PART


@dataclass
class Plan:
    """What bringing a text in would do. With `faults` nothing is saved; `doubts` are for the editor to weigh.

    `standing` are the renderings that only an editor may change: they have been published, or wait in review.
    """

    whose: Whose
    form: str
    entries: list[Entry] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    standing: list[Entry] = field(default_factory=list)

    def having(self, step: Step) -> list[Entry]:
        return [entry for entry in self.entries if entry.step is step]

    @property
    def changes(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.step in (Step.ADD, Step.UPDATE)]

    @property
    def refusals(self) -> list[str]:
        """Why nothing may be saved, in sentences."""
        found = [*map(str, sorted(self.faults)), *(self._stands(entry) for entry in self.standing)]
        more = len(found) - _MOST_REASONS
        return [*found[:_MOST_REASONS], f"There are {more} more reasons like these."] if more > 0 else found

    def summary(self) -> str:
        """What is or was done, in a sentence."""
        added, updated, same = (len(self.having(step)) for step in (Step.ADD, Step.UPDATE, Step.SAME))
        said = [f"{added} added", f"{updated} updated", f"{same} the same already"]
        if kept := self.having(Step.KEPT):
            said.append(f"{len(kept)} left as on record ({_listed(entry.part.number for entry in kept)})")
        if left := self.having(Step.UNRECORDED):
            said.append(f"{len(left)} left out, not on record ({_listed(entry.part.number for entry in left)})")
        return f"Draft renderings: {', '.join(said)}."

    def _stands(self, entry: Entry) -> str:
        status = Status(entry.rendering.status).label
        return (
            f"Line {entry.part.line}: {label(entry.part.number)} stands on record in these words' place, {status} and "
            f"different ({entry.rendering}); only drafts are changed here."
        )


class Refused(Exception):
    """Nothing was saved; `reasons` are sentences for the editor."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def whose(
    treaty: Treaty, language: str, source: Source, *, kind: str = "", translator: str = "", translated_from: str = ""
) -> Whose:
    """Which text it is. What is left empty is as the source's other renderings of this treaty in this language have it;
    where there are none, a text in an authentic language is authentic, and the source gives it its name."""
    other = (
        Rendering.objects.filter(article__treaty=treaty, language=language, source=source)
        .order_by("article__order")
        .first()
    )
    authentic = language in treaty.authentic_languages
    if not kind:
        own = RenderingKind.AUTHENTIC if authentic else RenderingKind.UNOFFICIAL_TRANSLATION
        kind = other.kind if other else own
    translator = translator or (other.translator if other else f"{source.publisher.label} {language_name(language)}")
    if not translated_from and other and kind == other.kind:
        translated_from = other.translated_from
    return Whose(treaty, language, source, kind, translator[:80], translated_from)


def plan(document: Document, whose: Whose, *, leave_standing: bool = False, lock: bool = False) -> Plan:
    """What bringing `document` in would do; nothing is written.

    With `leave_standing`, articles whose rendering is no draft stay as they are instead of refusing all. With `lock`
    the rows it rests on are held until the transaction ends.
    """
    found = Plan(
        whose, document.form, faults=list(document.faults), doubts=[*document.doubts, *disorder(document.parts)]
    )
    articles = {
        article.number: article for article in Article.objects.filter(treaty=whose.treaty).select_related("treaty")
    }
    rows = Rendering.objects.filter(article__treaty=whose.treaty, language=whose.language, source=whose.source)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    renderings = {rendering.article_id: rendering for rendering in rows.select_related("article__treaty")}
    for part in document.parts[:MOST_PARTS]:
        article = articles.get(part.number)
        entry = Entry(part, Step.UNRECORDED, article, renderings.get(article.pk) if article else None)
        _decide(entry, found, leave_standing)
        found.entries.append(entry)
    _check_count(found)
    _check_language(document, found)
    if document.parts and not document.faults:
        _say_missing(found)
    _say_unrecorded(found)
    _say_long(found)
    found.doubts.sort()
    return found


def save(document: Document, whose: Whose, *, by: Any, leave_standing: bool = False) -> Plan:
    """Save the document's articles as draft renderings, each citing the source, all or nothing; what was done.

    `by` is the user who acts, or None. Raises Refused, with nothing written.
    """
    note = f"Brought in as a text: {whose.treaty.slug}, {whose.language}, {whose.source.slug}"
    try:
        with transaction.atomic(), pghistory.context(user=getattr(by, "pk", None), note=note[:300]):
            # One text of a treaty is brought in at a time.
            Treaty.objects.select_for_update().get(pk=whose.treaty.pk)
            done = plan(document, whose, leave_standing=leave_standing, lock=True)
            if done.refusals:
                raise Refused(done.refusals)
            for entry in done.changes:
                _write(entry, whose)
    except (IntegrityError, Treaty.DoesNotExist):
        raise Refused(["Somebody changed the same records just now; nothing was saved. Try again."]) from None
    return done


def _decide(entry: Entry, found: Plan, leave_standing: bool) -> None:
    if entry.article is None:
        return
    row = entry.rendering
    if row is None:
        entry.step = Step.ADD
    elif row.status == Status.DRAFT:
        wanted = _columns(entry, found.whose)
        same = all(getattr(row, name) == value for name, value in wanted.items())
        entry.step = Step.SAME if same else Step.UPDATE
    elif normal(row.text) == entry.part.text:
        entry.step = Step.SAME
    else:
        entry.step = Step.KEPT
        if not leave_standing:
            found.standing.append(entry)


def _columns(entry: Entry, whose: Whose) -> dict[str, str]:
    values = (whose.kind, whose.translator, whose.translated_from, str(entry.extent), entry.part.text)
    return dict(zip(_OF_A_RENDERING, values, strict=True))


def _write(entry: Entry, whose: Whose) -> None:
    columns = _columns(entry, whose)
    if entry.rendering is None:
        entry.rendering = Rendering.objects.create(
            article=entry.article, language=whose.language, source=whose.source, **columns
        )
    else:
        for name, value in columns.items():
            setattr(entry.rendering, name, value)
        entry.rendering.save(update_fields=list(columns))
    if not entry.rendering.citations.filter(source=whose.source).exists():
        RenderingCitation.objects.create(
            subject=entry.rendering, source=whose.source, position=1 + entry.rendering.citations.count()
        )


def _check_count(found: Plan) -> None:
    treaty = found.whose.treaty
    for entry in found.entries:
        if entry.part.number.isdecimal() and int(entry.part.number) > treaty.article_count:
            sentence = f"{entry.label} stands here, but the {treaty.short_name} has {treaty.article_count} articles."
            found.faults.append(Remark(entry.part.line, sentence))


def _check_language(document: Document, found: Plan) -> None:
    asked = found.whose.language
    main = asked.partition("-")[0]
    if document.language and document.language.sentence:
        named = document.language.sentence.partition("-")[0].lower()
        if _SHORT_CODES.get(named, named) != main:
            sentence = f"the file says that its language is “{document.language.sentence}”, not {language_name(asked)}."
            found.faults.append(Remark(document.language.line, sentence))
    for tongue in document.headed_in:
        if main not in _HEADED_IN[tongue] and main in _HEADED_IN:
            sentence = f"Headings are as in {language_name(tongue)}, but it is brought in as {language_name(asked)}."
            found.doubts.append(Remark(0, sentence))


def _say_missing(found: Plan) -> None:
    there = {entry.part.number for entry in found.entries}
    wanted = ["preamble", *(str(number) for number in range(1, found.whose.treaty.article_count + 1))]
    if missing := [number for number in wanted if number not in there]:
        found.doubts.append(Remark(0, f"Not in the file: {_listed(missing)}."))


def _say_unrecorded(found: Plan) -> None:
    count = found.whose.treaty.article_count
    numbers = [
        e.part.number
        for e in found.having(Step.UNRECORDED)
        if e.part.number == "preamble" or int(e.part.number) <= count
    ]
    if numbers:
        sentence = (
            f"Not on record, so their words are left out: {_listed(numbers)}. "
            "Add each as an article, with a gist of yours, then bring the text in again."
        )
        found.doubts.append(Remark(0, sentence))
    unknown = [
        entry.part.number
        for entry in found.changes
        if entry.article and entry.article.completeness != Completeness.ESTABLISHED
    ]
    if unknown:
        found.doubts.append(
            Remark(
                0, f"Marked on record as inferred or not established: {_listed(unknown)}; the words do not change that."
            )
        )


def _say_long(found: Plan) -> None:
    for entry in found.entries:
        try:
            tokens_to_compare(entry.part.text)
        except TooLong as refusal:
            found.doubts.append(
                Remark(entry.part.line, f"{entry.label} is too long to be compared by words: {refusal}")
            )


def _listed(numbers: Iterable[str]) -> str:
    """Numbers in a sentence: the preamble, Articles 1, 3–5."""
    numbers = list(numbers)
    runs: list[list[int]] = []
    for number in sorted(int(each) for each in numbers if each != "preamble"):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = ["the preamble"] if "preamble" in numbers else []
    if runs:
        words = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
        plural = len(runs) > 1 or len(runs[0]) > 1
        said.append(f"Article{'s' if plural else ''} {words}")
    return ", ".join(said)
