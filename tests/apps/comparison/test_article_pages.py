"""One article with all its renderings: those in one language marked against each other, never across languages."""

import re

import pytest
from django.test import Client

from apps.treaties.models import Article
from tests import factories as make

pytestmark = pytest.mark.django_db

FROM_KOREAN = "In a state of war by an armed invasion the other side shall help without delay with all it has"
FROM_RUSSIAN = "In a state of war by an armed attack the other side shall help immediately with all it has"


def page(address: str, status: int = 200, **headers: str) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def printed(article: Article, text: str, name: str = "Agency English", issued: str = "2024-06-20", **columns):
    source = make.SourceFactory(published=True, issued=issued, publisher__name=name)
    return make.RenderingFactory(
        published=True, article=article, text=text, translator=name, source=source, cited=[source], **columns
    )


def words_of(shown: str, rendering) -> str:
    return shown.partition(f'id="rendering-{rendering.pk}"')[2].partition("</blockquote>")[0]


def marked(shown: str, rendering, tag: str) -> list[str]:
    """The stretches of a rendering in that element, without what is said to those who hear the page."""
    found = re.findall(rf"<{tag}[ >].*?</{tag}>", words_of(shown, rendering))
    return [re.sub(r"<[^>]+>", "", re.sub(r'<span class="vh".*?</span>', "", each)).strip() for each in found]


@pytest.fixture
def article() -> Article:
    treaty = make.TreatyFactory(published=True, slug="2024")
    return make.ArticleFactory(published=True, treaty=treaty, order=4)


@pytest.fixture
def pair(article):
    """The same clause in English made from the Korean and from the Russian, the first printed earlier."""
    late = printed(article, FROM_RUSSIAN, "TASS English", "2024-11-06", translated_from="ru")
    return printed(article, FROM_KOREAN, "KCNA English", translated_from="ko"), late


def test_what_parts_two_translations_is_marked_at_once(pair):
    first, second = pair
    shown = page("/treaties/2024/4/")
    assert marked(shown, first, "del") == ["invasion", "without delay"]
    assert marked(shown, second, "ins") == ["attack", "immediately"]


def test_the_reader_chooses_which_rendering_the_others_face(pair):
    first, second = pair
    shown = page(f"/treaties/2024/4/?base={second.source.slug}")
    assert marked(shown, second, "del") == ["attack", "immediately"]
    assert marked(shown, first, "ins") == ["invasion", "without delay"]
    assert "English: 1 more, set against TASS" in shown


def test_what_they_share_is_marked_on_demand_and_says_in_how_many(pair):
    shown = page("/treaties/2024/4/?marks=shared")
    assert "the other side shall help" in marked(shown, pair[0], "mark")
    assert "[in 2 of 2]" in words_of(shown, pair[0])
    assert not marked(shown, pair[0], "del")


def test_nothing_is_marked_when_the_reader_wants_the_plain_words(pair):
    shown = page("/treaties/2024/4/?marks=none")
    for rendering in pair:
        assert rendering.text in words_of(shown, rendering)


def test_the_chosen_marks_are_current_and_keep_the_base(pair):
    shown = page(f"/treaties/2024/4/?marks=shared&base={pair[1].source.slug}")
    chosen = shown.partition('id="marks-shared"')[2].partition("</a>")[0]
    assert 'aria-current="true"' in chosen
    other = shown.partition('id="marks-none"')[2].partition("</a>")[0]
    assert f"base={pair[1].source.slug}" in other
    assert "aria-current" not in other


def test_different_languages_are_never_marked_against_each_other(article):
    printed(article, "armed invasion without delay")
    printed(article, "armed attack immediately", "Embassy", language="ru")
    shown = page("/treaties/2024/4/")
    assert "<ins" not in shown
    assert "<del" not in shown
    assert "marks=" not in shown


def test_another_passage_of_the_article_is_not_marked_and_says_so(article):
    printed(article, "the other side shall help without delay with all means")
    other = printed(article, "nothing here restricts trade between companies", "Sputnik English", "2024-07-01")
    shown = page("/treaties/2024/4/")
    assert other.text in words_of(shown, other)
    assert "Another passage than Agency prints" in shown


def test_readings_stand_beside_each_other_with_who_prints_them_and_from_what(article, pair):
    printed(article, FROM_KOREAN.replace("has", "owns"), "Yonhap English", "2024-06-21", translated_from="ko")
    printed(article, FROM_RUSSIAN, "Interfax English", "2024-11-07", translated_from="ru")
    shown = page("/treaties/2024/4/").partition('id="variants-en"')[2].partition("</table>")[0]
    row = next(row for row in shown.split('<tr role="row">') if "invasion" in row)
    assert '<mark class="v2">invasion</mark>' in row
    assert "KCNA (from the Korean); Yonhap (from the Korean)" in row
    assert '<mark class="v1">attack</mark>' in row
    assert "TASS (from the Russian); Interfax (from the Russian)" in row


def test_one_translation_alone_does_not_speak_for_the_language_it_was_made_from(pair):
    shown = page("/treaties/2024/4/").partition('id="variants-en"')[2].partition("</table>")[0]
    assert "invasion" in shown
    assert "<mark" not in shown


def test_what_was_printed_later_is_not_set_beside_what_was_known(pair):
    shown = page("/treaties/2024/4/?as_of=2024-07-01")
    assert FROM_KOREAN in words_of(shown, pair[0])
    assert "attack" not in shown


def test_a_rendering_asked_for_that_came_later_gives_way_to_another_and_the_page_says_so(pair):
    shown = page(f"/treaties/2024/4/?as_of=2024-07-01&base={pair[1].source.slug}")
    assert "The rendering asked for was not on record by then" in shown
    assert FROM_KOREAN in words_of(shown, pair[0])


