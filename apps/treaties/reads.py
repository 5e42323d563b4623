"""What pages ask of the treaties: querysets that load, as of a moment, all that a page prints of them.

A moment is an instant in UTC, or None for the whole record. Whatever hangs on a record stands in a list beside it
(`readable_acts`, `readable_renderings` …), filtered by the same moment as the record itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from apps.editorial.models import public_q
from apps.sources.models import Agent, Citation, First, Leading, citations_for
from apps.treaties import law
from apps.treaties.models import (
    Article,
    Correspondence,
    CorrespondenceSide,
    Obligation,
    Rendering,
    Topic,
    Treaty,
    TreatyAction,
)
from apps.treaties.rules import Extent, ObligationKind, Presence, RenderingKind, TopicGroup


def _behind(model: type[Model], name: str) -> Any:
    """The model at the other end of a relation: reads what a higher app hangs on a treaty without its import."""
    return model._meta.get_field(name).related_model


def treaties_with_acts(at: datetime | None) -> QuerySet[Treaty]:
    """The treaties known by `at`, oldest first, each with its acts known by then in `readable_acts`.

    An act carries who acted in `participant` (None for all parties, or for one not public) and what is contested
    about it in `open_facts`. The editors' reading of the promise of help, if known by then, stands in `promises`.
    """
    fact = _behind(TreatyAction, "contested_facts")
    acts = (
        TreatyAction.objects.readable(at)
        .order_by("happened_earliest", "happened_latest", "pk")
        .prefetch_related(
            Prefetch("participant", queryset=Agent.objects.published()),
            Prefetch(
                "contested_facts",
                queryset=fact.objects.contested_by(at).order_by("slug"),
                to_attr="open_facts",
            ),
        )
    )
    return (
        Treaty.objects.readable(at)
        .order_by("slug")
        .prefetch_related(
            Prefetch("acts", queryset=acts, to_attr="readable_acts"),
            Prefetch(
                "obligations",
                queryset=Obligation.objects.published().known_by(at).filter(kind=ObligationKind.DEFENSE),
                to_attr="promises",
            ),
        )
    )


def contested(treaty: Treaty, at: datetime | None) -> QuerySet:
    """What was contested about a treaty by `at`, without the values."""
    facts = _behind(Treaty, "contested_facts").objects.contested_by(at)
    return facts.filter(treaty=treaty).prefetch_related(None).order_by("question")


def in_law(acts: Iterable[TreatyAction]) -> list[law.Act]:
    """Acts as the values that `law` reasons about."""
    return [law.Act(act.kind, act.happened_latest.date(), str(act.participant_id or "")) for act in acts]


def articles_known(at: datetime | None) -> QuerySet[Article]:
    """The articles that may be named and linked as of `at`, in order, without their citations."""
    return Article.objects.shown(at).select_related("treaty").order_by("treaty__slug", "order")


def renderings(at: datetime | None) -> QuerySet[Rendering]:
    """Renderings readable as of `at`, with the source that prints each."""
    return Rendering.objects.readable(at).select_related("source__publisher").order_by("language", "pk")


def articles(at: datetime | None) -> QuerySet[Article]:
    """Articles readable as of `at`, in order, each with its wordings in `readable_renderings`."""
    return (
        Article.objects.readable(at)
        .select_related("treaty")
        .order_by("treaty__slug", "order")
        .prefetch_related(Prefetch("renderings", queryset=renderings(at), to_attr="readable_renderings"))
    )


def standing_rests_on(*, citing: bool = True, **treaties: Any) -> list[QuerySet | First]:
    """What it rests on, of whatever moment, where treaties stand: their acts, and that their days are contested.

    The treaties are asked for by lookups on acts: `treaty=…`; `citing`: with what the acts cite.
    """
    facts = _behind(TreatyAction, "contested_facts").objects
    acts = TreatyAction.objects.filter(kind__in=law.TURNING, **treaties)
    return [acts if citing else First(acts), facts.filter(act__in=acts).making_contested()]


def ties_rest_on(articles: QuerySet[Article], *, quoting: bool = False) -> list[QuerySet | First]:
    """What the list of ties of articles rests on, of whatever moment; `quoting`: with what the statements cite."""
    tie = _behind(Article, "ties")
    event = _behind(tie, "event")
    quote = _behind(_behind(tie, "utterance"), "quotes")
    quotes = quote.objects.filter(utterance__ties__article__in=articles)
    events = event.objects.filter(ties__article__in=articles)
    told = marks_rest_on(events__in=events, act__events__in=events, utterances__ties__article__in=articles)
    ties_of = tie.objects.filter(article__in=articles)
    return [ties_of, quotes if quoting else First(quotes), First(events), told]


def marks_rest_on(**printing: Any) -> QuerySet:
    """What the marks of contested facts rest on, of whatever moment, beside what prints a value: by lookups on facts.

    A fact is marked that fits one of the lookups: `articles=…`, `correspondences__in=…`.
    """
    return _behind(Article, "contested_facts").objects.printed_by(**printing).making_contested()


def leading_ever(articles: QuerySet[Article]) -> QuerySet[Rendering]:
    """The renderings of articles that led the others on an English page, at whatever moment.

    One printed after another of its language, extent and kind never leads, nor one in another language after English.
    """
    leading = _unlike_earlier("language", "extent", "kind").filter(article__in=articles)
    return leading.filter(Q(language="en") | ~Exists(_earlier().filter(language="en")))


def telling_how_much() -> QuerySet[Rendering]:
    """The renderings by which, at whatever moment, more articles had words in a language, or had them whole."""
    return _unlike_earlier("language", "extent")


def _unlike_earlier(*names: str) -> QuerySet[Rendering]:
    """The renderings without an earlier one of the same article that is alike in what these fields say."""
    return Rendering.objects.filter(~Exists(_earlier().filter(**{name: OuterRef(name) for name in names})))


def _earlier() -> QuerySet[Rendering]:
    before = {"source__issued_latest__lt": OuterRef("source__issued_latest")}
    return Rendering.objects.published().filter(public_q("source__"), article=OuterRef("article"), **before)


def previews_rest_on(articles: QuerySet[Article]) -> list[QuerySet | First | Leading]:
    """What the previews of articles rest on, of whatever moment."""
    return [Leading(articles, CITED), First(leading_ever(articles)), marks_rest_on(articles__in=articles)]


def questions_rest_on(articles: QuerySet[Article]) -> First:
    """What the names of questions that turn on articles rest on, of whatever moment."""
    assessments = _behind(_behind(Article, "questions"), "assessments").objects
    return First(assessments.filter(question__articles__in=articles), by="question")


LANGUAGES = ("ko", "ru", "en")
"""The languages in which wordings stand side by side, in this order; any other follows by its code."""

_KINDS = list(RenderingKind.values)
_GROUPS = list(TopicGroup.values)
_UNDATED = datetime.max.replace(tzinfo=UTC)


def language_order(code: str) -> tuple[int, str]:
    """Where a language stands beside the others, as a key for sorting."""
    return (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES), code)


def in_order(found: Iterable[Rendering]) -> list[Rendering]:
    """Renderings by language; within one the whole before the part, the authentic text before any translation, and
    what was printed first.
    """
    return sorted(
        found,
        key=lambda words: (
            language_order(words.language),
            words.extent != Extent.WHOLE,
            _KINDS.index(words.kind),
            words.source.issued_latest or _UNDATED,
            words.pk,
        ),
    )


def by_language(found: Iterable[Rendering]) -> dict[str, list[Rendering]]:
    """Renderings in order under their languages: Korean, Russian, English even when there are none, then the others."""
    languages: dict[str, list[Rendering]] = {language: [] for language in LANGUAGES}
    for words in in_order(found):
        languages.setdefault(words.language, []).append(words)
    return languages


@dataclass(frozen=True)
class Preview:
    """An article in short: its gist with `cited` to rest on, and how its words begin, or None where there are none."""

    article: Article
    cited: list[Citation]
    leading: Rendering | None
    beginning: str


FIRST_WORDS, FIRST_CHARACTERS = 25, 200
"""How far a preview prints the words of an article; scripts without spaces end by the characters."""

CITED = 2
"""So many citations of an article stand in its preview."""


def previews(found: Sequence[Article], at: datetime | None) -> list[Preview]:
    """What previews of articles say as of `at`: one query for the words of all, and one for citations not yet read."""
    uncited = [article for article in found if not hasattr(article, "public_citations")]
    cited = Prefetch("citations", queryset=citations_for(Article, at), to_attr="public_citations")
    prefetch_related_objects(uncited, cited)
    words: dict[int, list[Rendering]] = defaultdict(list)
    for rendering in Rendering.objects.shown(at).filter(article__in=found).select_related("source__publisher"):
        words[rendering.article_id].append(rendering)
    return [_preview(article, in_order(words[article.pk])) for article in found]


def _preview(article: Article, words: Sequence[Rendering]) -> Preview:
    leading = next(iter(sorted(words, key=lambda each: each.language != "en")), None)
    first = beginning(leading.text, FIRST_WORDS, FIRST_CHARACTERS) if leading else ""
    return Preview(article, article.public_citations[:CITED], leading, first)


LONGEST_WORD = 30


def beginning(text: str, most_words: int, most_characters: int) -> str:
    """A text in one line, up to so many words and characters, with “ …” where there is more of it.

    A word is not cut, but where a script writes without spaces.
    """
    text = " ".join(text.split())
    first = " ".join(text.split(" ")[:most_words])
    if len(first) > most_characters:
        whole, _, started = first[:most_characters].rpartition(" ")
        first = whole if whole and len(started) <= LONGEST_WORD else first[:most_characters]
    return text if first == text else f"{first.rstrip(' ,;:')} …"


def ties(at: datetime | None) -> QuerySet:
    """What happened under articles or was said about them, as of `at`: the tie and what it ties readable."""
    tie = _behind(Article, "ties")
    quote = _behind(_behind(tie, "utterance"), "quotes")
    return (
        tie.objects.readable(at)
        .select_related("article__treaty", "event", "utterance__speaker")
        .prefetch_related(
            Prefetch(
                "utterance__quotes",
                queryset=quote.objects.readable(at).order_by("position", "pk"),
                to_attr="readable_quotes",
            )
        )
    )


def in_time(found: Iterable[Any]) -> list[Any]:
    """Ties in the order of what they tie."""

    def key(tie: Any) -> tuple:
        if tie.event:
            return tie.event.happened_earliest, tie.event.happened_latest, tie.pk
        return tie.utterance.said_earliest, tie.utterance.said_latest, tie.pk

    return sorted(found, key=key)


def questions_on(found: Sequence[Article], at: datetime | None) -> QuerySet:
    """The questions that turn on articles and stood by `at`."""
    questions = _behind(Article, "questions").objects.asked_by(at)
    return questions.filter(articles__in=found).order_by("position", "pk").distinct()


def correspondences(at: datetime | None) -> QuerySet[Correspondence]:
    """Correspondences readable as of `at`, their sides in `open_sides` and each side's articles in `known_articles`."""
    sides = (
        CorrespondenceSide.objects.filter(treaty__in=Treaty.objects.published().known_by(at).values("pk"))
        .select_related("treaty")
        .order_by("treaty__slug")
        .prefetch_related(Prefetch("articles", queryset=articles_known(at), to_attr="known_articles"))
    )
    found = Correspondence.objects.readable(at)
    return found.select_related("topic").prefetch_related(Prefetch("sides", queryset=sides, to_attr="open_sides"))


