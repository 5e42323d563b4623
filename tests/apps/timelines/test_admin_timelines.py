"""Timelines and ties name one thing a row, each once."""

import re

import pytest
from django.test import Client

from apps.timelines.models import ArticleTie, Event, Timeline, TimelineItem
from apps.treaties.models import Article, Treaty
from tests import factories as make
from tests.apps.desk import an_utterance, faults, login, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return login("Editor")


@pytest.fixture
def event() -> Event:
    return Event.objects.create(
        slug="visit", title="A visit", summary="He came.", category="SUMMIT", happened="2024-06-19"
    )


@pytest.fixture
def article() -> Article:
    treaty = Treaty.objects.create(slug="2024", short_name="2024 treaty", title="Treaty", article_count=23)
    return Article.objects.create(
        treaty=treaty, number="4", order=4, heading="Help", gist="Help.", completeness="ESTABLISHED"
    )


def items(*rows: dict[str, object]) -> dict[str, object]:
    words: dict[str, object] = {"items-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        words |= {f"items-{number}-position": number + 1, **{f"items-{number}-{key}": row[key] for key in row}}
    return words


def test_an_item_is_one_thing(editor: Client, event: Event) -> None:
    timeline = Timeline.objects.create(slug="t", title="T")
    nothing, both = {"chapter": "One"}, {"event": event.pk, "utterance": an_utterance().pk}
    for row in (nothing, both):
        response = send(editor, timeline, **items(row))
        assert "Choose one thing" in faults(response)["items-0-__all__"][0]
    assert not TimelineItem.objects.exists()


def test_nothing_stands_on_a_timeline_twice(editor: Client, event: Event) -> None:
    timeline = Timeline.objects.create(slug="t", title="T")
    response = send(editor, timeline, **items({"event": event.pk}, {"event": event.pk}))
    assert "twice" in faults(response)["items"][0]
    assert not TimelineItem.objects.exists()
    assert send(editor, timeline, **items({"event": event.pk})).status_code == 302


def test_an_editor_is_told_which_items_readers_do_not_see_and_why(editor: Client, event: Event) -> None:
    chosen = make.TimelineFactory()
    printed = make.RenderingFactory(published=True).source
    subjects = [
        ("event", event, "No: it is still a draft."),
        ("event", make.EventFactory(withdrawn=True), "No: it is withdrawn."),
        ("event", make.EventFactory(published=True), "Yes."),
        ("event", make.EventFactory(published=True, cited=[]), "No: no public source bears it."),
        ("publication", printed, "Yes."),
        ("publication", make.RenderingFactory().source, "No: none of the words it prints is public."),
        ("publication", make.SourceFactory(published=True), "No: it prints no words."),
    ]
    for position, (name, subject, _) in enumerate(subjects):
        chosen.items.create(position=position, **{name: subject})
    form = editor.get(f"/admin/timelines/timeline/{chosen.pk}/change/").content.decode()
    told = re.findall(r'field-seen_by_readers">.*?<div class="readonly">(.*?)</div>', form, re.S)
    assert told == [*(said for _, _, said in subjects), "Once it is published itself."]


def test_only_a_source_that_prints_words_can_be_chosen_as_a_text(editor: Client) -> None:
    printed, other = make.RenderingFactory(published=True).source, make.SourceFactory(published=True)
    make.RenderingFactory(source=printed)
    query = {"app_label": "timelines", "model_name": "timelineitem", "field_name": "publication", "term": ""}
    found = editor.get("/admin/autocomplete/", query).json()["results"]
    assert [each["id"] for each in found] == [str(printed.pk)]
    timeline = Timeline.objects.create(slug="t", title="T")
    assert "items-0-publication" in faults(send(editor, timeline, **items({"publication": other.pk})))


def test_a_tie_names_an_event_or_a_statement(editor: Client, event: Event, article: Article) -> None:
    words = {"kind": "TESTS", "article": article.pk, "slug": "tie"}
    assert "not both" in faults(send(editor, ArticleTie, "add", **words))["event"][0]
    both = {"event": event.pk, "utterance": an_utterance().pk}
    assert "not both" in faults(send(editor, ArticleTie, "add", **words, **both))["event"][0]
    assert send(editor, ArticleTie, "add", **words, event=event.pk).status_code == 302


def test_the_order_of_an_article_follows_its_number(editor: Client, article: Article) -> None:
    assert "preamble" in faults(send(editor, article, number="preamble"))["number"][0]
    assert "preamble" in faults(send(editor, article, number="4a"))["number"][0]
