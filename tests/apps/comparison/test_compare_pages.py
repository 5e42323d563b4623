"""The comparison and one topic of it as a reader sees them, now and as of a day."""

import re

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
    assert "Not compared yet" in row
    assert "Nothing on record yet." in row
    assert "No such clause." not in row
    assert "It came back." not in row
    assert "What 2024 says." not in row


def test_obligations_carry_their_reason_and_the_article_they_rest_on(record):
    shown = page("/compare/").partition('id="obligation-2024-defense"')[2].partition("</td>")[0]
    assert "Owed 2024" in shown
    assert "Art. 1" in shown
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
    topic = whole.articles.get().topics.get()
    make.TopicFindingFactory(published=True, topic=topic, since="2000", cited=[whole.citations.get().source])
    whole.articles.get().topics.clear()
    whole.article_count, part.article_count = 1, 12
    whole.save()
    part.save()
    row = cells(page(f"/compare/?as_of={SIGNED}"))
    assert row.count("Not compared yet") == 2
    assert row.count("Not all its articles are on record.") == 1


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
        ("2024-06-20", "Signed 19 June 2024; entry into force not on record"),
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
        ("changed=maybe", "There is no choice of what changed “maybe” here. It can be 1."),
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


def test_the_columns_stand_in_the_order_given_in_every_part_of_the_page(record):
    shown = page("/compare/?treaty=2024&treaty=1961")
    assert shown.index('id="obligation-2024-defense"') < shown.index('id="obligation-1961-defense"')
    assert cells(shown).index("What 2024 says.") < cells(shown).index("What 1961 says.")
    assert "bands--2" in shown
    assert '<option value="2024" selected>' in shown.partition("f-column-1")[2].partition("</select>")[0]
    assert '<option value="" selected>none' in shown.partition("f-column-3")[2].partition("</select>")[0]
    assert 'href="/compare/mutual-defence/?treaty=2024&amp;treaty=1961"' in cells(shown)


@pytest.fixture
def topics(record):
    """Beside help if attacked: trade, of which nothing is known in 2000; parks, which only 2024 has."""
    told = make.SourceFactory(published=True, issued="2024-06-21")
    for slug, title, presences in (
        ("trade", "Trade", ("PRESENT", "UNKNOWN", "PRESENT")),
        ("parks", "Parks", ("ABSENT", "ABSENT", "PRESENT")),
    ):
        topic = make.TopicFactory(published=True, slug=slug, title=title, group="ECONOMY")
        row = make.CorrespondenceFactory(published=True, topic=topic, change=f"{title} grew.", cited=[told])
        for treaty, presence in zip(("1961", "2000", "2024"), presences, strict=True):
            row.sides.create(treaty=record[treaty], presence=presence, basis="")
    return record


def titles(shown: str) -> set[str]:
    return {title for title in ("Help if attacked", "Trade", "Parks") if f">{title}</a></h3>" in shown}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Help if attacked", "Trade", "Parks"}),
        # What 2000 has of trade is not known, and of parks it has as little as 1961.
        ("treaty=1961&treaty=2000", {"Help if attacked"}),
        ("treaty=2000&treaty=2024", {"Help if attacked", "Parks"}),
        ("treaty=1961&treaty=2024", {"Help if attacked", "Trade", "Parks"}),
    ],
)
def test_only_what_changed_asks_that_a_clause_stands_in_one_column_and_another_is_known(topics, query, found):
    assert titles(page(f"/compare/?changed=1&{query}")) == found
    assert titles(page(f"/compare/?{query}")) == {"Help if attacked", "Trade", "Parks"}


def test_nothing_has_changed_until_the_texts_could_be_compared_and_the_page_says_so(topics):
    shown = page(f"/compare/?changed=1&as_of={SIGNED}")
    assert titles(shown) == set()
    assert "a change shows once an editor could compare the texts" in shown
    assert f'href="/compare/?as_of={SIGNED}"' in shown.partition("No topic fits")[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TRADE", {"Trade"}),
        ("grew", {"Trade", "Parks"}),
        ("says 2024", {"Help if attacked"}),
        ("came back", {"Help if attacked"}),
        ("grew zebra", set()),
        ("%00", {"Help if attacked", "Trade", "Parks"}),
    ],
)
def test_words_are_looked_for_in_titles_changes_and_summaries(topics, words, found):
    assert titles(page(f"/compare/?words={words}")) == found


