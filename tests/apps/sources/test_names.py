"""Names in three scripts, and addresses in one form."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.sources.models import Agent, AgentName, Source
from apps.sources.rules import normal_url
from tests import factories as make


@pytest.fixture
def kim() -> Agent:
    agent = make.AgentFactory(name="Kim Jong Un")
    for language, name in (("ko", "김정은"), ("ru", "Ким Чен Ын"), ("ko-Latn", "Kim Jŏng-ŭn"), ("en", "Kim Jong-un")):
        agent.names.create(language=language, name=name)
    return agent


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Kim Jong Un", "kim jong un", "Kim Jong-un", "김정은", "Ким Чен Ын", "КИМ ЧЕН ЫН", "Kim Jŏng-ŭn"]
)
def test_an_agent_is_found_once_by_any_spelling_in_three_scripts(kim, name):
    make.AgentFactory(name="Kim Yo Jong").names.create(language="ko", name="김여정")
    assert list(Agent.objects.named(name)) == [kim]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Kim", "김", "", "Kim Jong Il"])
def test_a_part_of_a_name_names_nobody(kim, name):
    assert not Agent.objects.named(name).exists()


@pytest.mark.django_db
def test_a_spelling_stands_once_with_an_agent_and_may_be_shared_by_two(kim):
    with pytest.raises(IntegrityError, match="sources_agentname_once_per_agent"), transaction.atomic():
        kim.names.create(language="ru", name="김정은")
    other = make.AgentFactory()
    other.names.create(language="ko", name="김정은")
    assert AgentName.objects.filter(name="김정은").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("country", ["Russia", "ru", "R1"])
def test_a_country_is_a_code_of_two_letters(country):
    with pytest.raises((IntegrityError, ValidationError)):
        Agent(slug="a", name="A", kind="STATE", country=country).full_clean()


@pytest.mark.django_db
def test_an_agent_is_of_a_kind_that_the_house_knows():
    with pytest.raises(IntegrityError, match="sources_agent_kind_known"), transaction.atomic():
        make.AgentFactory(kind="PUNDIT")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://KCNA.Example/Article/", "https://kcna.example/Article"),
        ("http://example.org/", "http://example.org"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        (" https://example.org/a?b= ", "https://example.org/a?b="),
        ("https://example.org/?q=%D0%B0", "https://example.org?q=%D0%B0"),
    ],
)
def test_an_address_is_kept_in_one_form(given, kept):
    assert normal_url(given) == kept
    assert normal_url(kept) == kept


@pytest.mark.parametrize(
    "given", ["ftp://example.org/a", "example.org/a", "javascript:alert(1)", "http://", "https:///a"]
)
def test_what_is_no_web_address_is_refused_with_a_sentence(given):
    with pytest.raises(ValueError, match="is not a web address; it must begin with"):
        normal_url(given)


@pytest.mark.django_db
def test_one_page_is_one_source_however_its_address_is_written():
    make.SourceFactory(url="https://example.org/story/?utm_medium=mail")
    assert Source.objects.get().url == "https://example.org/story"
    with pytest.raises(IntegrityError, match="url"), transaction.atomic():
        make.SourceFactory(url="https://EXAMPLE.org/story#top")


@pytest.mark.django_db
def test_a_source_is_found_by_its_address_however_it_is_written():
    source = make.SourceFactory(url="https://example.org/story")
    assert Source.objects.get(url="https://Example.org/story/?utm_source=feed") == source


@pytest.mark.django_db
def test_many_sources_may_have_no_address():
    make.SourceFactory(url=None)
    make.SourceFactory(url="")
    assert Source.objects.filter(url=None).count() == 2


@pytest.mark.django_db
def test_a_source_has_a_title_and_is_not_known_through_itself():
    source = make.SourceFactory()
    with pytest.raises(IntegrityError, match="sources_source_has_title"), transaction.atomic():
        Source.objects.update(title="")
    with pytest.raises(IntegrityError, match="sources_source_not_via_itself"), transaction.atomic():
        Source.objects.update(reported_via=source)


@pytest.mark.django_db
def test_a_role_does_not_end_before_it_begins():
    agent, source = make.AgentFactory(), make.SourceFactory()
    with pytest.raises(IntegrityError, match="sources_agentrole_since_before_until"), transaction.atomic():
        agent.roles.create(title="Minister", since="2020", until="2019", source=source)
    agent.roles.create(title="Minister", since="2020", until="", source=source)
