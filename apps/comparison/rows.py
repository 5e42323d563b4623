"""The rows of the comparison: plain values that a table prints, made from records that were read before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.text import capfirst

from apps.quotes.models import Quote
from apps.sources.models import Citation
from apps.treaties.models import Article, Correspondence, Obligation, Topic, TopicFinding, Treaty
from apps.treaties.rules import Completeness, Condition, ObligationKind, Owed, Presence, TopicGroup

GISTS = 2
"""How many articles of one cell are summed up, numbered ones before the preamble; the others are linked."""


class Mark(StrEnum):
    """The sign of a cell: what is owed, and two ways in which nothing stands there."""

    FULL = "full"
    HALF = "half"
    NONE = "none"
    GAP = "gap"


@dataclass(frozen=True)
class Reason:
    """What a cell opens: on what it rests. `gist` is of the article, `terms` are how the obligation works."""

    anchor: str
    label: str
    words: str
    rationale: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    article: Article | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One treaty's entry in a row of obligations.

    `why` is the reason that stands here, `opens` the anchor of the reason that the cell opens: its own, or that of
    the promise of help. `obligation` is the key of the editors' reading that it tells, None for the treaty's columns.
    """

    treaty: Treaty
    mark: Mark
    words: str
    article: Article | None = None
    why: Reason | None = None
    opens: str = ""
    obligation: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of obligations: what it asks, in a word and in a line, and each treaty's answer."""

    label: str
    hint: str
    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Part:
    """Rows of obligations under one heading."""

    label: str
    rows: tuple[Row, ...]


HINTS = {
    ObligationKind.DEFENSE: "help if the other is attacked",
    ObligationKind.CONSULTATION: "contact when attack threatens",
    ObligationKind.THIRD_PARTY: "no joining others against the partner",
    ObligationKind.NONAGGRESSION: "not to attack each other",
    ObligationKind.NEUTRALITY: "not to help an attacker",
}
_OWED = {Owed.OWED: Mark.FULL, Owed.LIMITED: Mark.HALF, Owed.NONE: Mark.NONE, Owed.NOT_ESTABLISHED: Mark.GAP}
_CONDITION = {
    Condition.NAMED: Mark.FULL,
    Condition.NOT_NAMED: Mark.NONE,
    Condition.NO_CLAUSE: Mark.NONE,
    Condition.NOT_ESTABLISHED: Mark.GAP,
}


def _gap(treaty: Treaty, told: set[int]) -> Cell:
    """A cell about which nothing is known; of a treaty without a text nothing can be."""
    return Cell(treaty, Mark.GAP, "Text not on record" if treaty.pk in told else "Nothing on record yet")


def _anchor(treaty: Treaty, name: str) -> str:
    return f"why-{treaty.slug}-{name.lower()}"


def _reason(found: Obligation) -> Reason:
    kind = ObligationKind(found.kind)
    terms = (("Set off by", found.trigger), ("How fast", found.speed), ("By what means", found.means))
    return Reason(
        anchor=_anchor(found.treaty, kind),
        label=str(kind.label),
        words=found.label,
        rationale=found.rationale,
        terms=tuple((name, words) for name, words in terms if words),
        article=found.article,
        citations=tuple(found.public_citations),
    )


def _owed(treaty: Treaty, found: Obligation | None, told: set[int]) -> Cell:
    if found is None:
        return _gap(treaty, told)
    reason = _reason(found)
    return Cell(treaty, _OWED[Owed(found.extent)], found.label, found.article, reason, reason.anchor, found.pk)


def _told(treaty: Treaty, found: Obligation | None, name: str, told: set[int]) -> Cell:
    """A cell about how the promise of help works; where there is no such promise, that is what it says."""
    if found is None:
        return _gap(treaty, told)
    if found.extent == Owed.NONE:
        cell = Cell(treaty, Mark.NONE, "No clause")
    elif found.extent == Owed.NOT_ESTABLISHED or not getattr(found, name):
        cell = _gap(treaty, told)
    else:
        cell = Cell(treaty, Mark.FULL, getattr(found, name))
    return replace(cell, opens=_anchor(treaty, found.kind), obligation=found.pk)


