"""The comparison and one topic of it as a reader sees them, now and as of a day."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def page(address: str, **headers: str) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


@pytest.fixture
def record():
    """Three treaties with one article each; help is promised in 1961 and 2024, not in 2000."""
    old = make.SourceFactory(published=True, issued="2000-02-11")
    signing = make.SourceFactory(published=True, issued="2024-06-19T14:13:00Z")
    text = make.SourceFactory(published=True, issued="2024-06-20")
    topic = make.TopicFactory(published=True, slug="mutual-defence", title="Help if attacked")
    found = {}
    for slug, known, told in (("1961", old, old), ("2000", old, old), ("2024", signing, text)):
        found[slug] = make.TreatyFactory(
            published=True,
            slug=slug,
            cited=[known],
            term="Ten years",
            term_article="1",
            notice="A year",
            notice_article="",
        )
        make.ArticleFactory(
            published=True, treaty=found[slug], order=1, gist=f"What {slug} says.", cited=[told]
        ).topics.set([topic] if slug != "2000" else [])
        make.ObligationFactory(
            published=True,
            treaty=found[slug],
            extent="NONE" if slug == "2000" else "OWED",
            label="Nothing owed" if slug == "2000" else f"Owed {slug}",
            article=found[slug].articles.get() if slug != "2000" else None,
            speed="at once",
            rationale=f"Reason of {slug}.",
            cited=[told],
        )
    row = make.CorrespondenceFactory(published=True, topic=topic, change="It came back.", cited=[old, text])
    for slug, presence in (("1961", "PRESENT"), ("2000", "ABSENT"), ("2024", "PRESENT")):
        side = row.sides.create(treaty=found[slug], presence=presence, basis="")
        side.articles.set(found[slug].articles.all() if presence == "PRESENT" else [])
    return found


def cells(shown: str) -> str:
    return shown.partition('id="topic-mutual-defence"')[2].partition("</tr>")[0]


def test_a_topic_shows_each_treaty_and_tells_what_changed(record):
    row = cells(page("/compare/"))
    assert row.index("It came back.") < row.index("What 1961 says.") < row.index("No such clause.")
    assert row.index("No such clause.") < row.index("What 2024 says.")


def test_a_comparison_is_not_readable_before_all_that_it_compares_had_text(record):
    row = cells(page(f"/compare/?as_of={SIGNED}"))
    assert "What 1961 says." in row
    assert "No article on record deals with it." in row
    assert "Nothing on record yet." in row
    assert "No such clause." not in row
    assert "It came back." not in row
    assert "What 2024 says." not in row


def test_obligations_carry_their_reason_and_the_article_they_rest_on(record):
    shown = page("/compare/").partition('id="obligation-2024-defense"')[2].partition("</td>")[0]
    assert "Owed 2024" in shown
    assert 'href="/treaties/2024/1/"' in shown
    assert "Reason of 2024." in shown
    assert "An editor’s reading" in shown


def test_how_fast_help_comes_is_told_only_where_help_is_owed(record):
    row = page("/compare/").partition('rowheader">How fast')[2].partition("</tr>")[0]
    assert row.count("at once") == 2
    assert row.count("No clause") == 1


def test_term_and_notice_are_gaps_until_the_text_was_printed(record):
    row = page(f"/compare/?as_of={SIGNED}").partition('rowheader">Term')[2].partition("</tr>")[0]
    assert row.count("<span>Ten years") == 2
    assert row.count("Nothing on record yet") == 1


def test_of_a_treaty_without_a_text_no_obligation_is_denied(record):
    shown = page(f"/compare/?as_of={SIGNED}")
    for kind in ("defense", "consultation", "third_party", "nonaggression", "neutrality"):
        cell = shown.partition(f'id="obligation-2024-{kind}"')[2].partition("</td>")[0]
        assert "Nothing on record yet" in cell
        assert "o-gap" in cell


def test_articles_that_nobody_has_read_may_deal_with_a_topic_too(record):
    whole, part = record["1961"], record["2000"]
    whole.articles.get().topics.clear()
    whole.article_count, part.article_count = 1, 12
    whole.save()
    part.save()
    row = cells(page(f"/compare/?as_of={SIGNED}"))
    assert row.count("No article on record deals with it.") == 2
    assert row.count("Other articles are not on record.") == 1


def test_what_was_reported_of_a_topic_stands_there_before_the_texts_can_be_compared(record):
    make.TopicFindingFactory(
        published=True,
        topic=record["1961"].articles.get().topics.get(),
        heading="Putin speaks of mutual assistance",
        since="2024-06-19T14:13:00Z",
        cited=[record["2024"].citations.get().source],
    )
    assert "Putin speaks of mutual assistance" in cells(page(f"/compare/?as_of={SIGNED}"))
    assert "Putin speaks of mutual assistance" not in cells(page("/compare/?as_of=2024-06-18"))
    assert "Putin speaks of mutual assistance" not in cells(page("/compare/"))


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2024-06-20", "Signed 19 June 2024; not in force"),
        ("2024-12-05", "In force since 4 December 2024"),
    ],
)
def test_the_head_of_a_column_says_where_the_treaty_stands(record, day, line):
    known = record["2024"].citations.get().source
    for kind, happened in (("SIGNATURE", "2024-06-19"), ("ENTRY_INTO_FORCE", "2024-12-04")):
        make.TreatyActionFactory(published=True, treaty=record["2024"], kind=kind, happened=happened, cited=[known])
    shown = page(f"/compare/mutual-defence/?as_of={day}").partition('id="h-2024"')[2].partition("</header>")[0]
    assert f"<p>{line}</p>" in shown


def test_no_reading_of_the_new_treaty_shows_before_its_text(record):
    shown = page(f"/compare/?as_of={SIGNED}")
    assert "Reason of 2024." not in shown
    assert "Owed 2024" not in shown


def test_the_address_chooses_the_treaties(record):
    shown = page("/compare/?treaty=1961&treaty=2024")
    assert 'id="obligation-2000-defense"' not in shown
    assert 'id="obligation-1961-defense"' in shown
    assert "What 2024 says." in cells(shown)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("treaty=1848&treaty=1961", "There is no treaty “1848” here. It can be 1961, 2000 or 2024."),
        ("treaty=1961", "needs two or three different treaties; asked for was 1961. Choose from 1961, 2000 and 2024."),
        ("treaty=1961&treaty=1961", "needs two or three different treaties; asked for was 1961 and 1961."),
        ("treaty=1961&treaty=2000&treaty=2024&treaty=1961", "needs two or three different treaties"),
        ("group=astrology", "There is no group of topics “astrology” here. It can be security, politics, economy"),
        ("group=%00", "There is no group of topics “” here."),
        ("one=1848", "There is no column “1848” here. It can be 1961, 2000 or 2024."),
        ("treaty=1961&treaty=2000&one=2024", "There is no column “2024” here. It can be 1961 or 2000."),
    ],
)
def test_a_choice_that_names_nothing_is_refused_with_what_there_is(record, query, sentence):
    for headers in ({}, {"HX-Request": "true"}):
        response = Client().get(f"/compare/?{query}", headers=headers)
        assert response.status_code == 400
        assert sentence in " ".join(response.content.decode().split())


def test_a_treaty_not_yet_on_record_cannot_be_chosen_and_is_not_named(record):
    response = Client().get("/compare/?treaty=1961&treaty=2030&as_of=2024-06-18")
    assert response.status_code == 400
    assert "It can be 1961 or 2000." in response.content.decode()


def test_groups_filter_the_topics(record):
    make.TopicFactory(published=True, group="ECONOMY", title="Trade")
    assert "Trade</a></h3>" in page("/compare/?group=economy")
    assert "Help if attacked</a></h3>" not in page("/compare/?group=economy")


def test_a_swap_gets_the_topics_alone(record):
    shown = page("/compare/?group=security", **{"HX-Request": "true"})
    assert shown.startswith("<div id=\"results\"")
    assert 'data-announce="1 topic of 1: Security 1"' in shown


def test_a_phone_shows_the_treaty_asked_for_and_else_the_latest(record):
    assert cells(page("/compare/")).count("is-off") == 2
    assert 'class="c24"' in cells(page("/compare/"))
    assert 'class="c61"' in cells(page("/compare/?one=1961"))


def test_drafts_do_not_show(record):
    make.TopicFactory(title="Planted topic")
    make.ComparisonFindingFactory(heading="Planted finding")
    draft = make.TreatyFactory(slug="2030", short_name="Planted treaty")
    make.ObligationFactory(published=True, treaty=draft, rationale="Planted reason")
    assert "Planted" not in page("/compare/")


def test_a_finding_heads_the_page_from_its_day_on(record):
    make.ComparisonFindingFactory(published=True, heading="The promise is back", since="2024-06-20")
    assert ">The promise is back</h1>" in page("/compare/")
    assert "The promise is back" not in page(f"/compare/?as_of={SIGNED}")


def test_a_topic_prints_the_words_and_lets_the_reader_choose_whose(record):
    article = record["2024"].articles.get()
    mine = make.RenderingFactory(published=True, article=article, text="without delay", translator="KCNA English")
    other = make.RenderingFactory(published=True, article=article, text="immediately", translator="TASS English")
    words = page("/compare/mutual-defence/").partition('id="words"')[2].partition("Every rendering")[0]
    assert "without delay" in words
    assert "immediately" not in words
    assert ">TASS</a>" in words
    chosen = page(f"/compare/mutual-defence/?lang=en&r={other.source.slug}")
    chosen = chosen.partition('id="words"')[2].partition("Every rendering")[0]
    assert "immediately" in chosen
    assert mine.text not in chosen


def test_a_topic_gives_our_summary_where_there_are_no_words_and_says_so(record):
    make.RenderingFactory(published=True, article=record["2024"].articles.get(), language="en")
    words = page("/compare/mutual-defence/?lang=ko").partition('id="words"')[2]
    assert "No Korean words on record.</b> There are words in English." in words
    assert "No words in any language on record." in words
    assert "Our summary, not the treaty’s words" in words
    assert "No such clause." in words


def test_a_topic_at_an_unknown_address_is_not_found(record):
    assert Client().get("/compare/astrology/").status_code == 404


def test_a_topic_as_of_the_day_of_signature_has_the_old_words_only(record):
    for slug in ("1961", "2024"):
        treaty = record[slug]
        known = [citation.source for citation in treaty.articles.get().citations.all()]
        make.RenderingFactory(published=True, article=treaty.articles.get(), text=f"words of {slug}", cited=known)
    for rendering in record["1961"].articles.get().renderings.all():
        rendering.source.issued = "1962-01-23"
        rendering.source.save()
    shown = page(f"/compare/mutual-defence/?as_of={SIGNED}")
    assert "words of 1961" in shown
    assert "words of 2024" not in shown
