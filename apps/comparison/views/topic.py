from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict

from apps.comparison import rows, shares, words
from apps.comparison.marks import Question
from apps.comparison.renderings import InStep, in_step
from apps.comparison.views.columns import WITH_TOPICS, chosen_treaties, shown_on_phones
from apps.comparison.views.pages import not_there, to_take
from apps.comparison.words import Asked, Passage, Words
from apps.editorial.refusals import unknown
from apps.sources.models import First
from apps.sources.reading import Reading, reading_of, respond
from apps.sources.templatetags.record import language as language_name
from apps.treaties import law, reads
from apps.treaties.models import Article, Correspondence, Rendering, Topic, TopicFinding, Treaty, TreatyAction

MARKS = {Question.SHARED: "what is shared", Question.CHANGED: "what changed", Question.NONE: "nothing"}


@dataclass(frozen=True)
class Choice:
    """One thing to choose: how it reads, the address that chooses it, and whether it is chosen."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True)
class Switch:
    """Things of which one is chosen, under one label; `name` keeps the focus where it was when the words change."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic in full: the words one column a treaty, what is marked in them, and what happened under the articles.

    `treaty` chooses the columns; `lang`, `r`, `marks` and `base` the language, the renderings, what is marked and
    against which treaty.
    """
    reading = reading_of(request)
    subject = Topic.objects.on_record(reading.at).filter(slug=slug).first()
    if subject is None:
        return _no_topic(request, reading)
    treaties = chosen_treaties(request, list(reads.treaties_with_acts(reading.at)))
    one = shown_on_phones(request, treaties)
    question, base = _question(request.GET), _base(request.GET, treaties)
    correspondence = reads.correspondences(reading.at).filter(topic=subject).first()
    articles = list(reads.articles(reading.at).prefetch_related(WITH_TOPICS))
    row = rows.topic_row(subject, correspondence, treaties, articles)
    dealt_with = [article for side in row.sides for article in side.articles]
    language, tokens, not_yet = _worded_as(request.GET, reading, dealt_with)
    asked = Asked(language, tokens, question, base)
    dealing = Article.objects.filter(Q(topics=subject) | Q(correspondence_sides__correspondence__topic=subject))
    reading.rests_on(
        subject.findings.all(),
        First(Treaty.objects.all()),
        First(Article.objects.all(), by="treaty"),
        First(TreatyAction.objects.filter(kind__in=law.TURNING)),
        dealing,
        Rendering.objects.filter(article__in=dealing),
        Correspondence.objects.filter(topic=subject),
        reads.marks_rest_on(
            articles__in=dealing,
            correspondences__topic=subject,
            topic_findings__topic=subject,
            act__kind__in=law.TURNING,
        ),
        *reads.ties_rest_on(dealing),
        reads.questions_rest_on(dealing),
    )
    columns = words.chosen(row.sides, asked)
    shown = words.marked(columns, asked, language_name(asked.language))
    picture = shares.picture(shown)
    finding = TopicFinding.objects.in_force(reading.at).filter(topic=subject).first()
    link = request.build_absolute_uri(f"{request.path}{_pinned(request.GET, shown, asked)}")
    title = f"{subject.title}: {finding.heading}" if finding else subject.title
    context: dict[str, Any] = {
        "section": "compare",
        "topic": subject,
        "finding": finding,
        "row": row,
        "words": shown,
        "not_yet": not_yet,
        "language": asked.language,
        "switches": _switches(request.GET, shown, asked, dealt_with),
        "picture": picture,
        "bars": _bars(request.GET, shown, asked, picture),
        **to_take(reading, f"compare-{subject.slug}", title, link),
        "one": one,
        "treaties": treaties,
        "worded": [_worded(each) for each in dealt_with if each.readable_renderings],
        "ties": reads.in_time(reads.ties(reading.at).filter(article__in=dealt_with)),
        "questions": list(reads.questions_on(dealt_with, reading.at)),
    }
    return respond(request, "comparison/topic.html", reading, context, fragment="comparison/_words_alone.html")


def _worded(article: Article) -> tuple[Article, list[Rendering], InStep | None]:
    """An article with all its renderings, and those that editors set in step."""
    found = reads.in_order(article.readable_renderings)
    return article, found, in_step(found)


def _no_topic(request: HttpRequest, reading: Reading) -> HttpResponse:
    slugs = list(Topic.objects.on_record(reading.at).order_by("position", "slug").values_list("slug", flat=True))
    return not_there(request, reading, "There is no topic of that name.", slugs)


def _question(params: QueryDict) -> Question:
    question = params.get("marks", "").strip() or Question.SHARED
    if question not in set(Question):
        raise unknown("way of marking", question, Question)
    return Question(question)


def _base(params: QueryDict, treaties: Sequence[Treaty]) -> str:
    """The treaty that the others are marked against, "" for the page's own choice. Raises Refused for one not shown."""
    base = params.get("base", "").strip()
    if base and base not in {treaty.slug for treaty in treaties}:
        raise unknown("treaty", base, [treaty.slug for treaty in treaties])
    return base