def _condition(treaty: Treaty, found: Obligation | None, name: str, told: set[int]) -> Cell:
    if found is None:
        return _gap(treaty, told)
    condition = Condition(getattr(found, name))
    words = capfirst(condition.label)
    opens = _anchor(treaty, found.kind)
    return Cell(treaty, _CONDITION[condition], words, opens=opens, obligation=found.pk)


def _of_treaty(
    treaty: Treaty, name: str, label: str, articles: Mapping[tuple[int, str], Article], told: set[int]
) -> Cell:
    """A cell from the treaty's own columns, which were written from its text: a gap until that text is on record."""
    words, number = getattr(treaty, name), getattr(treaty, f"{name}_article")
    article = articles.get((treaty.pk, number))
    if not words or (number and article is None) or treaty.pk not in told:
        return _gap(treaty, told)
    rests_on = article or treaty
    reason = Reason(_anchor(treaty, name), label, words, article=article, citations=tuple(rests_on.public_citations))
    return Cell(treaty, Mark.FULL, words, article, reason, reason.anchor)


def obligation_parts(
    treaties: Sequence[Treaty], obligations: Iterable[Obligation], articles: Iterable[Article]
) -> list[Part]:
    """Obligations at a glance: what each treaty promises, how far its promise of help goes, and how long it binds."""
    read = {(found.treaty_id, found.kind): found for found in obligations}
    numbered = {(article.treaty_id, article.number): article for article in articles}
    told = {treaty for treaty, _ in numbered}
    help_of = {treaty.pk: read.get((treaty.pk, ObligationKind.DEFENSE)) for treaty in treaties}

    def told_row(label: str, name: str) -> Row:
        return Row(label, "", tuple(_told(treaty, help_of[treaty.pk], name, told) for treaty in treaties))

    def condition_row(label: str, name: str) -> Row:
        cells = tuple(_condition(treaty, help_of[treaty.pk], name, told) for treaty in treaties)
        return Row(label, "named as a condition", cells)

    def treaty_row(label: str, name: str) -> Row:
        cells = tuple(_of_treaty(treaty, name, label, numbered, told) for treaty in treaties)
        return Row(label, "", cells, anchor=name)

    promises = tuple(
        Row(
            str(kind.label),
            HINTS[kind],
            tuple(_owed(treaty, read.get((treaty.pk, kind)), told) for treaty in treaties),
            anchor=kind.lower(),
        )
        for kind in ObligationKind
    )
    how_far = (
        told_row("Trigger", "trigger"),
        told_row("How fast", "speed"),
        told_row("By what means", "means"),
        condition_row("UN Charter, Article 51", "article_51"),
        condition_row("Domestic law", "domestic_law"),
    )
    return [
        Part("What each owes the other", promises),
        Part("How far the promise of help goes", how_far),
        Part("How long it binds", (treaty_row("Term", "term"), treaty_row("Notice to leave", "notice"))),
    ]


@dataclass(frozen=True)
class Side:
    """One treaty's cell on a topic. Absent and unknown are two truths; nothing known is unknown.

    `compared` is False where no comparison was readable, so that only the articles on record speak; `has_text` says
    whether the treaty had any, `has_gaps` whether what others of them say was unknown. `reported` is what had been
    said on the topic of a text that was not on record.
    """

    treaty: Treaty
    presence: str
    basis: str
    articles: tuple[Article, ...]
    compared: bool = True
    has_text: bool = True
    has_gaps: bool = False
    reported: tuple[Quote, ...] = ()

    @property
    def summed_up(self) -> tuple[Article, ...]:
        """The articles whose gist stands in the cell."""
        numbered = tuple(article for article in self.articles if article.order)
        return (numbered or self.articles)[:GISTS]

    @property
    def only_named(self) -> tuple[Article, ...]:
        """The articles that the cell links without their gist."""
        shown = {article.pk for article in self.summed_up}
        return tuple(article for article in self.articles if article.pk not in shown)


