"""What the widgets of a topic, a question and a quote show, each read as of a moment with five queries at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from apps.comparison import rows, words
from apps.comparison.views.columns import MOST
from apps.editorial import dates
from apps.editorial.refusals import unknown
from apps.opinions.models import Assessment, Opinion, Position, Question
from apps.opinions.plot import plot
from apps.opinions.views import standing
from apps.quotes.models import Quote, Utterance
from apps.quotes.printings import in_english
from apps.sources.models import Citation, CitedModel, cite_together
from apps.sources.reading import Reading
from apps.treaties import reads
from apps.treaties.models import (
    Article,
    Correspondence,
    CorrespondenceSide,
    Rendering,
    Topic,
    TopicFinding,
    Treaty,
)
from apps.treaties.rules import Presence
from apps.treaties.templatetags.treaty_tags import keep_at_hand

_A_BAR, _AN_ANSWER, _A_READING, _A_COLUMN, _AN_ARTICLE, _A_PRINTING = 60, 20, 15, 60, 60, 8
"""How many words of plain text stand as tall as each of these, beside its own words."""

MOST_WORDS, MOST_CHARACTERS = 90, 600
"""How far a comparison prints the words of one treaty, over all of its articles that it sums up."""


@dataclass(frozen=True)
class Card:
    """What one widget shows, for its `template`.

    `url` is its page on the site, `paths` the addresses of all records that it shows, for their corrections; `words`
    is about how many words of plain text stand as tall as it.
    """

    template: str
    title: str
    url: str
    context: dict[str, Any]
    paths: frozenset[str]
    words: int


@dataclass(frozen=True)
class Told:
    """One article in a comparison: its leading words as far as they are printed, and whether there are more."""

    passage: words.Passage
    beginning: str
    goes_on: bool


@dataclass(frozen=True)
class Column:
    """One treaty's side of a topic, with the articles that it sums up."""

    side: rows.Side
    told: tuple[Told, ...]


def compare(slug: str, reading: Reading, lang: str = "") -> Card | None:
    """A topic, one column a treaty: what it came to, and each side in our words and in the treaty's, in `lang`.

    None where no such topic is on record at the moment. Raises Refused for a language that none of its words are in.
    """
    topic = _topic(slug, reading)
    if topic is None:
        return None
    _name_nothing(reading)
    correspondence, finding = _correspondence(topic), _finding(topic)
    treaties = _treaties(correspondence, reading)
    articles = _articles(treaties, topic, reading)
    if correspondence:
        correspondence.open_sides = _sides(treaties, articles)
    row = rows.topic_row(topic, correspondence, treaties, articles, finding)
    dealt_with = [article for side in row.sides for article in side.articles]
    _give_renderings(dealt_with, reading)
    language = _language(lang or "en", dealt_with)
    columns = [_column(each) for each in words.chosen(row.sides, words.Asked(language))]
    told = [each for column in columns for each in column.told]
    shown: list[CitedModel] = [each.passage.article for each in told]
    shown += [each.passage.rendering for each in told if each.passage.rendering]
    shown += [each for each in (correspondence, finding) if each]
    cite_together(shown)
    printed = [column.side.basis for column in columns]
    printed += [text for each in told for text in (each.passage.article.gist, each.beginning)]
    printed += [finding.heading, finding.lead] if finding else [topic.title, topic.description]
    printed += [correspondence.change, correspondence.note] if correspondence else []
    return Card(
        template="embeds/compare.html",
        title=f"{topic.title}: {finding.heading}" if finding else topic.title,
        url=topic.get_absolute_url(),
        context={"topic": topic, "row": row, "finding": finding, "columns": columns, "language": language},
        paths=_paths([topic, *dealt_with], shown),
        words=_count(printed) + _A_COLUMN * len(columns) + _AN_ARTICLE * len(told),
    )