def test_words_of_a_treaty_that_is_not_shown_do_not_count(topics):
    assert titles(page("/compare/?words=2024&treaty=1961&treaty=2000")) == set()


def test_each_choice_in_force_is_shown_and_can_be_taken_back_alone(topics):
    query = "treaty=1961&treaty=2024&group=economy&changed=1&words=trade"
    shown = page(f"/compare/?{query}").partition('<ul class="on')[2].partition("</ul>")[0].replace("&amp;", "&")
    for label, without in (
        ("1961 and 2024 side by side", "group=economy&changed=1&words=trade"),
        ("Economy", "treaty=1961&treaty=2024&changed=1&words=trade"),
        ("Only what changed", "treaty=1961&treaty=2024&group=economy&words=trade"),
        ("“trade”", "treaty=1961&treaty=2024&group=economy&changed=1"),
    ):
        assert f'href="/compare/?{without}#topics" hx-get="/compare/?{without}"' in shown
        assert label in shown
    assert '<ul class="on' not in page("/compare/")


def test_what_is_chosen_in_one_form_stays_when_the_other_is_sent(topics):
    shown = page("/compare/?treaty=1961&treaty=2024&group=economy&changed=1&words=trade&as_of=2024-06-22")
    columns, _, topics_form = shown.partition('aria-label="Treaties side by side"')[2].partition("</form>")
    for name, value in (("group", "economy"), ("changed", "1"), ("words", "trade"), ("as_of", "2024-06-22")):
        assert f'type="hidden" name="{name}" value="{value}"' in columns
    topics_form = topics_form.partition('role="search"')[2].partition("</form>")[0]
    for name, value in (("treaty", "1961"), ("treaty", "2024"), ("group", "economy"), ("as_of", "2024-06-22")):
        assert f'type="hidden" name="{name}" value="{value}"' in topics_form


@pytest.mark.parametrize(("label", "opens"), [("How fast", "defense"), ("UN Charter, Article 51", "defense")])
def test_how_help_is_owed_rests_on_the_reason_of_the_promise(record, label, opens):
    row = page("/compare/").partition(f'rowheader">{label}')[2].partition("</tr>")[0]
    for treaty in ("1961", "2000", "2024"):
        assert f'popovertarget="why-{treaty}-{opens}"' in row


def test_term_and_notice_rest_on_their_article_or_on_what_is_on_record_of_the_treaty(record):
    shown = page("/compare/")
    term = shown.partition('id="why-2024-term"')[2].partition("</td>")[0]
    assert "What 2024 says." in term
    assert record["2024"].articles.get().citations.get().source.slug in term
    notice = shown.partition('id="why-2024-notice"')[2].partition("</td>")[0]
    assert "In which article it stands is not on record." in notice
    assert record["2024"].citations.get().source.slug in notice


def test_every_cell_that_says_something_opens_its_reason(record):
    for kind in ("CONSULTATION", "THIRD_PARTY", "NONAGGRESSION", "NEUTRALITY"):
        for treaty in record.values():
            make.ObligationFactory(published=True, treaty=treaty, kind=kind, rationale="So it reads.")
    table = page("/compare/").partition('class="obl')[2].partition("</table>")[0]
    assert table.count('role="cell"') == 3 * 12
    opened = re.findall(r'popovertarget="(why-[^"]+)"', table)
    assert len(opened) == 3 * 12
    assert all(table.count(f'popover id="{anchor}"') == 1 for anchor in opened)


