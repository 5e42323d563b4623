"""What changed between two moments, as a reader sees it."""

import datetime as dt

import pytest
from django.test import Client

from apps.dashboard import spans
from apps.dashboard.models import HomeFinding
from apps.dashboard.spans import Span
from tests import factories as make

pytestmark = pytest.mark.django_db
NIGHT = "/changes/?from=2024-06-19T14:13Z&to=2024-06-20T02:01Z"


def main(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split()).partition("<main")[2]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


def assessed(question, since: str, knowledge: str) -> None:
    make.AssessmentFactory(published=True, question=question, since=since, knowledge=knowledge, cited=[source(since)])


def test_between_two_moments_stands_what_could_be_read_at_the_second_and_not_at_the_first():
    for title, issued in (
        ("At the first moment", "2024-06-19T14:13:00Z"),
        ("In the night", "2024-06-19T20:00:00Z"),
        ("At the second moment", "2024-06-20T02:01:00Z"),
        ("Dated to the day alone", "2024-06-20"),
    ):
        make.EventFactory(published=True, title=title, happened="2024-06-19", cited=[source(issued)])
    shown = main(NIGHT)
    assert "2 things came onto the record" in shown
    assert shown.index("In the night") < shown.index("At the second moment")
    assert "At the first moment" not in shown
    assert "Dated to the day alone" not in shown
    assert "Dated to the day alone" in main("/changes/?from=2024-06-19&to=2024-06-20")


def test_questions_that_changed_say_from_what_to_what():
    turned, kept, new = (
        make.QuestionFactory(published=True, question=words) for words in ("Is it binding?", "Who paid?", "Is it new?")
    )
    assessed(turned, "2024-06-18", "UNKNOWN")
    assessed(turned, "2024-06-19T20:00:00Z", "DISPUTED")
    assessed(kept, "2024-06-18", "KNOWN")
    assessed(kept, "2024-06-19T21:00:00Z", "KNOWN")
    assessed(new, "2024-06-19T20:00:00Z", "UNKNOWN")
    shown = main(NIGHT)
    assert "2 questions changed status, 1 of them asked for the first time" in shown
    changed = shown.partition("Questions that changed")[2].partition("</section>")[0]
    row = changed[: changed.index("Is it binding?")].rpartition("<li>")[2]
    assert row.index("Unknown") < row.index("Disputed")
    assert "not asked yet" in changed[changed.index("Is it binding?") :]
    assert "Who paid?" not in changed
    counts = [part.partition("question")[0] for part in shown.split('class="counts"')[1:]]
    assert "1 unknown" in counts[0]
    assert "1 disputed" in counts[1]


def test_texts_that_appeared_and_who_was_heard_for_the_first_time_stand_by_themselves():
    article = make.ArticleFactory(published=True, treaty__slug="2024", treaty__published=True, cited=[source("2023")])
    article.treaty.citations.update(source=source("2023"))
    text = source("2024-06-20T02:01:00Z")
    make.RenderingFactory(published=True, article=article, source=text, cited=[text])
    known, new = (make.AgentFactory(published=True, name=name) for name in ("Old Voice", "New Voice"))
    for agent, issued in ((known, "2024-06-18"), (known, "2024-06-19T20:00:00Z"), (new, "2024-06-19T21:00:00Z")):
        said = make.UtteranceFactory(published=True, speaker=agent)
        make.QuoteFactory(published=True, utterance=said, words=f"So says {agent}", cited=[source(issued)])
    shown = main(NIGHT)
    texts, _, voices = shown.partition("Texts that appeared")[2].partition("Heard for the first time")
    voices = voices.partition("</section>")[0]
    assert "prints words of" in texts
    assert "So says New Voice" in voices
    assert "Old Voice" not in voices


def test_one_kind_can_be_shown_alone_and_what_is_linked_keeps_the_second_moment():
    make.EventFactory(published=True, title="The visit", cited=[source("2024-06-19T20:00:00Z")])
    said = make.UtteranceFactory(published=True)
    make.QuoteFactory(published=True, utterance=said, words="So be it", cited=[source("2024-06-19T20:00:00Z")])
    shown = main(f"{NIGHT}&kind=statements")
    assert "So be it" in shown
    assert "The visit" not in shown
    assert f'href="/quotes/{said.slug}/?as_of=2024-06-20T02:01Z"' in shown
    assert "There is no kind “rumours” here." in main(f"{NIGHT}&kind=rumours", status=400)