def question(slug: str, reading: Reading) -> Card | None:
    """A question: what can be said of it now, the bar of its status over time, and who takes which position when.

    None where no such question is on record at the moment.
    """
    of_that_name = Question.objects.published().filter(slug=slug)
    assessments = Assessment.objects.citing(reading.at).filter(question__in=of_that_name)
    history = list(assessments.select_related("question").order_by("since_earliest", "pk"))
    if not history:
        return None
    _name_nothing(reading)
    asked = history[0].question
    asked.history_of_status = history
    offered = Position.objects.filter(question=asked)
    positions = sorted(offered, key=lambda each: (each.off_scale, each.order))
    found = Opinion.objects.citing(reading.at).on(asked).select_related("expert", "position")
    opinions = list(found.order_by("stated_earliest", "pk"))
    for opinion in opinions:
        opinion.position.question = asked
    shown: list[CitedModel] = [*history, *opinions]
    cite_together(shown)
    printed = [asked.question, history[-1].answer]
    taken = positions if opinions else []
    printed += [position.label for position in taken] + [opinion.expert.label for opinion in opinions]
    return Card(
        template="embeds/question.html",
        title=asked.question,
        url=asked.get_absolute_url(),
        context={
            "question": asked,
            "standing": standing(asked, reading),
            "opinions": opinions,
            "plot": plot(positions, opinions),
            "cited": _citations(shown),
        },
        paths=_paths([asked], shown),
        words=_count(printed) + _A_BAR + _AN_ANSWER * len(taken) + _A_READING * len(opinions),
    )


def quote(slug: str, reading: Reading, lang: str = "", *, original: bool = False) -> Card | None:
    """A statement as it is best printed in `lang`, or in English where none is asked for; the other printings named.

    With `original` the words of the speaker's own language stand beside it, where they are on record. None where no
    such statement is on record at the moment. Raises Refused for a language without a printing.
    """
    utterance = Utterance.objects.shown(reading.at).filter(slug=slug).select_related("speaker").first()
    if utterance is None:
        return None
    _name_nothing(reading)
    found = Quote.objects.citing(reading.at).filter(utterance=utterance)
    printings = list(found.order_by("position", "pk"))
    if not printings:
        return None
    for printing in printings:
        printing.utterance = utterance
    if lang and lang not in {printing.language for printing in printings}:
        there = sorted({printing.language for printing in printings}, key=reads.language_order)
        raise unknown("printing in the language", lang, there)
    shown = next(each for each in printings if each.language == lang) if lang else in_english(printings)
    spoken = _original(printings, shown) if original else None
    beside = shown.original if original and not spoken else ""
    cite_together(printings)
    title = f"{utterance.speaker.name}, {dates.display(utterance.said)}"
    printed = [title, utterance.role_at_time, shown.words, spoken.words if spoken else beside, utterance.occasion]
    return Card(
        template="embeds/quote.html",
        title=title,
        url=utterance.get_absolute_url(),
        context={
            "utterance": utterance,
            "shown": shown,
            "spoken": spoken,
            "beside": beside,
            "others": [each for each in printings if each not in (shown, spoken)],
        },
        paths=_paths([utterance], printings),
        words=_count(printed) + _A_PRINTING * len(printings),
    )


def _name_nothing(reading: Reading) -> None:
    """Let running text open no previews of articles: a widget has none, and need not read which there are."""
    keep_at_hand(reading, [])


def _topic(slug: str, reading: Reading) -> Topic | None:
    """The topic with its comparison and its finding as of the moment, for `_correspondence` and `_finding`."""
    at = reading.at
    compared = Correspondence.objects.citing(at).filter(topic=OuterRef("pk")).values("cited_ids")
    found = TopicFinding.objects.citing(at).filter(topic=OuterRef("pk")).order_by("-since_earliest", "-pk")
    as_value = JSONObject(pk="pk", heading="heading", lead="lead", cited_ids="cited_ids")
    topics = Topic.objects.on_record(at).filter(slug=slug).select_related("correspondence")
    return topics.annotate(compared_by=Subquery(compared), found=Subquery(found.values(value=as_value)[:1])).first()


def _correspondence(topic: Any) -> Correspondence | None:
    if topic.compared_by is None:
        return None
    topic.correspondence.cited_ids = topic.compared_by
    return topic.correspondence


def _finding(topic: Any) -> TopicFinding | None:
    if topic.found is None:
        return None
    finding = TopicFinding(pk=topic.found["pk"], topic=topic, heading=topic.found["heading"], lead=topic.found["lead"])
    finding.cited_ids = topic.found["cited_ids"]
    return finding