@dataclass(frozen=True)
class TopicRow:
    """One topic: what changed on it, if that is readable, each treaty's side, and what the topic came to by then."""

    topic: Topic
    correspondence: Correspondence | None
    sides: tuple[Side, ...]
    finding: TopicFinding | None = None

    @property
    def has_changed(self) -> bool:
        """Whether an editor's comparison is readable and tells of these treaties: a clause stands in one of them, and
        of another is known what it has, the same clause in other words or none."""
        known = [side.presence for side in self.sides if side.presence != Presence.UNKNOWN]
        return self.correspondence is not None and len(known) > 1 and Presence.PRESENT in known

    def says(self, words: str) -> bool:
        """Whether each of `words` stands in what the row shows: title, change, headings and gists; case is ignored."""
        shown = [self.topic.title, self.topic.description]
        if self.correspondence:
            shown += [self.correspondence.change, self.correspondence.note]
        elif self.finding:
            shown.append(self.finding.heading)
        for side in self.sides:
            shown.append(side.basis)
            shown += [
                text for article in side.articles for text in (article.short_label, article.heading, article.gist)
            ]
            shown += [quote.words for quote in side.reported]
        text = "\n".join(shown).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class Group:
    """The topics of one group."""

    slug: str
    label: str
    rows: tuple[TopicRow, ...]


def _basis(text: str) -> str:
    """On what a side rests, unless that only repeats that nothing is known."""
    return "" if text.rstrip(".").casefold() == Presence.UNKNOWN.label else text


def _has_gaps(treaty: Treaty, known: Iterable[Article]) -> bool:
    """Whether what some numbered articles of a treaty say is not among the `known` ones."""
    told = [each for each in known if each.order and each.completeness != Completeness.NOT_ESTABLISHED]
    return len(told) < treaty.article_count


def topic_row(
    topic: Topic,
    correspondence: Correspondence | None,
    treaties: Sequence[Treaty],
    articles: Iterable[Article],
    finding: TopicFinding | None = None,
    reported: Mapping[tuple[int, int], Sequence[Quote]] | None = None,
) -> TopicRow:
    """A topic's row; `articles` are the readable ones with their topics in `public_topics`.

    `reported` is by treaty and topic what was said of a text that is not on record.

    Where no correspondence is readable, the articles that deal with the topic stand there, and what is not known of
    the others stays unknown.
    """
    by_key = {article.pk: article for article in articles}
    told = {side.treaty_id: side for side in correspondence.open_sides} if correspondence else {}
    sides = []
    for treaty in treaties:
        side = told.get(treaty.pk)
        if side:
            found = tuple(by_key[article.pk] for article in side.known_articles if article.pk in by_key)
            presence, basis = (Presence.PRESENT if found else Presence(side.presence)), _basis(side.basis)
        else:
            found = tuple(
                article
                for article in by_key.values()
                if article.treaty_id == treaty.pk and any(topic.pk == about.pk for about in article.public_topics)
            )
            presence, basis = (Presence.PRESENT if found else Presence.UNKNOWN), ""
        known = [article for article in by_key.values() if article.treaty_id == treaty.pk]
        ordered = tuple(sorted(found, key=lambda article: article.order))
        sides.append(
            Side(
                treaty,
                presence,
                basis,
                ordered,
                compared=side is not None,
                has_text=bool(known),
                has_gaps=_has_gaps(treaty, known),
                reported=() if known else tuple((reported or {}).get((treaty.pk, topic.pk), ())),
            )
        )
    return TopicRow(topic, correspondence, tuple(sides), finding)


def groups(rows: Iterable[TopicRow]) -> list[Group]:
    """Rows under their groups, in the order in which the groups are declared; groups without a row are left out."""
    by_group: dict[str, list[TopicRow]] = {}
    for row in rows:
        by_group.setdefault(row.topic.group, []).append(row)
    return [
        Group(group.value.lower(), str(group.label), tuple(by_group[group.value]))
        for group in TopicGroup
        if group.value in by_group
    ]
