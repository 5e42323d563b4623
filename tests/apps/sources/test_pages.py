"""The list of sources, a source's page, and the bar of the moment, as a reader sees them."""

import re

import pytest
from django.test import Client

from apps.sources.models import Agent
from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def page(address: str, status: int = 200, **headers: str) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def main(address: str) -> str:
    return page(address).partition("<main")[2]


def source(title: str, issued: str = "2024-06-20", **columns):
    return make.SourceFactory(published=True, title=title, issued=issued, **columns)


@pytest.fixture
def kcna() -> Agent:
    return make.AgentFactory(published=True, slug="kcna", name="KCNA", kind="STATE_MEDIA", country="KP")


def test_the_list_has_the_published_sources_newest_first_and_no_drafts():
    source("Second day", "2024-06-20")
    source("First day", "2024-06-19")
    make.SourceFactory(title="Planted draft")
    shown = main("/sources/")
    assert shown.index("Second day") < shown.index("First day")
    assert "2 sources" in shown
    assert "Planted" not in shown


def test_the_list_of_the_past_leaves_out_what_came_later_and_what_has_no_date():
    source("First day", "2024-06-19T14:13:00Z")
    source("Second day", "2024-06-20")
    source("No day", "")
    shown = main(f"/sources/?as_of={SIGNED}")
    assert "First day" in shown
    assert "Second day" not in shown
    assert "No day" not in shown
    assert "1 source</h2>" in shown
    assert "No day" in main("/sources/")


@pytest.mark.parametrize(
    "query",
    [
        *("kind=state_media", "kind=STATE_MEDIA", "country=KP", "country=kp", "language=ko", "publisher=kcna"),
        *("words=rodong", "words=kcna", "type=treaty", "from=2024-06-19&to=2024-06-20", "from=2024-06", "to=2024-06"),
    ],
)
def test_each_filter_leaves_what_fits(kcna, query):
    source("Rodong report", publisher=kcna, language="ko", type="treaty")
    # What may have been printed outside of the period is not in it.
    source("Wire story", "2024", publisher__country="US")
    shown = main(f"/sources/?{query}")
    assert "Rodong report" in shown
    assert "Wire story" not in shown


def test_filters_say_how_many_sources_each_would_leave_at_the_moment(kcna):
    source("Early", "2024-06-19T10:00:00Z", publisher=kcna)
    source("Late", "2024-06-22", publisher=kcna)
    assert "state media (2)" in main("/sources/")
    assert "state media (1)" in main(f"/sources/?as_of={SIGNED}")


def test_filters_that_fit_nothing_say_so_and_whether_the_past_is_read():
    source("Wire story")
    assert "No source on the record fits these filters." in main("/sources/?words=nothing")
    assert "fits these filters at this moment." in main(f"/sources/?words=nothing&as_of={SIGNED}")


@pytest.mark.parametrize("query", ["page=99", "page=x", "kind=%00", "words=%00", "country=", "unheard=of"])
def test_empty_values_in_the_address_ask_for_everything(query):
    source("Wire story")
    assert "Wire story" in main(f"/sources/?{query}")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=papers", "There is no kind of publisher “papers” here. It can be independent_media."),
        ("country=FR", "There is no country “FR” here. It can be KP."),
        ("language=zz", "There is no language “zz” here. It can be en."),
        ("type=scroll", "There is no type of source “scroll” here. It can be article-newspaper."),
        ("publisher=nobody", "No source of a publisher “nobody” is here."),
        ("from=2025&to=2024", "The period ends before it begins"),
        ("words=" + "x" * 201, "Words to look for can be at most 200 characters long."),
    ],
)
def test_what_no_source_has_is_refused_with_what_there_is(query, sentence):
    source("Wire story")
    assert sentence in page(f"/sources/?{query}", status=400)


def test_filters_in_force_are_taken_back_one_by_one(kcna):
    source("Rodong report", publisher=kcna, language="ko")
    shown = main("/sources/?publisher=kcna&language=ko")
    assert 'href="/sources/?language=ko" hx-get="/sources/?language=ko" aria-label="Remove filter: KCNA"' in shown
    assert (
        'href="/sources/?publisher=kcna" hx-get="/sources/?publisher=kcna" aria-label="Remove filter: Korean"' in shown
    )