def test_the_link_to_the_view_names_marks_base_and_moment(pair):
    shown = page("/treaties/2024/4/?as_of=2024-12-01")
    assert f"?marks=changed&amp;base={pair[0].source.slug}&amp;as_of=2024-12-01" in shown
    assert "as of the end of 1 December 2024" in shown.partition('id="view-plain"')[2].partition("</pre>")[0]


def test_a_text_too_long_to_compare_is_printed_unmarked_and_says_so(article, pair):
    printed(article, "war " * 20_000, "Gazette")
    shown = page("/treaties/2024/4/")
    assert "not marked, because they are too long to compare" in shown
    assert FROM_RUSSIAN in words_of(shown, pair[1])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("marks=all", "There is no kind of mark “all” here."),
        ("base=nobody", "There is no rendering of this article “nobody” here."),
    ],
)
def test_marks_and_renderings_that_there_are_not_are_refused_with_those_there_are(pair, query, sentence):
    shown = page(f"/treaties/2024/4/?{query}", status=400)
    assert sentence in shown
    assert ("changed" if query.startswith("marks") else pair[0].source.slug) in shown


def test_a_swap_gets_the_words_alone(pair):
    shown = page("/treaties/2024/4/?marks=shared", **{"HX-Request": "true"})
    assert shown.startswith('<section class="section cq" id="words"')
    assert 'data-announce="Marked: what the renderings share"' in shown


def cut(article, text: str, steps: str, name: str, **columns):
    return printed(article, text, name, steps=steps, **columns)


def test_clauses_that_editors_paired_stand_in_step_across_languages(article):
    cut(article, "If one side is attacked, the other helps.", "If one side is attacked,\nthe other helps.", "TASS")
    cut(article, "Если напали, другая помогает.", "Если напали,\nдругая помогает.", "Duma", language="ru")
    shown = page("/treaties/2024/4/").partition('id="in-step"')[2].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in shown.split('<tr role="row">')[2:]]
    assert [" ".join(row) for row in rows] == [
        "Если напали, If one side is attacked,",
        "другая помогает. the other helps.",
    ]
    assert '<span class="w" lang="ru">Если напали,</span>' in shown


def test_the_rendering_that_the_reader_set_first_stands_in_step_where_it_can(article):
    cut(article, "Если напали, другая помогает.", "Если напали,\nдругая помогает.", "Duma", language="ru")
    cut(article, "If attacked, the other helps.", "If attacked,\nthe other helps.", "TASS English")
    other = cut(article, "If invaded, the other helps.", "If invaded,\nthe other helps.", "KCNA English")
    in_step = page(f"/treaties/2024/4/?base={other.source.slug}").partition('id="in-step"')[2].partition("</table>")[0]
    assert "If invaded," in in_step
    assert "If attacked," not in in_step


@pytest.mark.parametrize(
    ("language", "steps"),
    [("ru", "Если напали,\nдругая\nпомогает."), ("ru", ""), ("en", "Если напали,\nдругая помогает.")],
)
def test_nothing_stands_in_step_unless_two_languages_have_as_many_lines(article, language, steps):
    cut(article, "If one side is attacked, the other helps.", "If one side is attacked,\nthe other helps.", "TASS")
    cut(article, "Если напали, другая помогает.", steps, "Duma", language=language)
    assert 'id="in-step"' not in page("/treaties/2024/4/")


def test_a_rendering_of_later_is_not_set_in_step(article):
    cut(article, "If attacked, they help.", "If attacked,\nthey help.", "TASS")
    cut(article, "Если напали, помогут.", "Если напали,\nпомогут.", "Duma", language="ru", issued="2024-10-14")
    assert 'id="in-step"' in page("/treaties/2024/4/")
    assert 'id="in-step"' not in page("/treaties/2024/4/?as_of=2024-07-01")


def test_a_topic_sets_the_clauses_of_its_articles_in_step_too(article):
    article.topics.add(make.TopicFactory(published=True, slug="help"))
    cut(article, "If attacked, they help.", "If attacked,\nthey help.", "TASS")
    cut(article, "Если напали, помогут.", "Если напали,\nпомогут.", "Duma", language="ru")
    shown = page("/compare/help/").partition('id="in-step-2024-4"')[2].partition("</table>")[0]
    assert shown.index("Если напали,") < shown.index("If attacked,") < shown.index("помогут.")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/treaties/1999/1/", "There is no treaty of that name. There is 2024."),
        ("/treaties/2024/99/", "No article of 2024 has that number on record. There is 4 and 9."),
        ("/treaties/2024/x/", "No article of 2024 has that number on record. There is 4 and 9."),
    ],
)
def test_an_article_that_there_is_not_is_answered_with_those_there_are(article, address, sentence):
    make.ArticleFactory(published=True, treaty=article.treaty, order=9)
    make.ArticleFactory(treaty=article.treaty, order=12)
    make.TreatyFactory(slug="2030")
    assert sentence in page(address, 404)


def test_of_an_article_that_was_not_known_yet_only_what_was_known_is_named():
    signing = make.SourceFactory(published=True, issued="2024-06-19T14:13:00Z")
    text = make.SourceFactory(published=True, issued="2024-06-20")
    treaty = make.TreatyFactory(published=True, slug="2024", cited=[signing])
    make.ArticleFactory(published=True, treaty=treaty, order=4, cited=[signing])
    make.ArticleFactory(published=True, treaty=treaty, order=9, cited=[text])
    shown = page("/treaties/2024/9/?as_of=2024-06-19T15:00Z", 404)
    assert "No article of 2024 has that number on record. There is 4. " in shown
    before = page("/treaties/2024/4/?as_of=2024-06-18", 404)
    assert "There is no treaty of that name. There is none yet." in before