class TestOfATextThatNobodyHadReleased:
    """On the day of signature the third column says what had been reported of it."""

    @pytest.fixture(autouse=True)
    def told(self, record):
        known = record["2024"].citations.get().source
        make.TreatyActionFactory(
            published=True, treaty=record["2024"], kind="SIGNATURE", happened="2024-06-19", cited=[known]
        )
        topic = record["1961"].articles.get().topics.get()
        self.theme = make.ThemeFactory(published=True, topic=topic)
        self.said("provides for mutual assistance", cited=[known])
        self.known = known

    def said(self, words, said="2024-06-19", **quote):
        utterance = make.UtteranceFactory(published=True, said=said)
        utterance.themes.add(self.theme)
        return make.QuoteFactory(**{"published": True, **quote}, utterance=utterance, words=words)

    def test_the_cell_quotes_what_was_said_with_its_source(self, record):
        row = cells(page(f"/compare/?as_of={SIGNED}"))
        assert "Text not on record yet. Reported of it:" in row
        assert "provides for mutual assistance" in row
        assert f'popovertarget="source-{self.known.slug}"' in row
        assert "Nothing on record yet" not in row

    def test_nothing_said_before_the_signature_unpublished_or_printed_later_counts(self, record):
        later = make.SourceFactory(published=True, issued="2024-06-20")
        self.said("said before", said="2024-06-18", cited=[self.known])
        self.said("a draft", published=False, cited=[self.known])
        self.said("printed later", cited=[later])
        row = cells(page(f"/compare/?as_of={SIGNED}"))
        assert "said before" not in row
        assert "a draft" not in row
        assert "printed later" not in row

    def test_it_gives_way_to_the_text(self, record):
        assert "Reported of it" not in page("/compare/?as_of=2024-06-21")
        assert "Reported of it" not in page("/compare/")

    def test_it_can_be_searched_for(self, record):
        assert "provides for mutual" in cells(page(f"/compare/?as_of={SIGNED}&words=assistance"))


def test_topics_of_which_nothing_is_known_do_not_stand_there(record):
    make.TopicFactory(published=True, title="Astrology")
    assert "Astrology" not in page("/compare/")


def test_groups_filter_the_topics(record):
    trade = make.TopicFactory(published=True, group="ECONOMY", title="Trade")
    make.CorrespondenceFactory(published=True, topic=trade)
    assert "Trade</a></h3>" in page("/compare/?group=economy")
    assert "Help if attacked</a></h3>" not in page("/compare/?group=economy")


def test_a_swap_gets_the_topics_alone(record):
    shown = page("/compare/?group=security", **{"HX-Request": "true"})
    assert shown.startswith('<div id="results"')
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


def test_a_fact_that_only_the_heading_prints_is_a_step_of_the_page_on_the_day_it_is_contested(record):
    heading = make.ComparisonFindingFactory(published=True, since="2024-06-20")
    fact = make.ContestedFactFactory(published=True, act=None)
    heading.facts.add(fact)
    for issued in ("2024-06-21", "2024-07-05"):
        known = make.SourceFactory(published=True, issued=issued)
        make.ValueFactory(published=True, fact=fact, cited=[known])
    assert re.search(r'rel="next" href="[^"]*as_of=2024-07-05"', page("/compare/?as_of=2024-07-01"))


def test_a_finding_about_all_treaties_does_not_head_some_of_them(record):
    make.ComparisonFindingFactory(published=True, heading="The promise is back", since="2024-06-20")
    told = "What changed is told for all the treaties on record."
    some = page("/compare/?treaty=1961&treaty=2000")
    assert ">1961 and 2000, topic by topic</h1>" in some
    assert "<title>1961 and 2000, topic by topic – " in some
    assert "The promise is back" not in some
    assert told in some
    for every in ("/compare/", "/compare/?treaty=2024&treaty=1961&treaty=2000"):
        assert ">The promise is back</h1>" in page(every)
        assert told not in page(every)


def test_the_heading_changes_with_the_columns_where_only_they_are_swapped(record):
    swapped = page("/compare/?treaty=1961&treaty=2000", **{"HX-Request": "true"})
    assert 'id="cmp-head" hx-swap-oob="true"> <h1>1961 and 2000, topic by topic</h1>' in swapped
    assert "<title>1961 and 2000, topic by topic – The Pact Record</title>" in swapped


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