def _worded_as(params: QueryDict, reading: Reading, articles: Sequence[Article]) -> tuple[str, tuple[str, ...], bool]:
    """The language and the renderings asked for, and whether one of these was printed later.

    Raises Refused, saying which there are, for a language or a rendering that is not there.
    """
    language = params.get("lang", "").strip() or "en"
    if language not in {*reads.LANGUAGES, *_spoken(articles)}:
        there = {*reads.LANGUAGES, *Rendering.objects.shown(reading.at).values_list("language", flat=True)}
        if language not in there:
            raise unknown("language", language, sorted(there, key=reads.language_order))
    tokens = [token for token in params.getlist("r") if token.strip()]
    there = words.tokens_of(articles)
    strange = [token for token in tokens if token not in there]
    not_yet = bool(strange) and reading.is_past and _all_printed_since(strange)
    if strange and not not_yet:
        raise unknown("rendering", strange[0], sorted(token for token in there if ":" not in token))
    return language, tuple(token for token in tokens if token in there), not_yet


def _spoken(articles: Sequence[Article]) -> list[str]:
    found = {words.language for article in articles for words in article.readable_renderings}
    return sorted(found, key=reads.language_order)


def _all_printed_since(tokens: Sequence[str]) -> bool:
    """Whether each names a rendering that is on record today: one who goes back in time keeps what was chosen."""
    slugs = {token.rpartition(":")[2].replace("\x00", "") for token in tokens}
    found = Rendering.objects.shown(None).filter(source__slug__in=slugs)
    return set(found.values_list("source__slug", flat=True)) == slugs


def _query(params: QueryDict, **changes: str | Sequence[str]) -> str:
    """The page's own query string with some parameters replaced, or left out where they are empty."""
    changed = params.copy()
    for name, value in changes.items():
        if value:
            changed.setlist(name, [value] if isinstance(value, str) else list(value))
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode(safe=':/')}" if changed else "?"


def _choosing(params: QueryDict, shown: Words, asked: Asked, passage: Passage, rendering: Rendering) -> str:
    """The query that puts a rendering in a passage's place and leaves the others as they are."""
    tokens = words.tokens_chosen(shown.passages, asked) | {
        passage.place: words.token(passage, rendering, shown.passages)
    }
    in_order = [tokens[each.place] for each in shown.passages if each.place in tokens]
    return _query(params, r=in_order + _of_other_languages(shown, asked))


def _of_other_languages(shown: Words, asked: Asked) -> list[str]:
    """What was chosen while another language was shown."""
    here = {each.source.slug for passage in shown.passages for each in passage.spoken}
    return [token for token in asked.renderings if token.rpartition(":")[2] not in here]


def _pinned(params: QueryDict, shown: Words, asked: Asked) -> str:
    """The query that names all that is shown, so that no rendering found later takes a place in it."""
    return _query(
        QueryDict(mutable=True),
        treaty=[slug for slug in params.getlist("treaty") if slug.strip()],
        lang=asked.language,
        r=list(words.tokens_chosen(shown.passages, asked, all_of_them=True).values()),
        marks=asked.question,
        base=shown.base if asked.question is Question.CHANGED else "",
        one=params.get("one", "").strip(),
        as_of=params.get("as_of", "").strip(),
    )


def _label(rendering: Rendering, beside: Sequence[Rendering], language: str) -> str:
    """How a rendering is called among those `beside` it; its language, which stands above, is left out."""
    names = Counter(each.translator for each in beside)
    name = rendering.translator.replace(f" {language_name(language)}", "", 1)
    return name if names[rendering.translator] < 2 else f"{name}, {rendering.source.publisher.label}"


def _bars(
    params: QueryDict, shown: Words, asked: Asked, picture: shares.Picture | None
) -> list[tuple[shares.Bar, Choice]]:
    """The bars of the picture, each with the address that puts its rendering beside the earlier article."""
    if picture is None:
        return []
    later = picture.later
    return [
        (
            bar,
            Choice(
                _label(bar.words, later.spoken, asked.language),
                _choosing(params, shown, asked, later, bar.words),
                bar.chosen,
            ),
        )
        for bar in picture.bars
    ]


def _switches(params: QueryDict, shown: Words, asked: Asked, articles: Sequence[Article]) -> list[list[Switch]]:
    """What a reader may choose, only where there is more than one thing: of the words, then of their marks."""
    of_words = [_of_passage(params, shown, asked, passage) for passage in shown.passages if len(passage.spoken) > 1]
    spoken = _spoken(articles)
    if len(spoken) > 1 or (spoken and asked.language not in spoken):
        languages = [Choice(language_name(each), _query(params, lang=each), each == asked.language) for each in spoken]
        of_words.insert(0, Switch("lang", "Language of the words", tuple(languages)))
    of_marks = []
    if shown.bases:
        marks = [Choice(label, _query(params, marks=each), each is asked.question) for each, label in MARKS.items()]
        of_marks.append(Switch("marks", "Mark", tuple(marks)))
        if asked.question is Question.CHANGED:
            bases = [Choice(slug, _query(params, base=slug), slug == shown.base) for slug in shown.bases]
            of_marks.append(Switch("base", "Held against", tuple(bases)))
    return [group for group in (of_words, of_marks) if group]


def _of_passage(params: QueryDict, shown: Words, asked: Asked, passage: Passage) -> Switch:
    article = passage.article
    alone = sum(each.article.treaty_id == article.treaty_id for each in shown.passages) == 1
    place = article.treaty.slug if alone else f"{article.treaty.slug} {article.short_label}"
    return Switch(
        f"r-{passage.place.replace('/', '-')}",
        f"{place} in the {language_name(asked.language)} of",
        tuple(
            Choice(
                _label(each, passage.spoken, asked.language),
                _choosing(params, shown, asked, passage, each),
                each == passage.rendering,
            )
            for each in passage.spoken
        ),
    )