def test_a_swap_gets_the_results_alone_and_the_whole_page_back_from_history():
    source("Wire story")
    swapped = page("/sources/", **{"HX-Request": "true"})
    assert swapped.startswith('<section class="section" id="results"')
    assert "<html" not in swapped
    assert "<html" in page("/sources/", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_a_source_shows_all_that_rests_on_it_by_kind_and_how_far_it_rests_on_it_alone(kcna):
    text = source("Text of the treaty", publisher=kcna)
    make.EventFactory(published=True, title="The signing", cited=[text])
    make.EventFactory(published=True, title="The reception", cited=[text, source("Wire story")])
    make.QuoteFactory(published=True, words="a new level", cited=[text])
    make.EventFactory(title="Planted draft", cited=[text])
    shown = main(f"/sources/{text.slug}/")
    assert "<dt>records rest on it</dt><dd>3</dd>" in shown
    assert "<dt>of them on it alone</dt><dd>2</dd>" in shown
    assert "Events</h2><p>2</p>" in shown
    assert "Quotes</h2><p>1</p>" in shown
    assert "with 1 other source" in shown
    assert "Planted" not in shown


def test_a_footnote_that_came_later_does_not_count_in_the_past():
    first = source("Wire story", "2024-06-19T14:13:00Z")
    make.EventFactory(published=True, title="The signing", cited=[first, source("Later", "2024-06-22")])
    assert "with 1 other source" in main(f"/sources/{first.slug}/")
    assert "rests on this source alone" in main(f"/sources/{first.slug}/?as_of={SIGNED}")


def test_a_source_on_which_nothing_rests_says_so():
    assert "Nothing public rests on this source yet." in main(f"/sources/{source('Wire story').slug}/")


def test_a_source_is_printed_for_other_peoples_tools():
    given = source("War & peace", byline="Kim", url="https://example.org/a")
    shown = main(f"/sources/{given.slug}/")
    assert "Kim. “War &amp; peace.” " in shown
    assert r"title = {War \&amp; peace}" in shown
    assert "TY - NEWS" in shown
    assert "&quot;container-title&quot;: " in shown
    assert "&quot;publisher&quot;" not in shown
    assert '<a href="https://example.org/a" rel="noreferrer">' in shown


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("chicago", "text/plain", "“Wire story.”"),
        ("bibtex", "application/x-bibtex", "@article{wire,"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS\r\nTI  - Wire story\r\n"),
        ("csl", "application/vnd.citationstyles.csl+json", '[\n  {\n    "id": "wire"'),
    ],
)
def test_each_form_of_a_citation_is_a_file_to_download_and_a_text_to_copy(form, kind, begins):
    source("Wire story", slug="wire")
    file = Client().get(f"/sources/wire/?cite={form}")
    assert file["Content-Type"] == f"{kind}; charset=utf-8"
    assert file["Content-Disposition"].startswith('attachment; filename="wire.')
    assert file.content.decode().startswith(begins)
    shown = main("/sources/wire/")
    assert f'<a href="/sources/wire/?cite={form}" download>' in shown
    assert f'data-copy="cite-{form}"' in shown


def test_a_form_of_citation_that_there_is_not_is_refused():
    source("Wire story", slug="wire")
    sentence = "There is no form of citation “mla” here. It can be chicago, bibtex, ris or csl."
    assert sentence in page("/sources/wire/?cite=mla", status=400)


def test_a_source_known_through_another_says_so_and_both_lead_to_each_other():
    digest = source("Digest", "2024-06-19T14:13:00Z", publisher__name="Newser")
    inside = source("Wire story", "2024-06-19T12:00:00Z", reported_via=digest, publisher__name="Reuters")
    assert f'through <a href="/sources/{digest.slug}/">Newser</a>, not itself seen' in main(f"/sources/{inside.slug}/")
    assert f'<a href="/sources/{inside.slug}/">Reuters: Wire story</a>' in main(f"/sources/{digest.slug}/")


def test_in_every_list_of_a_source_the_day_stands_before_the_words():
    digest = source("Digest", publisher__name="Newser")
    source("Wire story", "2024-06-19", reported_via=digest)
    make.EventFactory(published=True, title="The signing", cited=[digest])
    shown = main(f"/sources/{digest.slug}/")
    assert shown.count('<ul class="rests">') == 2
    rows = re.findall(r'<li> ?<span class="what">19 June 2024</span> ?<span><a href', shown)
    assert len(rows) == 2


