from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.opinions.models import Assessment, ContestedFact, Opinion, Question, Value
from apps.opinions.plot import plot
from apps.opinions.ribbon import FIRST_DAYS, SIGNED, Stretch, ribbon
from apps.opinions.rules import Knowledge
from apps.sources.reading import Reading, reading_of, respond
from apps.treaties.models import Article, Rendering, Topic, Treaty


@dataclass(frozen=True)
class Standing:
    """A question as it stands at the moment of reading: its latest assessment, and the bar of its history."""

    question: Question
    current: Assessment
    since: Assessment
    again: bool
    ribbon: list[Stretch]


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
    return Standing(question, current, since, again, bar)


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
    """All questions under the status they have at the moment."""
    reading = reading_of(request)
    reading.rests_on(Assessment.objects.all())
    found = standings(reading)
    context = {
        "section": "questions",
        "groups": by_knowledge(found) if found else [],
        "total": len(found),
        "bars": any(s.ribbon for s in found),
    }
    return respond(request, "opinions/questions.html", reading, context)


def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: its status and history, who reads it how, and the words it turns on."""
    reading = reading_of(request)
    renderings = Rendering.objects.readable(reading.at).order_by("language", "pk")
    articles = (
        Article.objects.readable(reading.at)
        .select_related("treaty")
        .prefetch_related(Prefetch("renderings", queryset=renderings, to_attr="wordings"))
        .order_by("treaty__slug", "order")
    )
    questions = Question.objects.asked_by(reading.at).prefetch_related(
        assessed(reading),
        "positions",
        Prefetch("articles", queryset=articles, to_attr="words_at_issue"),
        Prefetch("topics", queryset=Topic.objects.published().order_by("position"), to_attr="public_topics"),
    )
    question = get_object_or_404(questions, slug=slug)
    reading.rests_on(
        question.assessments.all(),
        Opinion.objects.on(question),
        Article.objects.filter(questions=question),
        Rendering.objects.filter(article__questions=question),
    )
    opinions = list(
        Opinion.objects.readable(reading.at)
        .on(question)
        .select_related("expert", "position")
        .order_by("stated_earliest", "pk")
    )
    positions = sorted(question.positions.all(), key=lambda each: (each.off_scale, each.order))
    neighbours = (
        Question.objects.asked_by(reading.at)
        .filter(topics__in=question.public_topics)
        .exclude(pk=question.pk)
        .distinct()
        .prefetch_related(assessed(reading))
        .order_by("position", "pk")
    )
    context = {
        "section": "questions",
        "question": question,
        "standing": standing(question, reading),
        "opinions": opinions,
        "plot": plot(positions, opinions),
        "related": [standing(neighbour, reading) for neighbour in neighbours[:6]],
        "untold": _untold(opinions),
    }
    return respond(request, "opinions/question.html", reading, context)


def _untold(opinions: list[Opinion]) -> list[str]:
    """The countries party to the treaty or next to it from which nobody is on record here."""
    heard = {opinion.country for opinion in opinions}
    return [code for code in ("KP", "RU", "CN", "KR", "JP", "US") if code not in heard]


def fact_list(request: HttpRequest) -> HttpResponse:
    """Questions of fact to which sources give several values."""
    reading = reading_of(request)
    reading.rests_on(Value.objects.all())
    facts = ContestedFact.objects.contested_by(reading.at).order_by("question")
    return respond(request, "opinions/facts.html", reading, {"section": "questions", "facts": facts})


def fact_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One contested fact: its values, their sources, their rank and why."""
    reading = reading_of(request)
    treaty = Treaty.objects.published().known_by(reading.at).filter(pk=OuterRef("treaty"))
    facts = ContestedFact.objects.contested_by(reading.at).annotate(treaty_readable=Exists(treaty))
    fact = get_object_or_404(facts.select_related("treaty"), slug=slug)
    reading.rests_on(fact.values.all())
    return respond(request, "opinions/fact.html", reading, {"section": "questions", "fact": fact})
