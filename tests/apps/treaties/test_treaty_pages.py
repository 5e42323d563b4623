"""Treaty and article pages as a reader sees them, now and as of a day."""

import pytest
from django.test import Client

from apps.treaties.models import Treaty
from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def source(issued: str, name: str = "Agency"):
    return make.SourceFactory(published=True, issued=issued, publisher__name=name)


@pytest.fixture
def treaty() -> Treaty:
    """The treaty of 2024: its signing reported on the day, its text a day later, its entry into force in December."""
    first, second, last = source("2024-06-19T14:13:00Z"), source("2024-06-20"), source("2024-12-04")
    found = make.TreatyFactory(
        published=True, slug="2024", short_name="2024 treaty", summary="Help if attacked, in our words.", cited=[first]
    )
    act = {"published": True, "treaty": found}
    make.TreatyActionFactory(**act, slug="signing", cited=[first], summary="Two leaders sign.")
    make.TreatyActionFactory(
        **act, slug="ours", kind="RATIFICATION", happened="2024-11-09", participant=make.AgentFactory(), cited=[last]
    )
    make.TreatyActionFactory(**act, slug="start", kind="ENTRY_INTO_FORCE", happened="2024-12-04", cited=[last])
    article = make.ArticleFactory(published=True, treaty=found, order=4, gist="Each helps the other.", cited=[second])
    make.RenderingFactory(published=True, article=article, text="shall provide assistance", cited=[second])
    return found


def test_on_the_day_of_signature_the_treaty_has_no_text_at_all(treaty):
    shown = page(f"/treaties/2024/?as_of={SIGNED}")
    assert "No text of this treaty had been published by 19 June 2024, 15:00 UTC" in shown
    assert "Two leaders sign." in shown
    assert 'Signed <time datetime="2024-06-19">19 June 2024</time>; entry into force not on record' in shown
    for later in ("shall provide assistance", "Each helps the other.", "Help if attacked", "In force"):
        assert later not in shown


def test_a_day_later_the_text_is_there_and_no_entry_into_force_is_on_record_yet(treaty):
    shown = page("/treaties/2024/?as_of=2024-06-21")
    assert "shall provide assistance" in shown
    assert 'Signed <time datetime="2024-06-19">19 June 2024</time>; entry into force not on record' in shown
    assert '<b>Russian</b> <span class="muted">no words published by then</span>' in shown


def test_the_status_line_names_the_day_and_the_rule_of_treaty_law(treaty):
    shown = page("/treaties/2024/")
    assert 'In force since <time datetime="2024-12-04">4 December 2024</time>' in shown
    assert "VCLT Articles 24 and 26" in shown


def test_articles_without_a_record_keep_their_place_as_gaps(treaty):
    shown = page("/treaties/2024/")
    places = [shown.index(f'id="article-{number}"') for number in (1, 2, 3, 4)]
    assert places == sorted(places)
    assert shown.count("Not on the record yet.") == 3


def test_an_article_of_which_nothing_is_established_does_not_count_as_on_record(treaty):
    make.ArticleFactory(published=True, treaty=treaty, order=2, completeness="NOT_ESTABLISHED")
    assert "1 of 4 articles on record" in page("/treaties/2024/")


def test_an_act_tells_its_doubt_and_links_what_is_contested(treaty):
    act = make.TreatyActionFactory(
        published=True, treaty=treaty, slug="end", happened="2024-10-01", certainty="DISPUTED", note="Some doubt it."
    )
    fact = make.ContestedFactFactory(published=True, act=act, question="When did it end?")
    make.ValueFactory.create_batch(2, published=True, fact=fact)
    shown = page("/treaties/2024/")
    assert "<b>Disputed.</b> Some doubt it." in shown
    assert f'<a class="contested" href="/facts/{fact.slug}/">contested: When did it end?</a>' in shown


def test_a_contested_fact_is_not_linked_before_two_of_its_values_were_known(treaty):
    fact = make.ContestedFactFactory(published=True, act=treaty.acts.get(slug="signing"))
    make.ValueFactory.create_batch(2, published=True, fact=fact, cited=[source("2025-01-01")])
    assert fact.question not in page("/treaties/2024/?as_of=2024-06-21")
    assert fact.question in page("/treaties/2024/")


def test_the_party_behind_an_act_stays_unnamed_while_it_is_a_draft_and_still_counts_as_one_side(treaty):
    party = treaty.acts.get(slug="ours").participant
    shown = page("/treaties/2024/")
    assert party.name not in shown
    treaty.acts.get(slug="start").citations.update(source=source("2024-12-20"))
    treaty.acts.get(slug="ours").citations.update(source=source("2024-11-10"))
    assert "Signed; ratified by one side <time" in page("/treaties/2024/?as_of=2024-11-20")


