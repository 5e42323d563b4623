"""A page of search beside ILIKE over the same rows and beside a page found by its key, on 100,000 records."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django

RECORDS = 100_000
SEED = 2024
RUNS = 7
BATCH = 5_000
MOST_QUERIES = 8
SPEAKERS = 400
# How many of the records hold each: what a search for it has to find among them.
RARE = {"Kumsusan": 12, "plenipotentiary": 150, "군사적": 40, "지체없이": 400}
COMMON = "assistance"
PER_COMMON = 20
# What finds nothing, so that other words and names near it are looked for.
IN_VAIN = ("asistance nowhere", "Speakar asistance plenipotentary nowhere")
ABOUT = """\
{records:,} records (events, statements, sources) in one PostgreSQL. Times in ms, the median of {runs}. “page” is a
whole answer of the site in this process, beside that of a statement's own page, found by its key. “ours” is the query
of that page: thirty hits by rank, the number of all, and their filters with counts. ILIKE asks the same columns of the
same rows for the same words, as of the same moment, for the number of all and the latest thirty; it knows no rank, no
filters, no forms of words, and a name only as it is spelt in the row."""
WORDS = (
    "agreement airport alliance ambassador analysis border bridge cargo ceremony charter clause committee consultation "
    "container cooperation corridor credit customs declaration delegation delivery deputy dialogue document draft duma "
    "economy embassy exchange exercise expert export factory ferry forum freight friendship grain guarantee harbour "
    "health import industry inspection institute interest investment joint journal language letter list market meeting "
    "memorandum minister mission negotiation notice observer office partnership passage payment plan port press price "
    "protest protocol province railway ratification region report rouble route sanction satellite scholar seminar "
    "session shipment signature spokesman statement station strategy supply talks tariff technology territory text "
    "tourism trade transfer treaty university veto visit wagon warning weather worker"
).split()
KOREAN = (
    "조약 협력 회담 대표단 외무성 방문 선언 교류 무역 철도 항구 성명 정상 합의 발표 서명 비준 관계 발전 평화".split()
)
RUSSIAN = "договор сотрудничество визит делегация граница поставка заявление встреча порт груз посол текст".split()


@dataclass(frozen=True)
class Timed:
    """One thing that was asked for: how many it finds, and how long each way takes, in ms."""

    asked: str
    found: int
    page: float
    ours: float
    theirs: float
    queries: int


def report(records: int = RECORDS) -> Iterator[str]:
    """The whole measurement, line by line as it is made."""
    django.setup()
    from tests import databases

    with databases.scratch():
        begun = time.perf_counter()
        put_on_record(records)
        yield f"Search; {records:,} records written and read for search in {time.perf_counter() - begun:.0f} s."
        yield ABOUT.format(records=records, runs=RUNS)
        yield ""
        yield from _measured()


def _measured() -> Iterator[str]:
    by_key = _answered("/quotes/s-1000/")
    yield f"page by its key: {by_key:.1f} ms"
    yield ""
    yield f"{'asked for':<44} found queries    page  by key    ours   ILIKE  ILIKE/ours"
    rows = []
    for asked in (*RARE, f'"{COMMON} without delay"', COMMON, f"{COMMON} treaty", "Speaker 17"):
        for at in ("", "2010-01-01"):
            row = _timed(asked, at)
            rows.append(row)
            yield (
                f"{row.asked:<44} {row.found:>5,} {row.queries:>7} {row.page:>7.1f} {row.page / by_key:>6.1f}x "
                f"{row.ours:>7.1f} {row.theirs:>7.1f} {row.theirs / row.ours:>10.1f}x"
            )
    yield ""
    yield f"{'asked for in vain':<50} queries    page  by key"
    vain = []
    for asked in IN_VAIN:
        address, queries = _asked(asked)
        vain.append((queries, _answered(address) / by_key))
        yield f"{asked:<50} {queries:>7} {vain[-1][1] * by_key:>7.1f} {vain[-1][1]:>6.1f}x"
    yield ""
    most = max(*(row.queries for row in rows), *(queries for queries, _ in vain))
    page = statistics.median(row.page / by_key for row in rows)
    in_vain = max(ratio for _, ratio in vain)
    times = statistics.median(row.theirs / row.ours for row in rows)
    yield _goal(f"queries of a page at most {MOST_QUERIES}", most, most <= MOST_QUERIES)
    yield _goal("a page of results, times a page by its key at most 5 (median)", page, page <= 5)
    yield _goal("a page that finds nothing, times a page by its key at most 10", in_vain, in_vain <= 10)
    yield _goal("ILIKE for the same, times ours at least 2 (median)", times, times >= 2)


def _goal(goal: str, value: float, reached: bool) -> str:
    return f"{'reached' if reached else 'MISSED ':<8} {goal}: {value:,.3g}"


def _timed(asked: str, at: str) -> Timed:
    from django.utils import timezone

    from apps.editorial.moments import parse as moment
    from apps.search.find import Chosen, found
    from apps.search.query import parse

    instant = moment(at, now=timezone.now()) if at else None
    address, queries = _asked(asked, at)
    page = _answered(address)
    total = found(parse(asked), instant, Chosen()).total
    ours = _median(lambda: found(parse(asked), instant, Chosen()))
    theirs = _median(lambda: by_ilike(asked, instant))
    name = f"{asked}{f' as of {at}' if at else ''}"
    return Timed(name, total, page, ours, theirs, queries)


def _asked(words: str, at: str = "") -> tuple[str, int]:
    """The address of a search, and how many queries its answer takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = "/search/?" + urlencode({"q": words, **({"as_of": at} if at else {})})
    _answer(address)
    with CaptureQueriesContext(connection) as queries:
        _answer(address)
    return address, len(queries)


