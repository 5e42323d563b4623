"""The frame around every widget: what it says of itself, how it refuses, what an embedder is told of it."""

import datetime as dt
import gzip
import json
import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from micawber import Provider, ProviderRegistry
from micawber.exceptions import ProviderException
from pghistory.models import Event as Kept

from apps.editorial import workflow
from apps.opinions.models import ContestedFact, Opinion
from apps.quotes.models import Utterance
from apps.timelines.compose import KINDS
from apps.timelines.models import ArticleTie, Event
from apps.treaties.models import TreatyAction
from tests import factories as make
from tests.factories import SHOWN, TAKEN_BACK
from tests.site import stage
from tests.site.reading_html import Page

pytestmark = pytest.mark.django_db
ON = {"published": True}
SITE = "http://testserver"


def get(address: str, **query: Any) -> HttpResponse:
    return Client(raise_request_exception=False).get(address, query)


def text(address: str, status: int = 200, **query: Any) -> str:
    response = get(address, **query)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def selection(*events: Any, slug: str = "pact") -> Any:
    timeline = make.TimelineFactory(**ON, slug=slug, title="How the text came out")
    for place, event in enumerate(events):
        timeline.items.create(position=place, chapter="Announced", event=event)
    return timeline


def event(slug: str, day: str = "2024-06-19", **given: Any) -> Any:
    return make.EventFactory(**ON, slug=slug, happened=day, title=f"Event {slug}", **given)


def date_writes(to: dt.datetime, but: dt.datetime | None = None) -> None:
    """Dates what the database keeps of writes, `but` those dated so, by the tests' clock; its own stands nowhere."""
    for kept in apps.get_models():
        if issubclass(kept, Kept):
            kept._base_manager.exclude(pgh_created_at=but).update(pgh_created_at=to)


# --- what a widget is ---------------------------------------------------------


def test_a_timeline_stands_in_a_frame_with_its_sources_its_count_and_a_way_to_its_page() -> None:
    source = make.SourceFactory(**ON, issued="2024-06-20", slug="ap")
    selection(event("signed", cited=[source]))
    event("elsewhere")
    body = text("/embed/timeline/pact/", level=3)
    page = Page(body)
    assert not page.faults
    assert page.headings == [3, 4, 5]
    assert "1 entry · record of" in page.words and "no corrections" in page.words
    assert "Event elsewhere" not in body
    assert 'popovertarget="source-ap"' in body and 'id="source-ap"' in body
    assert '<base target="_blank">' in body
    assert '<meta name="robots" content="noindex">' in body
    assert f'<link rel="canonical" href="{SITE}/timeline/pact/">' in body
    assert "<script" not in body and "<form" not in body and "site.css" not in body


def test_a_widget_brings_a_script_only_where_it_is_asked_to_fit_its_frame() -> None:
    selection(event("signed"))
    for address in ("/embed/timeline/?fits=1", "/embed/timeline/no/?fits=1", "/embed/timeline/?fits=1&theme=pink"):
        body = get(address).content.decode()
        assert re.findall(r"<script[^>]*>", body) == ['<script src="/static/frame.js" defer>']
        assert "embed--fits" in body
    assert "<script" not in text("/embed/timeline/no/", 404)
    assert 'data-theme="dark"' in text("/embed/timeline/no/", 404, theme="dark")


def test_a_widget_may_be_framed_and_loaded_by_anyone_and_sets_no_cookie() -> None:
    selection(event("signed"))
    for address in ("/embed/timeline/", "/embed/timeline/pact/", "/embed/timeline/no/", "/embed/no/such/thing"):
        response = get(address)
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Cross-Origin-Opener-Policy"] == "unsafe-none"
        assert "frame-ancestors" not in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
        assert not response.cookies


