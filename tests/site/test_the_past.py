"""A page as of a moment shows what could be read by then, and nothing that came later."""

import datetime as dt
import functools
import re
from collections import Counter, deque
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from apps.opinions.models import ContestedFact, Opinion, Question
from apps.quotes.models import Utterance
from apps.sources.models import Agent, Source
from apps.timelines.models import Timeline
from apps.treaties.models import Article, Rendering, Topic

# One worker asks for every page, each once.
pytestmark = [pytest.mark.usefixtures("whole_record"), pytest.mark.xdist_group("past")]

SIGNED = "2024-06-19T15:00Z"
CITED = re.compile(r'<div class="pop"[^>]*\bid="source-([^"]+)"')
LINKED = re.compile(r'href="/sources/(?!balance/)([^/"?#]+)/')
HREF = re.compile(r'\bhref="([^"#]+)')
# What nobody could have written by the signing.
LATER = re.compile(r"Kursk|(?:July|August|September|October|November|December) 2024|\b202[5-9]\b")
OF_A_KIND = 4
MOMENTS = {
    SIGNED: dt.datetime(2024, 6, 19, 15, tzinfo=dt.UTC),
    "2024-06-21": dt.datetime(2024, 6, 22, tzinfo=dt.UTC),
    "2010-01-01": dt.datetime(2010, 1, 2, tzinfo=dt.UTC),
}


@functools.cache
def answer(address: str) -> tuple[int, str]:
    """Status and page; the record does not change."""
    response = Client().get(address)
    return response.status_code, response.content.decode()


def status_of(address: str) -> int:
    return answer(address)[0]


def words_of(address: str) -> str:
    status, page = answer(address)
    assert status == 200, f"{address}: {status}"
    return page