def by_ilike(asked: str, at: Any) -> tuple[int, list[Any]]:
    """How many rows hold the words somewhere, or the phrase, and the latest thirty of them: two queries."""
    from django.db.models import F, Q

    from apps.quotes.models import Quote, Utterance
    from apps.sources.models import Source
    from apps.timelines.models import Event

    words = [asked.strip('"')] if asked.startswith('"') else asked.split()

    def held(*columns: str) -> Q:
        condition = Q()
        for word in words:
            condition &= Q(*[(f"{column}__icontains", word) for column in columns], _connector=Q.OR)
        return condition

    said = Quote.objects.published().known_by(at).filter(utterance__in=Utterance.objects.published())
    parts = [
        rows.order_by().annotate(day=F(day)).values_list("day", "pk")
        for rows, day in (
            (Event.objects.shown(at).filter(held("title", "summary", "place", "note")), "happened_earliest"),
            (
                said.filter(held("words", "utterance__occasion", "utterance__place", "utterance__speaker__name")),
                "utterance__said_earliest",
            ),
            (Source.objects.issued_by(at).filter(held("title", "byline", "publisher__name")), "issued_earliest"),
        )
    ]
    woven = parts[0].union(*parts[1:], all=True)
    return woven.count(), list(woven.order_by("-day")[:30])


def _answer(address: str) -> None:
    from django.test import Client

    response = Client().get(address, headers={"host": "localhost"})
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def _answered(address: str) -> float:
    _answer(address)
    return _median(lambda: _answer(address))


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def put_on_record(records: int) -> None:
    """Write a third each of events, statements and sources, published, over sixty years; always the same."""
    from django.db import connection
    from django.utils import timezone

    from apps.quotes.models import Quote, QuoteCitation, Utterance
    from apps.sources.models import Agent, Source
    from apps.timelines.models import Event, EventCitation

    maker = random.Random(SEED)
    public = {"status": "PUBLISHED", "published_at": timezone.now()}
    third = records // 3
    speakers = ({"slug": f"speaker-{n}", "name": f"Speaker {n}", "kind": "PERSON", **public} for n in range(SPEAKERS))
    agents = _made(Agent, speakers)
    texts = _texts(maker, third * 2)
    sources = _made(
        Source,
        (
            {
                "slug": f"r-{n}",
                "type": "article-newspaper",
                "title": " ".join(maker.sample(WORDS, 7)).capitalize(),
                "publisher": maker.choice(agents),
                "issued": _day(n, third),
                "language": "en",
                **public,
            }
            for n in range(third)
        ),
    )
    events = _made(
        Event,
        (
            {
                "slug": f"e-{n}",
                "title": " ".join(maker.sample(WORDS, 6)).capitalize(),
                "summary": texts[n],
                "category": "DIPLOMACY",
                "happened": _day(n, third),
                **public,
            }
            for n in range(third)
        ),
    )
    _made(EventCitation, ({"subject": event, "source": sources[n]} for n, event in enumerate(events)))
    utterances = _made(
        Utterance,
        (
            {
                "slug": f"s-{n}",
                "speaker": agents[n % SPEAKERS],
                "said": _day(n, third),
                "occasion": " ".join(maker.sample(WORDS, 4)).capitalize(),
                **public,
            }
            for n in range(third)
        ),
    )
    quotes = _made(
        Quote,
        (
            {"slug": f"q-{n}", "utterance": said, "words": texts[third + n], "language": "en", **public}
            for n, said in enumerate(utterances)
        ),
    )
    _made(QuoteCitation, ({"subject": quote, "source": sources[n]} for n, quote in enumerate(quotes)))
    with connection.cursor() as cursor:
        # As a database that has run for a while would know, and have put in order.
        cursor.execute("VACUUM ANALYZE")


def _texts(maker: random.Random, count: int) -> list[str]:
    """Texts of three languages; the rare words in as many of them as RARE says, a common one in one of PER_COMMON."""
    found = []
    for n in range(count):
        pool = WORDS if n % 5 < 3 else RUSSIAN if n % 5 == 3 else KOREAN
        words = maker.choices(pool, k=30)
        if n % PER_COMMON == 0:
            words[10:10] = [COMMON, "without", "delay"] if n % (PER_COMMON * 50) == 0 else [COMMON]
        found.append(" ".join(words))
    for word, many in RARE.items():
        for n in maker.sample(range(count), min(many, count)):
            found[n] += f" {word}"
    return found


def _made(model: Any, rows: Iterator[dict[str, Any]]) -> Sequence[Any]:
    return model.objects.bulk_create([model(**row) for row in rows], batch_size=BATCH)


def _day(n: int, of: int) -> str:
    return f"{1961 + n * 64 // of}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