def test_a_widget_is_kept_compressed_too_and_both_forms_say_the_same() -> None:
    event("signed")
    plain = get("/embed/timeline/")
    for _ in ("made", "kept"):
        packed = Client().get("/embed/timeline/", headers={"Accept-Encoding": "br, gzip"})
        assert gzip.decompress(packed.content) == plain.content
        assert packed["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain
        assert "Accept-Encoding" in packed["Vary"] and "Accept-Encoding" in plain["Vary"]
        assert packed["ETag"] != plain["ETag"]
        again = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
        assert Client().get("/embed/timeline/", headers=again).status_code == 304


def test_a_theme_is_forced_and_a_colour_comes_from_a_style_sheet_of_ours() -> None:
    event("signed")
    body = text("/embed/timeline/", theme="dark", accent="ffdd00")
    assert '<html lang="en" data-theme="dark">' in body
    assert 'href="/embed/accent/FFDD00.css"' in body
    sheet = get("/embed/accent/FFDD00.css")
    assert "--link: #FFDD00" in sheet.content.decode()
    assert "immutable" in sheet["Cache-Control"] and sheet["Content-Type"].startswith("text/css")
    assert "data-theme" not in text("/embed/timeline/")
    assert "six hexadecimal digits" in text("/embed/accent/red.css", 400)


def test_a_long_timeline_goes_on_by_a_link_inside_its_frame() -> None:
    source = make.SourceFactory(**ON)
    for n in range(101):
        make.EventFactory(**ON, cited=[source], slug=f"e{n}", title=f"Event {n}", position=n)
    first = text("/embed/timeline/", theme="dark")
    assert first.count('<li id="event-') == 100
    following = re.search(r'<a href="([^"]+)" target="_self" rel="next">Next 1</a>', first)
    assert following
    second = text(following[1].replace("&amp;", "&"))
    assert "Event 100" in second and "Entries 101 to 101 of 101" in second and 'data-theme="dark"' in second
    assert "no page 3" in text("/embed/timeline/", 400, page=3)


def test_a_pinned_widget_says_so_and_holds_nothing_that_came_later() -> None:
    early, late = (make.SourceFactory(**ON, issued=day) for day in ("2024-06-18", "2024-06-20"))
    selection(event("early", cited=[early]), event("late", cited=[late]))
    body = text("/embed/timeline/pact/", as_of="2024-06-19")
    assert (
        "Pinned to what was on the record by the end of 19 June 2024, as we have it now · 1 entry" in Page(body).words
    )
    assert "Event late" not in body
    assert 'href="/timeline/pact/?as_of=2024-06-19"' in body
    date_writes(SHOWN)
    body = text("/embed/timeline/pact/", as_of="2024-06-19", shown_by="2026-03-01")
    assert "by the end of 19 June 2024, as we had it on 1 March 2026 · 1 entry · no corrections" in Page(body).words


def test_a_widget_from_the_builder_that_is_pinned_never_takes_in_what_is_put_on_record_later(clock: Any) -> None:
    built = stage.build(2)
    date_writes(SHOWN)
    widgets = {
        "timeline": "timeline/",
        "compare": f"compare/{built.topic.slug}/",
        "question": f"question/{built.question.slug}/",
        "quote": f"quote/{built.utterance.slug}/",
    }
    seen = {}
    for what, path in widgets.items():
        slug = path.split("/")[1]
        page = text("/embed/", what=what, slug=slug, as_of="2025-01-01")
        assert "It is pinned and stays as it is" in Page(page).words
        pinned = re.search(r"&lt;iframe src=&quot;http://testserver([^ ]+)&quot;", page)
        assert pinned and "shown_by=20" in pinned[1]
        seen[unescape(unescape(pinned[1]))] = None
    seen = {address: text(address) for address in seen}
    clock.shift(dt.timedelta(days=1))
    later = {"published_at": dt.datetime.now(dt.UTC), "status": "PUBLISHED", "cited": [built.source]}
    make.EventFactory(**later)
    make.OpinionFactory(**later, position=built.opinion.position)
    make.AssessmentFactory(**later, question=built.question, since="2024-08-01")
    make.QuoteFactory(**later, utterance=built.utterance, language="ja")
    make.RenderingFactory(**later, article=built.article, language="ja")
    value = make.ValueFactory(published=True, cited=[built.source])
    value.fact.events.add(built.event)
    value.fact.utterances.add(built.utterance)
    value.fact.articles.add(built.article)
    make.ValueFactory(**later, fact=value.fact, rank="ALSO_REPORTED")
    date_writes(dt.datetime.now(dt.UTC), but=SHOWN)
    assert "contested: When was it" in text("/embed/timeline/", as_of="2025-01-01")
    assert {address: text(address) for address in seen} == seen
    assert all("as we had it on" in body for body in seen.values())
    assert text("/embed/timeline/", as_of="2025-01-01") != text(
        "/embed/timeline/", as_of="2025-01-01", shown_by="2026-01-01"
    )


def test_a_pinned_widget_stays_whatever_is_tied_chosen_answered_or_cited_later(clock: Any) -> None:
    early, late, other_source = (
        make.SourceFactory(**ON, issued=day) for day in ("2024-06-18", "2025-06-01", "2024-06-17")
    )
    cited = {**ON, "cited": [early]}
    fact = make.ContestedFactFactory(**ON, slug="day")
    make.ValueFactory.create_batch(2, **cited, fact=fact)
    unsettled, unplaced = make.ContestedFactFactory(**ON), make.ContestedFactFactory(**ON)
    make.ValueFactory.create_batch(2, **cited, fact=unplaced)
    make.ValueFactory(**cited, fact=unsettled)
    value = make.ValueFactory(**ON, fact=unsettled, cited=[late])
    act = make.TreatyActionFactory(**cited, treaty__cited=[early])
    article = make.ArticleFactory(**cited, treaty=act.treaty)
    speaker = make.AgentFactory(**ON, slug="putin")
    topic, other = (make.TopicFactory(**ON, slug=slug) for slug in ("help", "trade"))
    article.topics.add(other)
    compared = make.CorrespondenceFactory(**cited, topic=topic)
    visit, signed, unread = (
        event(slug, cited=[source]) for slug, source in (("visit", early), ("signed", early), ("unread", late))
    )
    visit.people.add(speaker)
    visit.treaties.add(act.treaty)
    unsettled.events.add(visit)
    Event.objects.filter(pk=visit.pk).update(note="It may have been later.")
    make.ArticleTieFactory(**cited, article=article, event=visit)
    timeline = selection(visit)
    statement = make.QuoteFactory(**cited, language="ko", utterance__speaker=speaker).utterance
    printing = make.QuoteFactory(**ON, cited=[late], utterance=statement, language="en", words="in English")
    timeline.items.create(utterance=statement, position=9)
    draft = make.SourceFactory(issued="2024-06-17")
    opinion = make.OpinionFactory(**ON, cited=[early, draft], position__question__published=True)
    assessed = make.AssessmentFactory(**cited, question=opinion.position.question, since="2024-06-20")
    date_writes(SHOWN)

    def cite(record: Any, source: Any) -> None:
        record.citations.create(source=source, position=9)

    def publish(source: Any) -> None:
        type(source).objects.filter(pk=source.pk).update(status="PUBLISHED", published_at=dt.datetime.now(dt.UTC))

    later = {
        "timeline/?kind=acts&kind=events": lambda: signed.acts.add(act),
        "timeline/?kind=acts": lambda: ContestedFact.objects.filter(pk=unplaced.pk).update(act=act),
        "timeline/?kind=events": lambda: cite(unread, early),
        "timeline/?kind=events&of=note": lambda: cite(visit, late),
        "timeline/?kind=events&of=value": lambda: cite(value, other_source),
        "timeline/?kind=statements": lambda: fact.utterances.add(statement),
        "timeline/?kind=statements&of=printing": lambda: cite(printing, other_source),
        "timeline/?kind=opinions": lambda: cite(opinion, other_source),
        "timeline/?kind=opinions&of=draft": lambda: publish(draft),
        f"timeline/?treaty={act.treaty.slug}": lambda: signed.treaties.add(act.treaty),
        "timeline/?person=putin": lambda: signed.people.add(speaker),
        "timeline/?topic=trade": lambda: make.ArticleTieFactory(**cited, article=article, event=signed),
        "timeline/?kind=acts&order=known": lambda: cite(act, other_source),
        "timeline/pact/?": lambda: timeline.items.create(event=signed, position=5, chapter="Two"),
        "timeline/pact/?of=cut": lambda: timeline.items.filter(event=visit).delete(),
        f"question/{assessed.question.slug}/?": lambda: fact.assessments.add(assessed),
        f"question/{assessed.question.slug}/?of=answer": lambda: make.PositionFactory(question=assessed.question),
        f"quote/{statement.slug}/?": lambda: cite(statement.quotes.get(language="ko"), other_source),
        "compare/help/?": lambda: article.topics.add(topic),
        "compare/help/?of=side": lambda: compared.sides.create(
            treaty=act.treaty, presence="ABSENT", basis="It is silent."
        ),
        "compare/help/?of=treaty": lambda: publish(make.TreatyFactory(**cited)),
    }
    addresses = {widget: f"/embed/{widget}&as_of=2025-01-01" for widget in later}
    seen = {widget: text(address) for widget, address in addresses.items()}
    pinned = {widget: text(f"{address}&shown_by=2026-11-30") for widget, address in addresses.items()}
    for change in later.values():
        change()
    tie = ArticleTie.objects.latest("pk")
    tie.published_at = dt.datetime.now(dt.UTC)
    tie.save()
    clock.shift(dt.timedelta(days=1))
    date_writes(dt.datetime.now(dt.UTC), but=SHOWN)
    for widget, address in addresses.items():
        assert text(address) != seen[widget], widget
        assert text(f"{address}&shown_by=2026-11-30") == pinned[widget], widget


def in_other_words(model: Any) -> dict[str, Any]:
    """The columns of a table that hold running text, with a word more."""
    texts = [each for each in model._meta.concrete_fields if isinstance(each, TextField | CharField)]
    free = [each for each in texts if not each.choices and not each.unique and (each.max_length or 999) >= 60]
    return {
        each.name: Concat(each.name, Value(" anew"))
        for each in free
        if not each.name.endswith(("url", "path", "locator"))
    }


def test_a_pinned_widget_stays_whatever_words_and_dates_are_put_right_and_ties_are_cut_later(clock: Any) -> None:
    built = stage.build(2)
    timeline = selection(built.event)
    timeline.items.create(position=7, utterance=built.utterance, chapter="Said", note="At the dinner.")
    date_writes(SHOWN)
    addresses = [
        "timeline/?as_of=2025-01-01",
        *(f"timeline/?kind={kind}&as_of=2025-01-01" for kind in KINDS),
        f"timeline/?topic={built.topic.slug}&as_of=2025-01-01",
        f"timeline/?person={built.agent.slug}&as_of=2025-01-01",
        "timeline/?treaty=2024&order=known&as_of=2025-01-01",
        "timeline/pact/?as_of=2025-01-01",
        f"compare/{built.topic.slug}/?as_of=2025-01-01",
        f"question/{built.question.slug}/?as_of=2025-01-01",
        f"quote/{built.utterance.slug}/?original=1&as_of=2025-01-01",
    ]
    addresses = [f"/embed/{address}" for address in addresses]
    seen = {address: text(address) for address in addresses}
    pinned = {address: text(f"{address}&shown_by=2026-11-30") for address in addresses}
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("apps.") or issubclass(model, Kept):
            continue
        if model._meta.auto_created:
            model._base_manager.all().delete()
        elif words := in_other_words(model):
            model._base_manager.update(**words)
    for model, name in ((Event, "happened"), (TreatyAction, "happened"), (Utterance, "said"), (Opinion, "stated")):
        bounds = {f"{name}_{end}": dt.datetime(1999, 1, 1, tzinfo=dt.UTC) for end in ("earliest", "latest")}
        model.objects.filter(pk=model.objects.earliest("pk").pk).update(**{name: "1999-01-01"}, **bounds)
    timeline.items.all().delete()
    clock.shift(dt.timedelta(days=1))
    date_writes(dt.datetime.now(dt.UTC), but=SHOWN)
    for address in addresses:
        assert get(address).content.decode() != seen[address], address
        assert text(f"{address}&shown_by=2026-11-30") == pinned[address], address


def test_what_is_withdrawn_leaves_a_pinned_widget_even_if_it_comes_back_in_other_words() -> None:
    gone, back = event("gone"), event("back")
    selection(event("stays"), gone, back)
    printing = make.QuoteFactory(**ON, utterance__slug="x")
    date_writes(SHOWN)
    address = "/embed/timeline/pact/?as_of=2025-01-01&shown_by=2026-03-01"
    assert "Event gone" in text(address) and "Event back" in text(address)
    for record in (gone, back, printing, printing.utterance):
        workflow.move(record, "WITHDRAWN", by=None, at=dt.datetime.now(dt.UTC))
    for step in ("REVIEW", "PUBLISHED"):
        workflow.move(back, step, by=None, at=dt.datetime.now(dt.UTC))
    date_writes(dt.datetime.now(dt.UTC), but=SHOWN)
    body = text(address)
    assert "Event stays" in body and "Event gone" not in body and "Event back" not in body
    assert "Event back" in text("/embed/timeline/pact/")
    assert "was withdrawn from the record on" in text("/embed/quote/x/", 410, as_of="2025-01-01", shown_by="2026-03-01")


def test_a_pinned_widget_tells_of_what_was_corrected_in_it_since_and_keeps_its_words() -> None:
    signed = event("signed")
    selection(signed)
    date_writes(SHOWN)
    Event.objects.update(title="Signed at last")
    make.CorrectionFactory(record_path="/timeline/#event-signed", corrected_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    date_writes(dt.datetime(2026, 3, 2, tzinfo=dt.UTC), but=SHOWN)
    for shown_by, title, told in (
        ("2026-03-01", "Event signed", "corrected since, on 2 March 2026"),
        ("2026-03-03", "Signed at last", "corrected on 2 March 2026"),
    ):
        body = text("/embed/timeline/pact/", as_of="2025-01-01", shown_by=shown_by)
        assert title in body and told in Page(body).words


@pytest.mark.parametrize(
    "path",
    ["/timeline/pact/", "/timeline/?go=event-signed#event-signed", "/timeline/#event-signed", "/quotes/x/#x-ru"],
)
def test_a_correction_by_whatever_address_reaches_the_widget_its_status_and_the_feed(path: str) -> None:
    said = make.QuoteFactory(**ON, utterance__slug="x").utterance
    selection(event("signed")).items.create(position=1, utterance=said)
    for other in ("/timeline/other/", "/timeline/", "/timeline/#event-signe", "/quotes/xy/", ""):
        make.CorrectionFactory(record_path=other, record_label="Another")
    assert "no corrections" in text("/embed/timeline/pact/")
    make.CorrectionFactory(record_path=path, corrected_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    body = text("/embed/timeline/pact/")
    assert re.search(r'<a href="/corrections/[^"]*">corrected on 2 March 2026</a>', body)
    assert len(status("timeline/pact/", since="2024-12-01")["corrected"]) == 1
    assert text("/feeds/record.atom?timeline=pact").count("<title>Correction: ") == 1


def test_a_widget_of_the_record_as_it_stood_then_says_so_and_knows_nothing_later(clock: Any) -> None:
    event("old")
    date_writes(SHOWN)
    for query in ({"shown_by": "2025-03-01"}, {"shown_by": "2025-03-01", "as_of": "2026-11-01"}):
        body = text("/embed/timeline/", **query)
        assert "Pinned to the record as it stood by the end of 1 March 2025 · 1 entry" in Page(body).words
        clock.shift(dt.timedelta(days=40))
        assert text("/embed/timeline/", **query) == body


def test_a_pin_of_today_is_of_the_minute_at_which_it_was_made(clock: Any) -> None:
    built = stage.build(2)
    date_writes(SHOWN)
    clock.move_to(dt.datetime(2026, 12, 1, 12, 0, 30, tzinfo=dt.UTC))
    made = json.loads(text("/oembed/", url=f"{SITE}{built.question.get_absolute_url()}?as_of=2026-12-01"))["html"]
    address = unescape(re.search('src="http://testserver([^"]+)"', made)[1])
    assert "as_of=2026-12-01&shown_by=20" in address
    body = text(address)
    for days in (0, 1, 40):
        clock.shift(dt.timedelta(days=days, minutes=3))
        assert text(address) == body
    assert "2026-12-01 is not over" not in body


def test_a_day_that_is_not_over_pins_nothing() -> None:
    assert "2026-12-01 is not over, and a widget would change with it" in text(
        "/embed/timeline/", 400, shown_by="2026-12-01"
    )


def test_the_filters_of_the_timeline_are_those_of_its_widget() -> None:
    event("parade", category="MILITARY")
    event("visit", category="SUMMIT")
    body = text("/embed/timeline/", category="military", words="event")
    assert "Event parade" in body and "Event visit" not in body
    assert 'href="/timeline/?category=military&amp;words=event"' in body
    assert "Military" in Page(body).title
    assert "from 1961, until June 2024" in text("/embed/timeline/", **{"from": "1961", "to": "2024-06"})


def test_statements_of_a_timeline_stand_in_the_language_that_is_asked_for_where_they_are_on_record_in_it() -> None:
    said = make.QuoteFactory(**ON, language="en", words="We will help").utterance
    other = make.QuoteFactory(**ON, language="en", words="We will not").utterance
    source = make.SourceFactory(**ON, slug="rodong")
    make.QuoteFactory(**ON, utterance=said, language="ko", words="우리는 도울 것이다", cited=[source])
    pact = selection()
    for position, utterance in enumerate((said, other)):
        pact.items.create(position=position, utterance=utterance)
    english, korean = (text("/embed/timeline/pact/", **query) for query in ({}, {"lang": "ko"}))
    assert "“We will help”" in english and "우리는" not in english and "source-rodong" not in english
    assert "“We will not”" in korean and "We will help" not in korean
    assert re.search(r'<h\d lang="ko"><a [^>]*>“우리는 도울 것이다”</a>', korean) and 'id="source-rodong"' in korean
    assert '<option value="ko" selected>' in text("/embed/", slug="pact", lang="ko")
    assert "It can be en." in text(f"/embed/question/{make.AssessmentFactory(**ON).question.slug}/", 400, lang="ko")


# --- what it refuses ----------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("height=1000000", "from 200 to 4000"),
        ("accent=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "six hexadecimal digits"),
        ("kind=gossip", "There is no kind"),
        ("from=2025&to=2024", "ends before it begins"),
        ("page=0", "from 1 on"),
        ("lang=de", "It can be ko, ru or en."),
        ("&".join(f"words=w{n}" for n in range(1000)), "at most 60 parameters"),
    ],
)
def test_a_bad_address_is_answered_with_one_sentence_that_stands_in_a_frame(query: str, said: str) -> None:
    body = text(f"/embed/timeline/?{query}", 400)
    assert said in Page(body).words
    assert "<script>alert" not in body
    assert '<a href="/">The Pact Record</a>' in body


def test_what_is_withdrawn_says_so_and_a_draft_is_like_what_never_was() -> None:
    make.TimelineFactory(slug="draft").items.create(position=0, event=event("signed"))
    make.TimelineFactory(withdrawn=True, slug="gone")
    assert "was withdrawn from the record on 1 June 2025" in text("/embed/timeline/gone/", 410)
    drafted, never = text("/embed/timeline/draft/", 404), text("/embed/timeline/never/", 404)
    assert drafted == never


def test_a_timeline_takes_six_queries_at_most_whatever_is_asked_of_it() -> None:
    built = stage.build(4)
    source = make.SourceFactory(**ON)
    events = [make.EventFactory(**ON, cited=[source], happened=f"2024-07-{n % 28 + 1:02d}") for n in range(110)]
    for each in events:
        each.treaties.set([built.treaty])
    date_writes(SHOWN)
    slug = built.timeline.slug
    for address in (
        "/embed/timeline/",
        "/embed/timeline/?as_of=2025-01-01&shown_by=2026-01-01&page=2",
        f"/embed/timeline/?treaty={built.treaty.slug}&page=2",
        f"/embed/timeline/?treaty={built.treaty.slug}&as_of=2025-01-01&order=known",
        f"/embed/timeline/{slug}/?treaty={built.treaty.slug}",
    ):
        with CaptureQueriesContext(connection) as queries:
            assert get(address).status_code == 200
        assert len(queries) <= 6, (address, len(queries))


# --- what became of it --------------------------------------------------------


def test_a_widget_is_kept_for_a_minute_where_many_ask_for_it(settings: Any, clock: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    event("first", "2024-06-19")
    assert "1 entry" in text("/embed/timeline/")
    event("second", "2024-06-20")
    with CaptureQueriesContext(connection) as queries:
        assert "1 entry" in text("/embed/timeline/")
    assert not queries
    assert "0 entries" in text("/embed/timeline/", kind="acts")
    clock.shift(dt.timedelta(seconds=61))
    assert "2 entries" in text("/embed/timeline/")


def status(path: str, code: int = 200, **query: Any) -> Any:
    response = get(f"/embed/{path}status.json", **query)
    assert response.status_code == code, response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def test_an_embedder_is_told_what_changed_since_it_pasted_a_timeline() -> None:
    old, new = event("old"), event("new")
    type(new).objects.filter(pk=new.pk).update(published_at=SHOWN + dt.timedelta(days=30))
    selection(old, new)
    date_writes(SHOWN)
    make.CorrectionFactory(record_path=old.get_absolute_url(), corrected_at=SHOWN + dt.timedelta(days=20))
    make.CorrectionFactory(record_path="/facts/other/", corrected_at=SHOWN + dt.timedelta(days=20))
    told = status("timeline/pact/", since="2025-01-02")
    assert told["changed"] is True
    assert (told["published"], told["withdrawn"], len(told["corrected"])) == (1, 0, 1)
    assert told["corrected"][0]["what"] == "The day: 18 June, now 19 June."
    assert told["feed"] == f"{SITE}/feeds/record.atom?timeline=pact"
    later = status("timeline/pact/", since="2025-03-01T00:00Z")
    assert (later["changed"], later["published"], later["corrected"]) == (False, 0, [])


def test_an_embedder_is_told_of_what_was_withdrawn_from_a_timeline() -> None:
    gone = make.EventFactory(withdrawn=True)
    selection(event("signed"), gone)
    make.EventFactory(withdrawn=True)
    before = TAKEN_BACK - dt.timedelta(days=1)
    assert status("timeline/pact/", since=f"{before:%Y-%m-%d}")["withdrawn"] == 1
    assert status("timeline/", since=f"{before:%Y-%m-%d}")["withdrawn"] == 2


def test_an_embedder_is_told_what_an_editor_chose_for_a_timeline_and_took_out_of_it() -> None:
    first, second, third = (event(slug) for slug in ("first", "second", "third"))
    timeline = selection(first, second)
    date_writes(SHOWN)
    timeline.items.filter(event=second).delete()
    timeline.items.create(event=third, position=7)
    date_writes(SHOWN + dt.timedelta(days=9), but=SHOWN)
    for since, told in ((SHOWN + dt.timedelta(days=2), (True, 1, 1)), (SHOWN + dt.timedelta(days=12), (False, 0, 0))):
        found = status("timeline/pact/", since=f"{since:%Y-%m-%d}")
        assert (found["changed"], found["chosen"], found["taken_out"]) == told
        assert (found["published"], found["withdrawn"]) == (0, 0)


def test_no_embedder_is_told_of_a_withdrawal_that_its_widget_never_showed() -> None:
    early, late = (make.SourceFactory(**ON, issued=day) for day in ("2024-06-18", "2024-07-20"))
    gone = make.EventFactory(withdrawn=True, cited=[early], happened="2024-06-18", category="MILITARY")
    make.EventFactory(withdrawn=True, cited=[late], happened="2024-07-19")
    make.OpinionFactory(withdrawn=True)
    said = make.UtteranceFactory(withdrawn=True, occasion="Toast")
    make.QuoteFactory(withdrawn=True, utterance=said, words="To the alliance")
    make.QuoteFactory(utterance=said, words="To a draft")
    gone.treaties.add(make.TreatyFactory(**ON, slug="2024"))
    for told, query in (
        (4, {}),
        (1, {"words": gone.title}),
        (1, {"words": "alliance"}),
        (1, {"words": "toast", "kind": "statements"}),
        (0, {"words": "to a draft"}),
        (0, {"words": "nobody wrote this"}),
        (1, {"as_of": "2024-06-19"}),
        (0, {"as_of": "2025-01-01", "shown_by": f"{SHOWN - dt.timedelta(days=1):%Y-%m-%d}"}),
        (1, {"treaty": "2024"}),
        (1, {"category": "military"}),
        (1, {"from": "2024-07"}),
    ):
        assert status("timeline/", since="2025-05-01", **query)["withdrawn"] == told, query


def test_an_embedder_is_told_where_more_was_published_than_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.embeds.status.MOST", 2)
    for slug, more in (("a", False), ("b", False), ("c", True)):
        event(slug)
        told = status("timeline/", since="2024-12-01", kind="events")
        assert (told["published"], told["published_at_least"]) == (min(ord(slug) - 96, 2), more)


def test_a_refusal_and_a_status_are_not_kept_long() -> None:
    make.TimelineFactory(withdrawn=True, slug="gone")
    assert "stale-while-revalidate" in get("/embed/timeline/")["Cache-Control"]
    for path in ("?kind=gossip", "never/", "gone/", "status.json?since=2025-01-01"):
        assert get(f"/embed/timeline/{path}")["Cache-Control"] == "public, max-age=60", path


def test_a_pinned_widget_takes_in_nothing_that_is_published_later() -> None:
    selection(event("signed", cited=[make.SourceFactory(**ON, issued="2024-06-18")]))
    told = status("timeline/pact/", since="2024-07-01", as_of="2024-06-19")
    assert (told["pinned"], told["changed"], told["published"]) == ("2024-06-19", False, 0)
    assert "pinned to a moment" in told["note"] and told["feed"] is None
    date_writes(SHOWN)
    told = status("timeline/pact/", since="2024-07-01", as_of="2024-06-19", shown_by="2026-03-01")
    assert "stays as it is" in told["note"] and not told["changed"]
    assert "application/atom+xml" not in text("/embed/timeline/pact/", as_of="2024-06-19")


def test_the_status_of_a_pinned_widget_tells_what_was_corrected_in_it_and_what_left_it() -> None:
    gone, back, out, stays = (event(slug) for slug in ("gone", "back", "out", "stays"))
    timeline = selection(gone, back, out, stays)
    printing = make.QuoteFactory(**ON, utterance__slug="x", position=0)
    make.QuoteFactory(**ON, utterance=printing.utterance, position=1)
    date_writes(SHOWN)
    pin = {"as_of": "2025-01-01", "shown_by": "2025-01-02"}
    timeline.items.filter(event__in=[out, stays]).delete()
    timeline.items.create(event=event("late"), position=9)
    day = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
    date_writes(day, but=SHOWN)
    told = status("timeline/pact/", since="2025-01-03", **pin)
    assert (told["changed"], told["published"], told["chosen"], told["taken_out"]) == (False, 0, 0, 0)
    make.CorrectionFactory(record_path="/timeline/#event-stays", corrected_at=day)
    for record in (gone, back, out, printing):
        workflow.move(record, "WITHDRAWN", by=None, at=day)
    for step in ("REVIEW", "PUBLISHED"):
        workflow.move(back, step, by=None, at=day)
    for kept in apps.get_models():
        if issubclass(kept, Kept):
            kept._base_manager.exclude(pgh_created_at__lte=day).update(pgh_created_at=day + dt.timedelta(hours=36))
    for since, corrected, withdrawn in (("2025-01-03", 1, 3), ("2025-03-02", 0, 3), ("2025-03-03", 0, 0)):
        told = status("timeline/pact/", since=since, **pin)
        assert (len(told["corrected"]), told["withdrawn"]) == (corrected, withdrawn), since
    assert status("quote/x/", since="2025-01-03", **pin)["withdrawn"] == 1
    assert status("quote/x/", since="2025-03-03", **pin)["withdrawn"] == 0


def test_every_kind_of_widget_tells_of_its_changes() -> None:
    built = stage.build(2)
    make.CorrectionFactory(record_path=built.question.get_absolute_url(), corrected_at=SHOWN + dt.timedelta(days=9))
    for path in (
        f"compare/{built.topic.slug}/",
        f"question/{built.question.slug}/",
        f"quote/{built.utterance.slug}/",
    ):
        assert status(path, since="2024-12-01")["published"] > 0, path
        told = status(path, since="2025-01-02")
        assert told["published"] == 0 and len(told["corrected"]) == path.startswith("question"), path


def test_a_status_asked_badly_is_answered_as_programs_read_it() -> None:
    selection(event("signed"))
    assert "since when" in status("timeline/pact/", 400)["error"]
    assert "not a moment" in status("timeline/pact/", 400, since="yesterday")["error"]
    assert "no timeline" in status("timeline/never/", 404, since="2025-01-01")["error"]


# --- oEmbed -------------------------------------------------------------------


class OurProvider(Provider):
    """A consumer's client that reaches the site without a network."""

    def fetch(self, url: str) -> str:
        response = get(url.removeprefix(SITE))
        if response.status_code != 200:
            raise ProviderException(response.content.decode())
        return response.content.decode()


def consumer() -> ProviderRegistry:
    registry = ProviderRegistry()
    registry.register(rf"{SITE}/\S*", OurProvider(f"{SITE}/oembed/"))
    return registry


def test_a_consumer_turns_a_pasted_link_into_the_widget_with_its_filters_and_moment() -> None:
    selection(event("signed", cited=[make.SourceFactory(**ON, issued="2024-06-18")]))
    date_writes(SHOWN)
    link = f"{SITE}/timeline/pact/?category=summit&as_of=2024-06-19&lanes=voices"
    told = consumer().request(link, maxwidth=320, maxheight=210)
    assert (told["type"], told["version"], told["width"], told["height"]) == ("rich", "1.0", 320, 210)
    assert told["title"] == "How the text came out"
    html = consumer().parse_text(f"An article.\n\n{link}\n\nIt goes on.")
    assert 'src="http://testserver/embed/timeline/pact/?category=summit&amp;as_of=2024-06-19&amp;shown_by=20' in html
    assert html.count("<iframe") == 1 and "<script" not in html
    with pytest.raises(ProviderException):
        consumer().request(f"{SITE}/about/")


def test_every_page_that_can_be_embedded_names_its_widget_to_those_who_look_for_it() -> None:
    built = stage.build(1)
    pages = [each.get_absolute_url() for each in (built.timeline, built.topic, built.question, built.utterance)]
    for path in ["/timeline/", *pages]:
        body = text(path)
        for kind in ("application/json", "text/xml"):
            found = re.search(rf'type="{kind}\+oembed" title="oEmbed" href="{SITE}([^"]+)"', body)
            assert found, (path, kind)
            answer = get(found[1].replace("&amp;", "&"))
            assert answer.status_code == 200, (path, kind)
            assert f"{SITE}/embed/" in answer.content.decode()
            assert answer["Content-Type"].startswith(kind)
        share = re.search(r'<a href="(/embed/\?[^"]+)">Share this', body)
        assert share, path
        assert "<iframe" in text(share[1].replace("&amp;", "&"))


def test_bounds_that_no_widget_reaches_bound_nothing() -> None:
    selection(event("signed"))
    plain = text("/oembed/", url=f"{SITE}/timeline/pact/")
    for most in ("1000000", "9" * 40, "0009999"):
        assert text("/oembed/", url=f"{SITE}/timeline/pact/", maxwidth=most, maxheight=most) == plain


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", 400),
        ("url={site}/timeline/&maxwidth=0", 400),
        ("url={site}/timeline/&maxwidth=wide", 400),
        ("url={site}/timeline/&maxheight=-1", 400),
        ("url={site}/admin/", 401),
        ("url={site}/timeline/gone/", 401),
        ("url={site}/timeline/never/", 404),
        ("url={site}/timeline/?kind=gossip", 404),
        ("url={site}/about/", 404),
        ("url=http://elsewhere.example/timeline/", 404),
        ("url=javascript:alert(1)", 404),
        ("url=http://[", 404),
        ("url={site}/timeline/&format=yaml", 501),
    ],
)
def test_a_consumer_is_refused_as_the_specification_says(query: str, code: int) -> None:
    make.TimelineFactory(withdrawn=True, slug="gone")
    response = get(f"/oembed/?{query.format(site=SITE)}")
    assert response.status_code == code
    assert response["Content-Type"].startswith("text/plain")


# --- the builder --------------------------------------------------------------


def test_the_builder_gives_three_snippets_of_what_is_chosen_and_shows_it() -> None:
    selection(event("parade", category="MILITARY"))
    body = text("/embed/", what="timeline", slug="pact", category="military", theme="dark", accent="", height="500")
    address = "/embed/timeline/pact/?category=military&amp;theme=dark"
    assert f'<iframe class="frame" src="{address}"' in body
    pasted = re.findall(r"<textarea[^>]*>(.*?)</textarea>", body, re.S)
    assert len(pasted) == 3
    assert "&lt;pact-embed src=&quot;" in pasted[0] and "height=&quot;500&quot; fixed" in pasted[0]
    assert "/embed/pact-embed.js" in pasted[0]
    assert pasted[1].startswith("&lt;iframe src=&quot;") and "\n" not in pasted[1]
    assert pasted[2] == f"{SITE}/timeline/pact/?category=military"
    date_writes(SHOWN)
    pasted = re.findall(r"<textarea[^>]*>(.*?)</textarea>", text("/embed/", slug="pact", as_of="2024-06-21"), re.S)
    link = unescape(pasted[2])
    assert link.startswith(f"{SITE}/timeline/pact/?as_of=2024-06-21&shown_by=20")
    # However often a host asks again, it is given the same pin.
    assert link.partition("?")[2] in unescape(json.loads(text("/oembed/", url=link))["html"])
    assert '<option value="dark" selected>' in body
    assert re.search(r'name="category" value="military" checked', body)


def test_the_form_of_the_builder_follows_what_is_chosen_in_it() -> None:
    selection(event("parade"))
    for slug, order in (("", "As it happened"), ("pact", "As the editors set it")):
        query = {"what": "timeline", "slug": slug, "order": ""}
        part = Client().get("/embed/", query, headers={"HX-Request": "true"}).content.decode()
        assert 'id="built"' in part and "<html" not in part
        assert f'<option value="" selected>{order}</option>' in part and 'id="order" hx-swap-oob="true"' in part
    assert "oob" not in text("/embed/")


def test_the_builder_offers_who_and_which_topic_a_timeline_is_about() -> None:
    speaker, other = (make.AgentFactory(**ON, slug=slug, name=slug.title()) for slug in ("putin", "kim"))
    for who in (speaker, speaker, other):
        make.QuoteFactory(**ON, utterance__speaker=who)
    make.TopicFindingFactory(**ON, topic__slug="aid", topic__title="Help")
    form = text("/embed/")
    offered = re.search(r'<select id="b-person" name="person">(.*?)</select>', form)
    assert offered and re.findall(r'value="([^"]*)"', offered[1])[:3] == ["", "putin", "kim"]
    assert '<option value="aid">Help</option>' in form
    assert text("/embed/", topic="aid").count('value="aid" selected') == 1
    body = text("/embed/?person=kim&person=putin")
    assert '<option value="kim" selected>Kim</option>' in body
    assert re.search(r'name="person" value="putin" checked', body)
    assert "/embed/timeline/?person=kim&amp;person=putin" in body


def test_the_builder_may_frame_what_it_builds_and_may_not_be_framed() -> None:
    event("signed")
    policy = get("/embed/")["Content-Security-Policy"]
    assert "frame-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "frame-src" not in get("/")["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["accent=red", "height=-5", "kind=gossip", "slug=never", "slug=a%00/b", "as_of=x"])
def test_the_builder_keeps_the_form_and_says_what_is_wrong(query: str) -> None:
    event("signed")
    body = text(f"/embed/?{query}", 400)
    assert "That cannot be shown" in body and 'id="b-slug"' in body and "<textarea" not in body


def test_the_builder_costs_the_same_whatever_the_record_holds() -> None:
    built = stage.build(2)
    for what, slug in (("compare", built.topic.slug), ("question", ""), ("quote", ""), ("timeline", "")):
        with CaptureQueriesContext(connection) as queries:
            assert get(f"/embed/?what={what}&slug={quote(slug)}").status_code == 200
        assert len(queries) <= 11, what


def test_the_script_stands_at_an_address_that_stays() -> None:
    response = get("/embed/pact-embed.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert b"customElements.define" in response.content
    assert response["Access-Control-Allow-Origin"] == "*"
