"""How many queries a page takes does not depend on how much the record holds."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests import factories as make
from tests.site import stage
from tests.site.addresses import public_routes

# Measured on a stage of two; a page that needs more says why in the commit that raises it.
MOST = {
    "healthz": 0,
    "readyz": 1,
    "embed_accent": 0,
    "embed_script": 0,
    "robots": 0,
    "about": 1,
    "about_as_of": 1,
    "corrections": 3,
    "people": 6,
    "questions": 5,
    "facts": 4,
    "fact": 12,
    "embed_timeline": 6,
    "embed_curated_timeline": 6,
    "embed_compare": 6,
    "embed_question": 6,
    "embed_quote": 6,
    "oembed": 6,
    "sitemap": 9,
    "sitemap_section": 2,
    "embed": 9,
    "search": 8,
    "misspelt": 8,
    "suggest": 5,
    "quotes": 10,
    "quote": 10,
    "sources": 10,
    "record_atom": 10,
    "timeline_ics": 10,
    "compare": 12,
    "treaties": 13,
    "status_quote": 10,
    "status_question": 10,
    "status_compare": 12,
    "status_curated_timeline": 20,
    "status_timeline": 18,
    "by_expert": 8,
    "person": 19,
    "sides": 14,
    "source_balance": 30,
    "timeline_json": 16,
    "question": 24,
    "curated_timeline": 28,
    "treaty": 24,
    "changes": 21,
    "timeline": 26,
    "article": 28,
    "topic": 29,
    "home": 32,
    "source": 40,
}


def queries_of(addresses: dict[str, str]) -> dict[str, int]:
    """How many queries each address takes, whole and as of a day on which all of the stage was known."""
    client, taken = Client(), {}
    for name, address in addresses.items():
        for moment in ("", "as_of=2025-01-01"):
            asked = f"{address}{'&' if '?' in address else '?'}{moment}" if moment else address
            with CaptureQueriesContext(connection) as queries:
                assert client.get(asked).status_code == 200, asked
            taken[f"{name} {moment}".strip()] = len(queries)
    return taken


@pytest.mark.django_db
def test_every_page_keeps_to_its_budget_and_a_record_three_times_larger_costs_it_no_query_more() -> None:
    with transaction.atomic():
        addresses = stage.build(2).addresses()
        assert {resolve(address.partition("?")[0]).url_name for address in addresses.values()} == public_routes()
        small = queries_of(addresses)
        transaction.set_rollback(True)
    over = {name: count for name, count in small.items() if count > MOST[name.split()[0]] + 2 * (" " in name)}
    assert not over, over
    large = queries_of(stage.build(6).addresses())
    grown = {name: (small[name], large[name]) for name in small if large[name] > small[name]}
    assert not grown, f"queries for two of everything and for six: {grown}"


@pytest.mark.django_db
def test_ten_treaties_of_fifty_articles_cost_the_comparison_nothing() -> None:
    built = stage.build(1)
    for number in range(10):
        treaty = make.TreatyFactory(published=True, slug=f"{1970 + number}", cited=[built.source])
        for order in range(1, 51):
            article = make.ArticleFactory(published=True, treaty=treaty, order=order, cited=[built.source])
            article.topics.add(built.topic)
    asked = ["", "treaty=1961&treaty=2000&treaty=2024", "treaty=1970&treaty=1975&treaty=1979", "as_of=2025-01-01"]
    for query in asked:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/compare/?{query}").status_code == 200
        assert len(queries) <= MOST["compare"], query
