from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.editorial.refusals import unknown
from apps.opinions import grid
from apps.opinions.institutions import give_institutions, roles_behind
from apps.opinions.models import Assessment, ContestedFact, Opinion, Question
from apps.opinions.plot import draw, plot
from apps.opinions.readings import camps, minds, narrowed, pairs
from apps.opinions.ribbon import FIRST_DAYS, SIGNED, Stretch, place, ribbon
from apps.opinions.rules import Knowledge
from apps.sources.models import First
from apps.sources.reading import Reading, reading_of, respond
from apps.treaties import reads
from apps.treaties.models import Article, Rendering, Topic, Treaty, TreatyAction

PARTIES = ("KP", "RU")
NEIGHBOURS = 6


@dataclass(frozen=True)
class Standing:
    """A question as it stands at the moment of reading: its latest assessment, and the bar of its history.

    `ticks` are the places on the bar at which it was assessed, as percentages.
    """

    question: Question
    current: Assessment
    since: Assessment
    again: bool
    ribbon: list[Stretch]
    ticks: list[float]


def standing(question: Question, reading: Reading) -> Standing:
    """Where a question stands by its `history_of_status`, oldest first."""
    history: list[Assessment] = question.history_of_status
    current = history[-1]
    since = current
    for assessment in reversed(history):
        if assessment.knowledge != current.knowledge:
            break
        since = assessment
    again = any(a.knowledge == current.knowledge for a in history[: history.index(since)])
    # In the first days a bar would be one moment wide.
    history_on_bar = [(a.since_earliest, a.knowledge) for a in history] if reading.day > SIGNED + FIRST_DAYS else []
    bar = ribbon(history_on_bar, reading.day) if history_on_bar else []
    ticks = [round(place(instant, reading.day), 2) for instant, _ in history_on_bar]
    return Standing(question, current, since, again, bar, ticks)


def assessed(reading: Reading) -> Prefetch:
    """Each question's assessments as of the moment, oldest first, in `history_of_status`."""
    history = Assessment.objects.readable(reading.at).order_by("since_earliest", "pk")
    return Prefetch("assessments", queryset=history, to_attr="history_of_status")


def standings(reading: Reading) -> list[Standing]:
    """Every question that stood by the moment, in the editors' order."""
    questions = Question.objects.asked_by(reading.at).prefetch_related(assessed(reading)).order_by("position", "pk")
    return [standing(question, reading) for question in questions]


def by_knowledge(found: list[Standing]) -> list[tuple[Knowledge, list[Standing]]]:
    """Questions under the three statuses: known, disputed, unknown."""
    return [(status, [s for s in found if s.current.knowledge == status]) for status in Knowledge]


def question_list(request: HttpRequest) -> HttpResponse:
    """All questions under the status they have at the moment; `by=expert`: who stands where on them."""
    reading = reading_of(request)
    by = request.GET.get("by", "").strip()
    if by == "expert":
        return _by_expert(request, reading)
    if by:
        raise unknown("view of the questions", by, ["expert"])
    reading.rests_on(Assessment.objects.all(), reads.marks_rest_on(assessments__isnull=False))
    found = standings(reading)
    context = {
        "section": "questions",
        "groups": by_knowledge(found) if found else [],
        "total": len(found),
        "bars": any(s.ribbon for s in found),
    }
    return respond(request, "opinions/questions.html", reading, context)


