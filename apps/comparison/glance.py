"""What the whole at a glance reads of the record: few queries, however much of it there is.

A moment is an instant in UTC, or None for the whole record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from apps.comparison.models import ComparisonFinding
from apps.editorial.models import public_q
from apps.quotes.models import Quote, Theme, Utterance
from apps.sources.models import First, Source, cite_together
from apps.treaties import law, reads
from apps.treaties.models import (
    Article,
    Correspondence,
    CorrespondenceSide,
    Obligation,
    Rendering,
    Topic,
    TopicFinding,
    Treaty,
    TreatyAction,
)
from apps.treaties.rules import ActKind, ObligationKind

MOST_REPORTED = 2
"""How many statements stand in one cell for a text that is not on record."""


@dataclass
class Glance:
    """The chosen treaties and all that the page prints of them, each with its `public_citations`.

    `correspondences`, `findings` are by the key of their topic; `reported` by the keys of treaty and topic.
    """

    articles: list[Article]
    topics: list[Topic]
    correspondences: dict[int, Correspondence]
    findings: dict[int, TopicFinding]
    finding: ComparisonFinding | None
    obligations: list[Obligation]
    reported: dict[tuple[int, int], list[Quote]] = field(default_factory=dict)


def treaties(at: datetime | None) -> list[Treaty]:
    """The treaties known by `at`, oldest first; `cite_together` gives them their citations."""
    return list(Treaty.objects.citing(at).order_by("slug"))


def read(chosen: Sequence[Treaty], at: datetime | None) -> Glance:
    """All that the page prints of the `chosen` treaties, which `treaties` gave, as of `at`."""
    _give_acts(chosen, at)
    topics, found = _topics(at)
    articles = _articles(chosen, topics, at)
    if found:
        _give_sides(found.values(), chosen, articles, at)
    findings: dict[int, TopicFinding] = {}
    if any(topic.pk not in found for topic in topics):
        for finding in TopicFinding.objects.citing(at).order_by("-since_earliest", "-pk"):
            findings.setdefault(finding.topic_id, finding)
    heading = ComparisonFinding.objects.citing(at).order_by("-since_earliest", "-pk").first()
    obligations = _obligations(chosen, articles, at)
    untold = [treaty for treaty in chosen if all(article.treaty_id != treaty.pk for article in articles)]
    quotes = _quotes(untold, at)
    cited = [*chosen, *articles, *found.values(), *findings.values(), *obligations, *quotes]
    cite_together([*cited, heading] if heading else cited)
    return Glance(articles, topics, found, findings, heading, obligations, _reported(chosen, untold, quotes))


def everything() -> list[QuerySet | First]:
    """What the page rests on, of whatever moment; statements as long as a treaty they were made after had no text."""
    printed = (ComparisonFinding, Treaty, Article, Correspondence, TopicFinding, Obligation)
    text: Any = Article._meta.get_field("citations").related_model
    read = text.objects.filter(
        public_q("subject__"),
        public_q("source__"),
        subject__treaty=OuterRef("pk"),
        source__issued_latest__lt=OuterRef(OuterRef("issued_latest")),
    )
    untold = Treaty.objects.published().filter(~Exists(read))
    themed = Quote.objects.published().filter(utterance__themes__topic__isnull=False)
    reported = Source.objects.filter(Exists(untold), pk__in=themed.values("citations__source"))
    return [
        *(model.objects.all() for model in printed),
        First(Rendering.objects.all()),
        reported,
        reads.marks_rest_on(
            articles__isnull=False,
            correspondences__isnull=False,
            obligations__isnull=False,
            topic_findings__isnull=False,
            comparison_findings__isnull=False,
            act__kind__in=law.TURNING,
        ),
        First(TreatyAction.objects.filter(kind__in=law.TURNING)),
    ]


def _give_acts(chosen: Sequence[Treaty], at: datetime | None) -> None:
    """Each treaty's acts in `readable_acts`, and in each act's `open_facts` what is contested about it."""
    acts = list(
        TreatyAction.objects.shown(at).filter(treaty__in=chosen).order_by("happened_earliest", "happened_latest", "pk")
    )
    fact: Any = TreatyAction._meta.get_field("contested_facts").related_model
    about: dict[int, list[Any]] = {}
    for each in fact.objects.contested_by(at).prefetch_related(None).filter(act__in=acts).order_by("slug"):
        about.setdefault(each.act_id, []).append(each)
    by_key = {treaty.pk: treaty for treaty in chosen}
    for treaty in chosen:
        treaty.readable_acts = []
    for act in acts:
        act.treaty = by_key[act.treaty_id]
        act.open_facts = about.get(act.pk, [])
        act.treaty.readable_acts.append(act)


def _topics(at: datetime | None) -> tuple[list[Topic], dict[int, Correspondence]]:
    """The topics on record in their order, and by their keys the correspondences that were readable."""
    compared = Correspondence.objects.citing(at).filter(topic=OuterRef("pk")).values("cited_ids")
    topics: list[Topic] = list(
        Topic.objects.on_record(at)
        .select_related("correspondence")
        .annotate(compared_by=Subquery(compared))
        .order_by("position", "slug")
    )
    found = {}
    for topic in topics:
        # None where no comparison was readable.
        if topic.compared_by is not None:
            topic.correspondence.cited_ids = topic.compared_by
            found[topic.pk] = topic.correspondence
    return topics, found


def _articles(chosen: Sequence[Treaty], topics: Sequence[Topic], at: datetime | None) -> list[Article]:
    """The treaties' articles in order, with the topics each deals with in `public_topics`."""
    dealt_with = Article.topics.through.objects.filter(article=OuterRef("pk")).values("topic_id")
    articles: list[Article] = list(
        Article.objects.citing(at)
        .filter(treaty__in=chosen)
        .annotate(topic_ids=ArraySubquery(dealt_with))
        .order_by("treaty__slug", "order")
    )
    by_key = {topic.pk: topic for topic in topics}
    treaty_of = {treaty.pk: treaty for treaty in chosen}
    for article in articles:
        article.treaty = treaty_of[article.treaty_id]
        article.public_topics = [by_key[pk] for pk in article.topic_ids if pk in by_key]
    return articles