def test_the_list_says_which_treaty_is_in_force_on_the_day(treaty):
    assert "In force between Moscow and Pyongyang: the 2024 treaty" in page("/treaties/")
    assert "No treaty between Moscow and Pyongyang was known to be in force" in page(f"/treaties/?as_of={SIGNED}")


def test_the_bands_draw_a_signed_treaty_dashed_and_hatch_what_had_not_come(treaty):
    shown = page(f"/treaties/?as_of={SIGNED}")
    assert "b24--signed" in shown
    assert "notyet" in shown
    assert "The time after 19 June 2024 is hatched: not yet." in shown
    assert "signed; in force not on record" in shown
    assert "not in force" not in shown
    assert "notyet" not in page("/treaties/").split("<main")[1]


def test_an_article_stands_in_korean_russian_and_english_in_this_order_whether_or_not_there_are_words(treaty):
    shown = page("/treaties/2024/4/")
    places = [shown.index(f'id="in-{language}"') for language in ("ko", "ru", "en")]
    assert places == sorted(places)
    assert shown.count("words on record.") == 2


def test_the_whole_and_authentic_wording_leads_its_language(treaty):
    article = treaty.articles.get(number="4")
    make.RenderingFactory(published=True, article=article, text="the whole of it", extent="WHOLE")
    shown = page("/treaties/2024/4/")
    assert shown.index("the whole of it") < shown.index("English: 1 more") < shown.index("shall provide assistance")


def test_foreign_words_carry_their_language(treaty):
    make.RenderingFactory(
        published=True, article=treaty.articles.get(number="4"), language="ko", text="지체없이", kind="AUTHENTIC"
    )
    assert '<blockquote class="words" lang="ko"> <p>지체없이</p> </blockquote>' in page("/treaties/2024/4/")


def test_what_happened_under_an_article_stands_in_order_of_time_and_without_drafts(treaty):
    article = treaty.articles.get(number="4")
    late = make.EventFactory(published=True, title="Troops fight", happened="2025-04-26")
    early = make.UtteranceFactory(published=True, said="2024-10-24", occasion="Kazan")
    make.QuoteFactory(published=True, utterance=early, words="It is our business")
    make.ArticleTieFactory(published=True, article=article, event=late, kind="ACTS_ON")
    make.ArticleTieFactory(published=True, article=article, event=None, utterance=early, kind="JUSTIFIED_BY")
    make.ArticleTieFactory(published=True, article=article, event=make.EventFactory(title="Planted event"))
    make.ArticleTieFactory(article=article, event=make.EventFactory(published=True, title="Planted tie"))
    shown = page("/treaties/2024/4/")
    assert shown.index("It is our business") < shown.index("Troops fight")
    assert "is justified by it" in shown
    assert "Planted" not in shown


def test_an_article_leads_to_its_neighbours_on_record(treaty):
    make.ArticleFactory(published=True, treaty=treaty, order=2)
    make.ArticleFactory(treaty=treaty, order=3)
    assert '<a rel="prev" href="/treaties/2024/2/">← Article 2</a>' in page("/treaties/2024/4/")
    assert '<a rel="next" href="/treaties/2024/4/">Article 4 →</a>' in page("/treaties/2024/2/")


def test_an_article_shows_what_corresponds_to_it_and_tells_absent_from_unknown(treaty):
    old = make.TreatyFactory(published=True, slug="1961")
    other = make.TreatyFactory(published=True, slug="2000")
    make.ArticleFactory(published=True, treaty=old, order=1)
    make.ArticleFactory(published=True, treaty=other, order=1)
    found = make.CorrespondenceFactory(published=True, change="It came back.")
    found.sides.create(treaty=treaty, presence="PRESENT").articles.add(treaty.articles.get(number="4"))
    found.sides.create(treaty=old, presence="ABSENT")
    found.sides.create(treaty=other, presence="UNKNOWN")
    shown = page("/treaties/2024/4/").partition("What corresponds to it")[2]
    assert "It came back." in shown
    assert shown.index("no such clause") < shown.index("text not on record")


@pytest.mark.parametrize("address", ["/treaties/1848/", "/treaties/2024/13/", "/treaties/2024/preamble/"])
def test_what_is_not_on_record_has_no_page(treaty, address):
    page(address, status=404)


def test_an_article_has_no_page_before_its_text_was_printed(treaty):
    page(f"/treaties/2024/4/?as_of={SIGNED}", status=404)
    assert "shall provide assistance" in page("/treaties/2024/4/?as_of=2024-06-21")


def test_links_stay_at_the_same_moment(treaty):
    assert 'href="/treaties/2024/?as_of=2024-06-21"' in page("/treaties/?as_of=2024-06-21")