def text_of(address: str) -> str:
    """The words of a page in one line, however they are marked: without elements, and what only those hear who cannot
    see it.
    """
    seen = re.sub(r'<span class="vh".*?</span>', "", words_of(address), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", seen)).split())


def start_of(rendering: Rendering) -> str:
    return " ".join(rendering.text.split())[:60]


def renderings_of_2024() -> list[Rendering]:
    return list(Rendering.objects.published().filter(article__treaty__slug="2024"))


def test_on_the_day_of_the_signature_nobody_has_the_text() -> None:
    page = words_of(f"/treaties/2024/?as_of={SIGNED}")
    assert re.search(r"\b(no|not|nobody)\b[^.<]{0,80}\b(text|words|printed|published|read)\b", page, re.IGNORECASE)
    assert not re.search(r'href="/treaties/2024/(preamble|\d+)/\?', page)
    assert status_of(f"/treaties/2024/4/?as_of={SIGNED}") == 404


def test_no_wording_of_2024_is_readable_on_the_day_of_the_signature() -> None:
    texts = {start_of(rendering) for rendering in renderings_of_2024() if len(rendering.text) > 40}
    assert len(texts) > 10
    topics = [topic.get_absolute_url() for topic in Topic.objects.on_record(MOMENTS[SIGNED])]
    assert len(topics) > 5
    for address in [
        "/",
        "/treaties/",
        "/treaties/2024/",
        "/compare/",
        "/timeline/?sheet=1",
        "/quotes/",
        *topics,
    ]:
        page = text_of(f"{address}{'&' if '?' in address else '?'}as_of={SIGNED}")
        assert not [text for text in texts if text in page], address


def test_the_story_of_20_june_is_no_source_on_the_19th() -> None:
    ap = Source.objects.published().filter(publisher__name="Associated Press", issued__startswith="2024-06-20").first()
    assert ap is not None
    assert status_of(f"{ap.get_absolute_url()}?as_of={SIGNED}") == 404
    assert ap.title not in words_of(f"/sources/?as_of={SIGNED}&publisher={ap.publisher.slug}")
    assert status_of(f"{ap.get_absolute_url()}?as_of=2024-06-21") == 200


def test_two_days_later_pyongyangs_text_is_there_and_moscows_is_not() -> None:
    found = renderings_of_2024()
    kcna = [r for r in found if r.article.number == "4" and r.source.publisher.slug == "kcna" and r.language == "en"]
    page = text_of("/treaties/2024/4/?as_of=2024-06-21")
    assert any(start_of(rendering) in page for rendering in kcna)
    by_then = MOMENTS["2024-06-21"]
    russian = [r for r in found if r.language == "ru" and not (r.source.issued and r.source.issued_latest <= by_then)]
    assert russian
    assert not [r for r in russian if start_of(r) in text_of(f"{r.article.get_absolute_url()}?as_of=2024-06-21")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_page_cites_a_source_of_a_later_day(moment: str) -> None:
    issued = dict(Source.objects.values_list("slug", "issued_latest"))
    lists = [
        "/",
        "/treaties/",
        "/compare/",
        "/timeline/?sheet=1",
        "/questions/",
        "/facts/",
        "/quotes/",
        "/people/",
        "/sources/",
    ]
    records = [
        *Article.objects.published().filter(treaty__slug="2024").select_related("treaty"),
        *Topic.objects.published()[::2],
        *Question.objects.published(),
        *ContestedFact.objects.published()[::2],
        *Timeline.objects.published(),
        *Utterance.objects.published().order_by("-said_earliest")[:10],
        *Source.objects.issued_by(MOMENTS[moment]).order_by("-issued_latest")[:10],
    ]
    addresses = [*lists, *(record.get_absolute_url() for record in records)]
    cited = 0
    for address in addresses:
        status, page = answer(f"{address}{'&' if '?' in address else '?'}as_of={moment}")
        assert status in {200, 404}, address
        slugs = {*CITED.findall(page), *LINKED.findall(page)}
        cited += len(slugs)
        late = {slug for slug in slugs if issued[slug] is None or issued[slug] > MOMENTS[moment]}
        assert not late, f"{address} as of {moment} knows of {late}"
    assert cited > 20


def told_on(page: str) -> str:
    """What a page tells, without the bar that offers other moments."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def later_words(page: str) -> list[str]:
    told = told_on(page)
    return [told[max(0, found.start() - 60) : found.end() + 20] for found in LATER.finditer(told)]


def test_from_the_home_page_of_the_signing_every_way_on_stays_at_that_moment_and_tells_nothing_later() -> None:
    """Some pages of each kind, found by following links that keep the moment."""
    asked, faults = Counter(), []
    seen, queue = {f"/?as_of={SIGNED}"}, deque([f"/?as_of={SIGNED}"])
    while queue:
        address = queue.popleft()
        kind = resolve(urlsplit(address).path).url_name
        asked[kind] += 1
        if asked[kind] > OF_A_KIND:
            continue
        status, page = answer(address)
        if status != 200:
            faults.append(f"{address}: {status}")
        faults += [f"{address}: {words}" for words in later_words(page)]
        for link in HREF.findall(page):
            target = urlsplit(urljoin(address, unescape(link)))
            stays = parse_qs(target.query).get("as_of") == [SIGNED]
            to = f"{target.path}?{target.query}"
            # The builder is no page of the past: it names the minute in which it pins a widget.
            if stays and not target.netloc and to not in seen and target.path != "/embed/":
                seen.add(to)
                queue.append(to)
    assert not faults, "\n".join(faults)
    assert {"question", "fact", "quote", "person", "source", "treaty", "topic", "curated_timeline"} <= set(asked)


def test_what_is_asked_for_by_its_address_has_no_page_at_the_signing_or_tells_nothing_later() -> None:
    answers, faults = Counter(), []
    records = [
        *Question.objects.all(),
        *Timeline.objects.all(),
        *ContestedFact.objects.all()[::3],
        *Agent.objects.order_by("slug")[::12],
    ]
    for record in records:
        status, page = answer(f"{record.get_absolute_url()}?as_of={SIGNED}")
        answers[status] += 1
        if status == 200:
            faults += [f"{record}: {words}" for words in later_words(page)]
    assert not faults, "\n".join(faults)
    assert set(answers) == {200, 404}


def test_who_was_on_no_record_at_the_signing_has_no_page_and_every_way_on_stays_there() -> None:
    status, page = answer(f"/people/mark-rutte/?as_of={SIGNED}")
    assert status == 404
    assert "19 June 2024, 15:00 UTC" in page
    assert not later_words(page)
    main = page.partition("<main")[2].partition("</main>")[0]
    ways = [unescape(link) for link in HREF.findall(main)]
    assert ways
    for way in ways:
        assert parse_qs(urlsplit(way).query).get("as_of") == [SIGNED], way
        assert status_of(way) == 200, way
    assert "/treaties/2024/4/" not in page


def test_before_the_treaty_an_experts_answer_begins_no_question_about_it() -> None:
    at = dt.datetime(2023, 10, 2, tzinfo=dt.UTC)
    printed = Opinion.objects.published().known_by(at).select_related("expert", "position__question")
    early = [opinion for opinion in printed if not opinion.position.question.assessments.shown(at)]
    assert early
    pages = [words_of(f"{address}as_of=2023-10-01") for address in ("/questions/?", "/timeline/?kind=opinions&")]
    for opinion in early:
        question = opinion.position.question.get_absolute_url()
        assert status_of(f"{question}?as_of=2023-10-01") == 404
        assert not [page for page in pages if question in page]


def test_a_question_that_came_up_later_has_no_page_at_the_signing() -> None:
    address = Question.objects.get(slug="troops-in-kursk").get_absolute_url()
    assert status_of(f"{address}?as_of={SIGNED}") == 404
    assert status_of(address) == 200


@pytest.mark.parametrize("moment", ["1962-01-01", "2024-10-15"])
def test_no_source_names_the_later_one_through_which_it_is_known(moment: str) -> None:
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    reported = Source.objects.issued_by(at).exclude(reported_via=None).for_chips()
    late = [source for source in reported if not source.known_through(at)]
    assert late
    for source in late:
        page = words_of(f"{source.get_absolute_url()}?as_of={moment}")
        assert source.reported_via.slug not in page
        assert "nown through" not in told_on(page)