def _treaties(correspondence: Correspondence | None, reading: Reading) -> list[Treaty]:
    """The latest treaties on record, each with its side of the comparison: presence, basis, keys of its articles."""
    pk = correspondence.pk if correspondence else None
    compared_with = Q(correspondence_sides__correspondence=pk)
    sides = CorrespondenceSide.objects.filter(correspondence=pk, treaty=OuterRef("pk"))
    named = CorrespondenceSide.articles.through.objects.filter(correspondenceside=OuterRef("side__pk"))
    treaties = Treaty.objects.shown(reading.at).annotate(
        side=FilteredRelation("correspondence_sides", condition=compared_with),
        is_compared=Exists(sides),
        presence=F("side__presence"),
        basis=F("side__basis"),
        article_ids=ArraySubquery(named.values("article_id")),
    )
    latest: list[Treaty] = list(treaties.order_by("-slug")[:MOST])
    return latest[::-1]


def _articles(treaties: Sequence[Treaty], topic: Topic, reading: Reading) -> list[Article]:
    """The treaties' articles in order; in `public_topics` the topic, where one deals with it."""
    about = Topic.objects.filter(articles=OuterRef("pk"), pk=topic.pk)
    articles: list[Article] = list(
        Article.objects.citing(reading.at)
        .filter(treaty__in=treaties)
        .annotate(topic_ids=ArraySubquery(about.values("pk")))
        .order_by("treaty__slug", "order")
    )
    by_key = {treaty.pk: treaty for treaty in treaties}
    for article in articles:
        article.treaty = by_key[article.treaty_id]
        article.public_topics = [topic] if article.topic_ids else []
    return articles


def _sides(treaties: Iterable[Any], articles: Iterable[Article]) -> list[CorrespondenceSide]:
    """The sides of the comparison that `_treaties` read, each with its articles in `known_articles`."""
    by_key = {article.pk: article for article in articles}
    sides = []
    for treaty in treaties:
        if treaty.is_compared:
            side = CorrespondenceSide(treaty=treaty, presence=Presence(treaty.presence), basis=treaty.basis)
            side.known_articles = [by_key[pk] for pk in treaty.article_ids if pk in by_key]
            sides.append(side)
    return sides


def _give_renderings(articles: Sequence[Article], reading: Reading) -> None:
    """Each article's words of the moment in `readable_renderings`."""
    by_key = {article.pk: article for article in articles}
    for article in articles:
        article.readable_renderings = []
    found = Rendering.objects.citing(reading.at).filter(article__in=articles)
    for each in found.select_related("source"):
        each.article = by_key[each.article_id]
        each.article.readable_renderings.append(each)


def _language(asked: str, articles: Iterable[Any]) -> str:
    spoken = {each.language for article in articles for each in article.readable_renderings}
    there = sorted({*reads.LANGUAGES, *spoken}, key=reads.language_order)
    if asked not in there:
        raise unknown("language", asked, there)
    return asked


def _column(chosen: words.Column) -> Column:
    summed_up = {article.pk for article in chosen.side.summed_up}
    passages = [passage for passage in chosen.passages if passage.article.pk in summed_up]
    return Column(chosen.side, tuple(_told(passage, len(passages)) for passage in passages))


def _told(passage: words.Passage, beside: int) -> Told:
    if passage.rendering is None:
        return Told(passage, "", False)
    text = " ".join(passage.rendering.text.split())
    beginning = reads.beginning(text, MOST_WORDS // beside, MOST_CHARACTERS // beside)
    return Told(passage, beginning, beginning != text)


def _original(printings: Iterable[Quote], shown: Quote) -> Quote | None:
    """The best printing of what was said before anybody translated it, where `shown` is a translation."""
    if not shown.translated_by:
        return None
    return next((each for each in printings if not each.translated_by and each.language != shown.language), None)


def _citations(records: Iterable[CitedModel]) -> list[Citation]:
    return [citation for record in records for citation in record.public_citations]


def _paths(records: Iterable[Any], cited: Iterable[CitedModel]) -> frozenset[str]:
    """The addresses of records and of the sources that `cited` ones rest on, with their fragments and without."""
    cited = list(cited)
    found = {record.get_absolute_url() for record in [*records, *cited]}
    found |= {citation.source.get_absolute_url() for citation in _citations(cited)}
    return frozenset(found | {address.partition("#")[0] for address in found})


def _count(printed: Iterable[str]) -> int:
    return sum(len(text.split()) for text in printed)