@dataclass(frozen=True)
class OtherSide:
    """What another treaty has on a topic: its articles, or that it has no such clause, or that nobody knows."""

    treaty: Treaty
    presence: str
    basis: str
    articles: list[Article]


@dataclass(frozen=True)
class Corresponding:
    """One topic of an article, what changed on it, and the other treaties' sides."""

    topic: Topic
    correspondence: Correspondence
    others: list[OtherSide]

    @property
    def alone(self) -> list[Corresponding]:
        """This one as a list, for a template that prints lists of them."""
        return [self]


def corresponding(found: Iterable[Correspondence]) -> dict[int, list[Corresponding]]:
    """Under each article's key, what corresponds to it in the other treaties, topic by topic."""
    by_article: dict[int, list[Corresponding]] = defaultdict(list)
    for correspondence in sorted(found, key=lambda each: (_GROUPS.index(each.topic.group), each.topic.position)):
        for side in correspondence.open_sides:
            others = [
                OtherSide(other.treaty, presence_of(other), other.basis, other.known_articles)
                for other in correspondence.open_sides
                if other.treaty_id != side.treaty_id
            ]
            for article in side.known_articles:
                by_article[article.pk].append(Corresponding(correspondence.topic, correspondence, others))
    return by_article


def presence_of(side: Any) -> str:
    """A side's presence, which is unknown rather than absent where its articles are not readable."""
    return Presence.PRESENT if side.known_articles else side.presence