def test_dates_in_what_records_are_called_read_as_words():
    text = source("Text of the treaty", "2024-06-19T14:13:00Z")
    asked = make.QuestionFactory(published=True, question="Who has the text?")
    make.AssessmentFactory(
        published=True, question=asked, since="2024-06-19T14:13:00Z", knowledge="UNKNOWN", cited=[text]
    )
    make.OpinionFactory(
        published=True, expert__name="Jenny Town", position__question=asked, stated="2024-06-21", cited=[text]
    )
    shown = main(f"/sources/{text.slug}/")
    assert "Who has the text?: unknown from 19 June 2024, 14:13 UTC</a>" in shown
    assert "Jenny Town, 21 June 2024</a>" in shown


def test_before_the_source_it_is_known_through_nothing_names_that():
    digest = source("Digest", "2024-06-20", publisher__name="Newser")
    inside = source("Wire story", "2024-06-19T12:00:00Z", reported_via=digest, note="Known through Newser.")
    make.EventFactory(published=True, title="The signing", cited=[inside])
    for address in (f"/sources/{inside.slug}/", "/sources/", "/timeline/"):
        shown = page(f"{address}?as_of={SIGNED}").replace("Newser, end of 20 June 2024<span", "")
        assert "Wire story" in shown
        assert "Newser" not in shown, address
        assert digest.slug not in shown, address
        assert "Newser" in main(f"{address}?as_of=2024-06-20"), address
    assert "<dd>itself</dd>" not in main(f"/sources/{inside.slug}/?as_of={SIGNED}")


@pytest.fixture
def early():
    """A source on which one record of every kind rests, most of them hung on what was known only later."""
    early, late = source("Early", "2024-06-19T14:13:00Z"), source("Late", "2024-06-22")
    on_early, on_late = {"published": True, "cited": [early]}, {"published": True, "cited": [late]}
    treaty, told = make.TreatyFactory(**on_late), make.TreatyFactory(**on_early)
    article = make.ArticleFactory(**on_early, treaty=treaty)
    make.RenderingFactory(**on_early, article=article, source=early)
    make.RenderingFactory(**on_early, article=make.ArticleFactory(**on_early, treaty=told), source=late)
    make.TreatyActionFactory(**on_early, treaty=treaty)
    make.TreatyActionFactory(**on_early, treaty=told, summary="They sign.")
    make.ObligationFactory(**on_early, treaty=treaty, article=article)
    make.CorrespondenceFactory(**on_early).sides.create(treaty=treaty, presence="PRESENT")
    make.ValueFactory(**on_early, fact__question="Contested later?")
    make.ValueFactory(**on_late, fact__question="Contested later?")
    make.AssessmentFactory(**on_early, question__question="Assessed later?", since="2024-06-22")
    make.OpinionFactory(**on_early)
    make.QuoteFactory(**on_early)
    make.ArticleTieFactory(**on_early, article=make.ArticleFactory(**on_late, treaty=told))
    timeline = make.TimelineFactory(published=True)
    timeline.items.create(position=0, event=make.EventFactory(**on_late))
    make.TimelineFindingFactory(**on_early, timeline=timeline, since="2024-06-19", heading="Of a later timeline")
    make.TimelineFindingFactory(**on_early, timeline=None, since="2024-06-22", heading="Found later")
    make.EventFactory(**on_early, title="The signing")
    return early


def test_every_link_of_a_source_leads_to_a_page_of_the_same_moment(early):
    shown = page(f"/sources/{early.slug}/?as_of={SIGNED}")
    links = {link for link in re.findall(r'href="(/[^"#]*)', shown) if f"as_of={SIGNED}" in link}
    assert len(links) > 10
    assert not {link: status for link in links if (status := Client().get(link).status_code) != 200}


def test_what_waits_for_something_else_does_not_rest_on_a_source_before_that_is_known(early):
    shown = main(f"/sources/{early.slug}/?as_of={SIGNED}")
    for words in ("The signing", "They sign.", "Opinions</h2>", "Quotes</h2>"):
        assert words in shown, words
    waiting = ("Renderings", "Obligations", "Correspondences", "Values", "Assessments", "Article ties")
    for kind in waiting:
        assert f"{kind}</h2>" not in shown, kind
    for words in ("Of a later timeline", "Found later", "later?"):
        assert words not in shown, words
    today = main(f"/sources/{early.slug}/")
    assert not [kind for kind in ("Renderings", "Obligations", "Correspondences", "Assessments") if kind not in today]