def test_without_a_second_moment_it_is_everything_until_the_moment_of_the_page():
    make.EventFactory(published=True, title="Soon after", cited=[source("2024-06-20")])
    make.EventFactory(published=True, title="Much later", cited=[source("2025-01-01")])
    assert "Much later" in main("/changes/?from=2024-06-19")
    past = main("/changes/?from=2024-06-19&as_of=2024-07-01")
    assert "Soon after" in past
    assert "Much later" not in past


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=yesterday", "“yesterday” is not a moment"),
        ("from=2024-06-19&to=Juche+113", "“Juche 113” is not a moment"),
        ("from=1911-01-01", "The record begins in 1945"),
        ("from=2024-06-19&to=2567-06-19", "“2567-06-19” is still to come"),
        ("to=2024-06-19", "the address names only the second"),
        ("from=2024-06-21&to=2024-06-19", "The second moment must be later than the first"),
        ("from=2024-06-19&to=2024-06-19", "The second moment must be later than the first"),
        ("from=2024-06-19&to=2024-06-21&as_of=2024-06-20", "“2024-06-21” is later than the moment of this page"),
        ("from=%00&to=%D9%A2%D9%A0%D9%A2%D9%A4-06-19", "is not a moment"),
    ],
)
def test_two_moments_that_cannot_be_compared_are_refused_with_a_sentence(query, sentence):
    assert sentence in main(f"/changes/?{query}", status=400)


def test_the_record_offers_the_spans_in_which_its_first_page_turned():
    for since, issued, heading in (
        ("2024-06-19T14:13:00Z", "2024-06-19T14:13:00Z", "Nobody has read it"),
        ("2024-06-20T02:01:00Z", "2024-06-20T02:01:00Z", "One side has printed it"),
        ("2024-10-14", "2024-10-14", "So has the other"),
    ):
        make.HomeFindingFactory(published=True, since=since, heading=heading, cited=[source(issued)])
    found = spans.turns(list(HomeFinding.objects.in_force(None)), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert [turn.span.query for turn in found] == [
        "from=2024-10-13&to=2024-10-14",
        "from=2024-06-19T14:13Z&to=2024-06-20T02:01Z",
        "from=2024-06-18&to=2024-06-19T14:13Z",
    ]
    assert main("/changes/").count("Nobody has read it") == 2
    assert "So has the other" not in main("/changes/?as_of=2024-06-21")
    shown = main(NIGHT)
    assert shown.index("Nobody has read it") < shown.index("One side has printed it")


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2024-06-19T14:13", "2024-06-20T02:01", "11 hours and 48 minutes"),
        ("2024-06-19T15:00", "2024-06-22T00:00", "2 days and 9 hours"),
        ("2024-06-19T15:00", "2024-06-20T15:00", "1 day"),
        ("2024-06-19T15:00", "2024-06-19T16:00", "1 hour"),
        ("2024-06-19T15:00", "2024-06-19T15:01", "1 minute"),
        ("2024-06-19T15:00", "2024-10-14T15:00", "16 weeks"),
        ("1961-07-06T00:00", "2024-06-19T00:00", "62 years"),
    ],
)
def test_a_span_says_how_long_it_is(since, until, words):
    instants = (dt.datetime.fromisoformat(each).replace(tzinfo=dt.UTC) for each in (since, until))
    assert Span(*instants).length == words


def test_the_fullest_days_end_with_the_page_and_leave_out_what_is_dated_to_a_year_alone():
    for number in range(3):
        make.EventFactory(published=True, title=f"At noon {number}", cited=[source("2024-06-19T12:00:00Z")])
        make.EventFactory(published=True, happened="2023", cited=[source("2023")])
    page = main("/changes/?as_of=2024-06-19T15:00Z")
    early = page.partition("The fullest days")[2].partition("</section>")[0]
    links = [part.partition('"')[0].replace("&amp;", "&") for part in early.split('href="')[1:]]
    assert [link.partition("&as_of")[0] for link in links] == ["/changes/?from=2024-06-18&to=2024-06-19T15:00Z"]
    assert "At noon 2" in main(links[0])
    assert '<time datetime="2023">2023</time>' in main("/changes/?as_of=2024-01-01")