def _give_sides(found: Any, chosen: Sequence[Treaty], articles: Sequence[Article], at: datetime | None) -> None:
    """Each correspondence's sides for the treaties in `open_sides`, a side's articles in `known_articles`."""
    named = CorrespondenceSide.articles.through.objects.filter(correspondenceside=OuterRef("pk")).values("article_id")
    sides = CorrespondenceSide.objects.filter(correspondence__in=found, treaty__in=chosen)
    by_key = {article.pk: article for article in articles}
    by_correspondence: dict[int, list[CorrespondenceSide]] = {}
    for side in sides.annotate(article_ids=ArraySubquery(named)):
        side.known_articles = [by_key[pk] for pk in side.article_ids if pk in by_key]
        by_correspondence.setdefault(side.correspondence_id, []).append(side)
    for each in found:
        each.open_sides = by_correspondence.get(each.pk, [])


def _obligations(chosen: Sequence[Treaty], articles: Sequence[Article], at: datetime | None) -> list[Obligation]:
    """The editors' readings of what the treaties oblige to; each treaty's promise of help stands in `promises`."""
    by_key = {article.pk: article for article in articles}
    found = list(Obligation.objects.citing(at).filter(treaty__in=chosen))
    treaty_of = {treaty.pk: treaty for treaty in chosen}
    for each in found:
        each.treaty = treaty_of[each.treaty_id]
        each.article = by_key.get(each.article_id) if each.article_id else None
    for treaty in chosen:
        treaty.promises = [
            each for each in found if each.treaty_id == treaty.pk and each.kind == ObligationKind.DEFENSE
        ]
    return found


def _quotes(untold: Sequence[Treaty], at: datetime | None) -> list[Quote]:
    """What was said, on subjects of the topics, since the first of the treaties without a text was signed."""
    signed = [day for treaty in untold if (day := _signed(treaty))]
    if not signed:
        return []
    topics = Theme.objects.published().filter(utterances=OuterRef("utterance"), topic__isnull=False)
    return list(
        Quote.objects.citing(at)
        .filter(utterance__in=Utterance.objects.shown(at).filter(said_earliest__gte=min(signed)))
        .select_related("utterance__speaker")
        .annotate(topic_ids=ArraySubquery(topics.values("topic_id")))
        .filter(topic_ids__len__gt=0)
        .order_by("utterance__said_earliest", "utterance_id", "position", "pk")
    )


def _signed(treaty: Treaty) -> datetime | None:
    return next((act.happened_earliest for act in treaty.readable_acts if act.kind == ActKind.SIGNATURE), None)


def _reported(
    chosen: Sequence[Treaty], untold: Sequence[Treaty], quotes: Sequence[Quote]
) -> dict[tuple[int, int], list[Quote]]:
    """By treaty and topic, what was said from the signature of that treaty until that of the next, as best printed."""
    leading: dict[int, Quote] = {}
    for quote in quotes:
        leading.setdefault(quote.utterance_id, quote)
    signatures = sorted(day for treaty in chosen if (day := _signed(treaty)))
    reported: dict[tuple[int, int], list[Quote]] = {}
    for treaty in untold:
        since = _signed(treaty)
        if since is None:
            continue
        until = next((day for day in signatures if day > since), None)
        for quote in leading.values():
            said = quote.utterance.said_earliest
            if since <= said and (until is None or said < until):
                for topic in set(quote.topic_ids):
                    reported.setdefault((treaty.pk, topic), []).append(quote)
    return {key: found[:MOST_REPORTED] for key, found in reported.items()}