def test_a_source_of_which_the_day_had_not_come_has_no_page():
    given = source("Wire story", "2024-06-20")
    assert "It may be misspelt" in page(f"/sources/{given.slug}/?as_of={SIGNED}", status=404)
    page(f"/sources/{given.slug}/?as_of=2024-06-20")


def test_a_draft_source_has_no_page():
    page(f"/sources/{make.SourceFactory().slug}/", status=404)


def test_words_of_a_foreign_title_carry_their_language_and_a_description_of_ours_brackets():
    korean = source("조약 전문", language="ko")
    ours = source("Broadcast on the treaty", language="ru", title_is_description=True)
    assert '<h1 lang="ko">조약 전문</h1>' in main(f"/sources/{korean.slug}/")
    assert "<h1>[Broadcast on the treaty]</h1>" in main(f"/sources/{ours.slug}/")


def test_a_chip_names_publisher_day_and_what_a_state_prints(kcna):
    make.EventFactory(
        published=True, title="The signing", cited=[source("A", publisher=kcna), source("B", publisher__kind="STATE")]
    )
    shown = main("/timeline/")
    assert "KCNA, 20 Jun 2024 <i>state media</i></button>" in shown
    assert "20 Jun 2024 <i>official</i></button>" in shown


def test_a_chip_of_a_source_known_through_another_names_both_and_an_undated_one_says_so():
    digest = source("Digest", publisher__name="Newser")
    cited = [source("A", publisher__name="Reuters", reported_via=digest), source("B", "", publisher__name="TASS")]
    make.EventFactory(published=True, cited=cited)
    shown = main("/timeline/")
    assert "Reuters in Newser, 20 Jun 2024</button>" in shown
    assert "TASS, undated</button>" in shown


def test_each_source_stands_once_among_the_references_and_behind_its_chips():
    given = source("Wire story")
    make.EventFactory(published=True, cited=[given])
    make.EventFactory(published=True, cited=[given])
    shown = main("/timeline/")
    assert shown.count(f'popovertarget="source-{given.slug}"') == 2
    assert shown.count(f'id="ref-{given.slug}"') == 1
    assert shown.count(f'popover id="source-{given.slug}"') == 1
    assert "1 published source" in shown


def test_the_bar_of_the_past_names_the_moment_and_leads_one_publication_back_and_on():
    source("First", "2024-06-18", publisher__name="TASS")
    source("Second", "2024-06-20", publisher__name="KCNA")
    shown = page(f"/sources/?kind=independent_media&as_of={SIGNED}")
    assert "<strong>19 June 2024, 15:00 UTC</strong>" in shown
    assert 'kind=independent_media&amp;as_of=2024-06-18"><span aria-hidden="true">← </span>' in shown
    assert "TASS, end of 18 June 2024</a>" in shown
    assert 'kind=independent_media&amp;as_of=2024-06-20">Next: KCNA, end of 20 June 2024<span' in shown
    assert 'href="/sources/?kind=independent_media">Back to today</a>' in shown


def test_the_bar_of_today_offers_the_way_back_in_time():
    source("Latest", "2025-04-28")
    shown = page("/sources/")
    assert "The whole record" in shown
    assert "This page last changed: " in shown
    assert ", 28 April 2025." in shown
    assert "Back to today" not in shown


@pytest.mark.parametrize("moment", ["yesterday", "2024-13-01", "2030-01-01", "1900-01-01", "2024-06-19T25:00Z", "<b>"])
def test_a_moment_that_cannot_be_read_gets_a_page_that_says_what_is_accepted(moment):
    shown = page(f"/sources/?as_of={moment}", status=400)
    assert "Accepted are a day (2024-06-19) or an instant with its zone" in shown
    assert "<b>”" not in shown


def test_links_stay_at_the_same_moment():
    given = source("First day", "2024-06-19T14:13:00Z")
    assert f'href="/sources/{given.slug}/?as_of={SIGNED}"' in main(f"/sources/?as_of={SIGNED}")
