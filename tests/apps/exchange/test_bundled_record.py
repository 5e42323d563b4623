"""What the record that comes with the site holds."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import Client

from apps.comparison.models import ComparisonFinding
from apps.dashboard.models import HomeFinding
from apps.exchange.management.commands.load_record import BUNDLED
from apps.opinions.models import Assessment, ContestedFact, Opinion, Question
from apps.quotes.models import Quote, Utterance
from apps.sources.models import Source
from apps.timelines.models import ArticleTie, Event, Timeline, TimelineFinding
from apps.treaties.models import (
    Article,
    Correspondence,
    Obligation,
    Rendering,
    Topic,
    TopicFinding,
    Treaty,
    TreatyAction,
)
from apps.treaties.rules import ObligationKind

pytestmark = pytest.mark.usefixtures("whole_record")


def test_the_three_treaties_are_there_article_by_article() -> None:
    assert {treaty.slug: treaty.articles.published().count() for treaty in Treaty.objects.published()} == {
        "1961": 7,
        "2000": 13,
        "2024": 24,
    }
    for treaty in Treaty.objects.all():
        assert treaty.article_count == treaty.articles.exclude(number="preamble").count()
        assert TreatyAction.objects.published().filter(treaty=treaty).exists()


def test_every_obligation_of_every_treaty_is_read() -> None:
    assert Obligation.objects.published().count() == 3 * len(ObligationKind)


def test_every_topic_is_compared() -> None:
    assert Topic.objects.published().count() == 21
    assert Correspondence.objects.published().count() == 21


def test_the_record_holds_what_was_found() -> None:
    assert Event.objects.count() >= 92
    assert Utterance.objects.count() >= 182
    assert Quote.objects.count() >= 268
    assert Opinion.objects.count() >= 144
    assert Question.objects.published().count() >= 17
    assert Assessment.objects.published().count() >= 46
    assert ContestedFact.objects.published().count() >= 10
    assert ArticleTie.objects.published().count() >= 25
    assert Timeline.objects.published().count() == 3


@pytest.mark.parametrize("model", [Quote, Event, Opinion, Utterance], ids=lambda model: model.__name__)
def test_four_fifths_are_published(model: type[Quote]) -> None:
    assert model.objects.published().count() >= 0.8 * model.objects.count()


def test_every_contested_fact_has_values_and_no_more_than_one_is_preferred() -> None:
    for fact in ContestedFact.objects.published():
        ranks = [value.rank for value in fact.values.published()]
        assert len(ranks) >= 2, fact
        assert ranks.count("PREFERRED") <= 1, fact


def test_the_day_of_putins_arrival_is_marked_at_the_event_that_prints_it_once_it_was_contested() -> None:
    mark = '<a class="contested" href="/facts/day-of-putins-arrival/'
    visit = "/timeline/?go=event-2024-06-19-putin-visit-pyongyang"
    assert mark in Client().get(visit).content.decode()
    assert mark not in Client().get(f"{visit}&as_of=2024-06-19T15:00Z").content.decode()
    framed = Client().get("/embed/timeline/?from=2024-06-18&to=2024-06-19").content.decode()
    assert mark in framed


def test_contested_values_are_marked_where_the_record_states_them() -> None:
    announced = r'id="act-1961-publication-of-notice".*?</li>'
    cell = r'id="topic-duration-and-termination".*?<td class="c24.*?</td>'
    for address, where, fact in (
        ("/treaties/2024/23/", r"<h1.*Our summary.*?</div>", "notice-to-end-the-2024-treaty"),
        ("/treaties/2000/", r'id="article-2".*?</article>', "promise-of-the-2000-treaty"),
        ("/treaties/2000/", r'id="act-2000-termination".*?</li>', "what-the-2024-treaty-replaces"),
        ("/treaties/1961/", announced, "notice-to-end-the-1961-treaty"),
        ("/treaties/1961/", announced, "end-of-the-1961-treaty"),
        ("/timeline/?kind=acts&from=1995&to=1995", announced, "notice-to-end-the-1961-treaty"),
        ("/embed/timeline/?kind=acts&from=1995&to=1995", announced, "notice-to-end-the-1961-treaty"),
        ("/compare/", cell, "notice-to-end-the-2024-treaty"),
        ("/compare/", r">How fast</th>.*?</tr>", "promise-of-the-2000-treaty"),
        ("/quotes/putin-2024-06-20-nothing-new/", r"<figure.*?</figure>", "putin-dates-the-old-treaty"),
        ("/embed/quote/lim-2024-06-20-concern/", r"<figure.*?</figure>", "seoul-grave-concern-or-regret"),
    ):
        found = re.search(where, Client().get(address).content.decode(), re.DOTALL)
        assert found and f'class="contested" href="/facts/{fact}/' in found[0], address


def test_the_years_of_a_treaty_carry_no_mark_of_what_the_note_of_an_act_says() -> None:
    heads = re.findall(r"<thead.*?</thead>", Client().get("/compare/").content.decode(), re.DOTALL)
    assert any("2000–2024" in head for head in heads)
    assert not any("what-the-2024-treaty-replaces" in head for head in heads)


def test_a_widget_draws_the_mark_of_each_kind_of_entry() -> None:
    page = "/embed/timeline/"
    drawn: set[str] = set()
    while page:
        text = Client().get(page).content.decode()
        marks = re.findall(r'<svg class="k"[^>]*>(.*?)</svg>', text, re.DOTALL)
        assert all("<" in mark for mark in marks)
        drawn.update(marks)
        following = re.search(r'href="([^"]*)" target="_self" rel="next"', text)
        page = unescape(following[1]) if following else ""
    assert len(drawn) == 10


def test_every_question_has_a_dated_history() -> None:
    for question in Question.objects.published():
        assert question.assessments.published().exists(), question


def test_every_page_with_a_finding_has_one() -> None:
    assert HomeFinding.objects.published().exists()
    assert ComparisonFinding.objects.published().exists()
    assert TimelineFinding.objects.published().filter(timeline=None).exists()
    assert set(Topic.objects.values_list("slug", flat=True)) == set(
        TopicFinding.objects.published().values_list("topic__slug", flat=True)
    )
    assert set(Timeline.objects.values_list("slug", flat=True)) == set(
        TimelineFinding.objects.published().exclude(timeline=None).values_list("timeline__slug", flat=True)
    )


def test_both_seed_stories_are_sources_and_report_others() -> None:
    for slug in ("newser-2024-06-19", "ap-2024-06-20"):
        assert Source.objects.published().filter(slug=slug).exists(), slug
    assert Source.objects.published().filter(reported_via__slug="newser-2024-06-19").exists()


def test_authors_as_catalogues_sort_them_are_the_people_of_the_byline() -> None:
    sorted_authors = Source.objects.exclude(authors="").values_list("authors", "byline")
    assert sorted_authors
    for authors, byline in sorted_authors:
        people = [" ".join(reversed(name.split(", "))) for name in authors.split("; ")]
        assert re.split(", | and ", byline) == people


def test_on_the_day_of_signature_the_treaty_is_known_and_none_of_its_text() -> None:
    at = datetime(2024, 6, 19, 15, tzinfo=UTC)
    assert Treaty.objects.readable(at).filter(slug="2024").exists()
    assert TreatyAction.objects.readable(at).filter(treaty__slug="2024", kind="SIGNATURE").exists()
    assert not Article.objects.readable(at).filter(treaty__slug="2024").exists()
    assert not Rendering.objects.readable(at).filter(article__treaty__slug="2024").exists()
    assert not Source.objects.issued_by(at).filter(slug="ap-2024-06-20").exists()
    assert Source.objects.issued_by(at).filter(slug="newser-2024-06-19").exists()


def test_two_days_later_north_koreas_text_is_known_and_russias_is_not() -> None:
    at = datetime(2024, 6, 21, 12, tzinfo=UTC)
    known = Rendering.objects.readable(at).filter(article__treaty__slug="2024")
    assert known.filter(article__number="4", source__publisher__slug="kcna").exists()
    russias = Q(source__publisher__kind="STATE", source__publisher__country="RU") | Q(source__publisher__slug="tass")
    assert not known.filter(russias).exists()


def test_a_dump_of_the_bundled_record_gives_its_files(tmp_path: Path) -> None:
    call_command("dump_record", tmp_path, verbosity=0)
    dumped = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.yaml")}
    bundled = {path.relative_to(BUNDLED).as_posix(): path for path in BUNDLED.rglob("*.yaml")}
    assert sorted(dumped) == sorted(bundled)
    different = [name for name in dumped if dumped[name].read_bytes() != bundled[name].read_bytes()]
    assert different == []