def _by_expert(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Who takes which position on which question, some questions at a time; `who=all` adds experts heard on one."""
    reading.rests_on(Opinion.objects.all(), roles_behind(Opinion.objects.all()))
    opinions = list(
        Opinion.objects.readable(reading.at)
        .select_related("expert", "position__question")
        .order_by("stated_earliest", "pk")
    )
    give_institutions(opinions, reading.at)
    who = request.GET.get("who", "").strip()
    if who not in ("", "all"):
        raise unknown("choice of experts", who, ["all"])
    asked = grid.questions(opinions)
    sets = [asked[start : start + grid.COLUMNS] for start in range(0, len(asked), grid.COLUMNS)]
    columns = _columns(request, sets)
    everyone = grid.rows(opinions, columns, 1)
    rows = everyone if who else grid.rows(opinions, columns, 2)
    context = {
        "section": "questions",
        "total": len({opinion.expert_id for opinion in opinions}),
        "questions": asked,
        "sets": sets,
        "columns": columns,
        "rows": rows,
        "left_out": len(everyone) - len(rows),
        "who": who,
        "shared": grid.shared_evidence(opinions),
        "missing": grid.missing(opinions),
        "silent": [code for code in PARTIES if code not in {opinion.country for opinion in opinions}],
    }
    return respond(request, "opinions/by_expert.html", reading, context)


def _columns(request: HttpRequest, sets: list[list[Question]]) -> list[Question]:
    """The set of questions that the address asks for by its number, or the first."""
    number = request.GET.get("columns", "").strip()
    there = {str(place): found for place, found in enumerate(sets, 1)}
    if number and number not in there:
        raise unknown("set of questions", number, there)
    return there.get(number or "1", [])


def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: its status and history, who reads it how, the words it turns on, and what stands near it.

    `country` and `kind` narrow the readings to experts of a country and of a kind of institution.
    """
    reading = reading_of(request)
    articles = reads.articles(reading.at)
    questions = Question.objects.asked_by(reading.at).prefetch_related(
        assessed(reading),
        "positions",
        Prefetch("articles", queryset=articles, to_attr="words_at_issue"),
        Prefetch("topics", queryset=Topic.objects.on_record(reading.at).order_by("position"), to_attr="public_topics"),
    )
    question = get_object_or_404(questions, slug=slug)
    at_issue_there = Article.objects.filter(questions=question)
    own = Opinion.objects.on(question)
    reading.rests_on(
        question.assessments.all(),
        Assessment.objects.filter(question__in=_near(question)),
        own,
        roles_behind(own),
        First(Opinion.objects.exclude(country__in=["", *PARTIES]).filter(Exists(own)), by="country"),
        *reads.previews_rest_on(at_issue_there),
        reads.leading_ever(at_issue_there),
        First(Rendering.objects.filter(article__questions=question)),
        *reads.ties_rest_on(at_issue_there, quoting=True),
        reads.marks_rest_on(
            assessments__question=question, assessments__question__in=_near(question), opinions__in=own
        ),
        begins=_asked_first(question),
    )
    opinions = list(
        Opinion.objects.readable(reading.at)
        .on(question)
        .select_related("expert", "position__question")
        .order_by("stated_earliest", "pk")
    )
    give_institutions(opinions, reading.at)
    twice = pairs(opinions)
    for opinion in opinions:
        opinion.after = [pair for pair in twice if pair.later == opinion]
    chosen = narrowed(request.GET, opinions, past=reading.is_past)
    positions = sorted(question.positions.all(), key=lambda each: (each.off_scale, each.order))
    plotted = plot(positions, chosen.opinions)
    ties = reads.in_time(reads.ties(reading.at).filter(article__in=question.words_at_issue))
    context = {
        "section": "questions",
        "question": question,
        "standing": standing(question, reading),
        "total": len(opinions),
        "opinions": chosen.opinions,
        "chosen": chosen,
        "plot": plotted,
        "picture": draw(plotted, twice),
        "camps": camps(positions, chosen.opinions),
        "minds": minds([pair for pair in twice if pair.later in chosen.opinions]),
        "words": [at_issue(article) for article in question.words_at_issue],
        "quotes": [quoted(tie) for tie in _once(ties, "utterance")],
        "events": _once(ties, "event"),
        "related": [standing(neighbour, reading) for neighbour in _neighbours(question, reading)],
        "untold": _untold(opinions, reading),
    }
    return respond(request, "opinions/question.html", reading, context, fragment="opinions/_readings.html")


def _asked_first(question: Any) -> datetime | None:
    """When the page of a question came to be, by the assessments that it prints; None where these have no date."""
    known = ((each.since_earliest, each.first_known) for each in question.history_of_status)
    return min((max(since, first) for since, first in known if first), default=None)


@dataclass(frozen=True)
class AtIssue:
    """An article that a question turns on: the rendering that leads, and how many more there are by language."""

    article: Article
    leading: Rendering | None
    others: list[tuple[str, int]]


def at_issue(article: Article) -> AtIssue:
    """An article's words for an English page: the best rendering in English, else the best of all."""
    renderings = reads.in_order(article.readable_renderings)
    leading = next(iter(sorted(renderings, key=lambda each: each.language != "en")), None)
    others = Counter(each.language for each in renderings if each != leading)
    return AtIssue(article, leading, sorted(others.items(), key=lambda each: reads.language_order(each[0])))


@dataclass(frozen=True)
class Quoted:
    """A statement that bears on an article, in the printing that an English page leads with."""

    tie: Any
    printing: Any
    others: int


def quoted(tie: Any) -> Quoted:
    """A tie of a statement with the printing in English, or the most official one where there is none."""
    printings = tie.utterance.readable_quotes
    printing = next((each for each in printings if each.language == "en"), printings[0])
    return Quoted(tie, printing, len(printings) - 1)


def _once(ties: list[Any], name: str) -> list[Any]:
    """Of the ties of statements or of events, the first of each."""
    found: dict[int, Any] = {}
    for tie in ties:
        if key := getattr(tie, f"{name}_id"):
            found.setdefault(key, tie)
    return list(found.values())


def _near(question: Any) -> QuerySet[Question]:
    """The other questions, of whatever moment, that may stand as neighbours."""
    near = Q(articles__in=question.articles.all()) | Q(topics__in=question.topics.all())
    return Question.objects.published().filter(near).exclude(pk=question.pk)


def _neighbours(question: Any, reading: Reading) -> list[Question]:
    """Questions that turn on the same articles or belong to the same topics, those with the same articles first."""
    same_words = Count("articles", filter=Q(articles__in=question.words_at_issue), distinct=True)
    near = Q(articles__in=question.words_at_issue) | Q(topics__in=question.topics.published())
    found = Question.objects.asked_by(reading.at).filter(pk__in=Question.objects.filter(near).values("pk"))
    return list(
        found.exclude(pk=question.pk)
        .annotate(same_words=same_words)
        .prefetch_related(assessed(reading))
        .order_by("-same_words", "position", "pk")[:NEIGHBOURS]
    )


def _untold(opinions: list[Opinion], reading: Reading) -> list[str]:
    """The parties to the treaty, and the countries heard on other questions, from which nobody is on record here."""
    heard = Opinion.objects.shown(reading.at).exclude(country="").order_by("country").values_list("country", flat=True)
    here = {opinion.country for opinion in opinions}
    return [code for code in dict.fromkeys([*PARTIES, *heard.distinct()]) if code not in here]


def fact_list(request: HttpRequest) -> HttpResponse:
    """Questions of fact to which sources give several values."""
    reading = reading_of(request)
    reading.rests_on(ContestedFact.objects.contesting())
    facts = ContestedFact.objects.contested_by(reading.at).order_by("question")
    return respond(request, "opinions/facts.html", reading, {"section": "questions", "facts": facts})


def fact_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One contested fact: its values, their sources, their rank and why; and where it is marked."""
    reading = reading_of(request)
    treaty = Treaty.objects.published().known_by(reading.at).filter(pk=OuterRef("treaty"))
    act = TreatyAction.objects.shown(reading.at).filter(pk=OuterRef("act"))
    facts = ContestedFact.objects.contested_by(reading.at).annotate(
        treaty_readable=Exists(treaty), act_readable=Exists(act)
    )
    fact = get_object_or_404(facts.select_related("treaty", "act__treaty"), slug=slug)
    told = Q(acts=fact.act_id) if fact.act_id else Q(pk__in=[])
    reading.rests_on(
        ContestedFact.objects.filter(pk=fact.pk).contesting(),
        First(_events().filter(Q(facts=fact.pk) | told)),
        First(TreatyAction.objects.filter(pk=fact.act_id)),
        *(First(of) for of in _ever_beside(fact)),
        begins=_contested_first(fact),
    )
    context = {
        "section": "questions",
        "fact": fact,
        "events": _printing(fact, reading.at),
        "beside": _beside(fact, reading.at),
    }
    return respond(request, "opinions/fact.html", reading, context)


def _contested_first(fact: Any) -> datetime | None:
    """When the second of the values that a page prints was known; None where that is not on record."""
    known = sorted(filter(None, (value.first_known for value in fact.public_values)))
    return known[1] if len(known) > 1 else None


def _events() -> Any:
    return ContestedFact._meta.get_field("events").related_model.objects


def _printing(fact: Any, at: datetime | None) -> QuerySet:
    """The events readable by `at` beside which a fact is marked: they name it, or tell of its act."""
    named = Q(facts=fact.pk)
    told = Q(acts=fact.act_id) if fact.act_readable else Q(pk__in=[])
    marked = _events().filter(named | told).values("pk")
    return _events().shown(at).filter(pk__in=marked).order_by("happened_earliest", "pk")


def _beside(fact: Any, at: datetime | None) -> list[Any]:
    """What else of the record is readable by `at` and prints a value of a fact: each with its name and address."""
    utterances = fact.utterances.shown(at).select_related("speaker").order_by("said_earliest", "pk")
    opinions = fact.opinions.shown(at).select_related("expert", "position__question").order_by("stated_earliest", "pk")
    assessments = fact.assessments.shown(at).select_related("question").order_by("since_earliest", "pk")
    compared = fact.correspondences.shown(at).select_related("topic").order_by("topic__position")
    articles = fact.articles.shown(at).select_related("treaty").order_by("treaty__slug", "order")
    owed = fact.obligations.shown(at).select_related("treaty").order_by("treaty__slug", "kind")
    acts = fact.act_notes.shown(at).select_related("treaty").order_by("happened_earliest", "pk")
    return [*acts, *articles, *owed, *compared, *utterances, *opinions, *assessments]


def _ever_beside(fact: Any) -> list[QuerySet]:
    """The same of whatever moment, as cited records."""
    printings: Any = ContestedFact._meta.get_field("utterances").related_model._meta.get_field("quotes").related_model
    return [
        fact.act_notes.all(),
        fact.articles.all(),
        fact.correspondences.all(),
        fact.obligations.all(),
        printings.objects.filter(utterance__contested_facts=fact),
        fact.opinions.all(),
        fact.assessments.all(),
    ]
