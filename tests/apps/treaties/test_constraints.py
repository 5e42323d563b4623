"""What the database holds of treaties, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction

from apps.treaties.models import Article, Obligation, Rendering
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=f"treaties_{constraint}")


def test_an_article_number_stands_once_in_a_treaty_and_again_in_another():
    article = make.ArticleFactory(order=4, cited=[])
    with refused("article_number_once_per_treaty"), transaction.atomic():
        make.ArticleFactory(treaty=article.treaty, order=4, cited=[])
    make.ArticleFactory(order=4, cited=[])


@pytest.mark.parametrize(
    ("number", "order"), [("preamble", 1), ("4", 0), ("0", 1), ("04", 4), ("IV", 4), ("", 0), ("4 ", 4)]
)
def test_an_article_is_the_preamble_at_nought_or_has_a_plain_number(number, order):
    with refused("article_order_follows_number"), transaction.atomic():
        make.ArticleFactory(number=number, order=order, cited=[])


def test_the_preamble_stands_first():
    treaty = make.TreatyFactory()
    make.ArticleFactory(treaty=treaty, order=1, cited=[])
    preamble = make.ArticleFactory(treaty=treaty, number="preamble", order=0, cited=[])
    assert Article.objects.order_by("order").first() == preamble


def test_a_source_gives_the_words_of_an_article_once_in_a_language():
    given = make.RenderingFactory(cited=[])
    with refused("rendering_once_per_language_and_source"), transaction.atomic():
        make.RenderingFactory(article=given.article, source=given.source, cited=[])
    make.RenderingFactory(article=given.article, source=given.source, language="ko", cited=[])
    make.RenderingFactory(article=given.article, cited=[])
    assert given.article.renderings.count() == 3


def test_a_wording_without_words_is_refused():
    make.RenderingFactory(cited=[])
    with refused("rendering_has_words"), transaction.atomic():
        Rendering.objects.update(text="")


def test_a_treaty_has_one_obligation_of_a_kind():
    given = make.ObligationFactory(cited=[])
    with refused("obligation_once_per_kind"), transaction.atomic():
        make.ObligationFactory(treaty=given.treaty, cited=[])
    make.ObligationFactory(treaty=given.treaty, kind="NEUTRALITY", cited=[])
    make.ObligationFactory(cited=[])
    assert Obligation.objects.count() == 3


def test_a_topic_has_one_correspondence_and_a_treaty_one_side_of_it():
    found = make.CorrespondenceFactory(cited=[])
    treaty = make.TreatyFactory(cited=[])
    found.sides.create(treaty=treaty)
    with refused("side_once_per_treaty"), transaction.atomic():
        found.sides.create(treaty=treaty)
    with refused("correspondence"), transaction.atomic():
        make.CorrespondenceFactory(topic=found.topic, cited=[])


def test_a_title_stands_once_in_a_language():
    treaty = make.TreatyFactory(cited=[])
    treaty.titles.create(language="ru", title="Договор")
    with refused("title_once_per_language"), transaction.atomic():
        treaty.titles.create(language="ru", title="Договор о партнёрстве")


WORDS = {
    "article_completeness_known": (make.ArticleFactory, "completeness"),
    "rendering_kind_known": (make.RenderingFactory, "kind"),
    "rendering_extent_known": (make.RenderingFactory, "extent"),
    "treatyaction_kind_known": (make.TreatyActionFactory, "kind"),
    "treatyaction_certainty_known": (make.TreatyActionFactory, "certainty"),
    "correspondence_confidence_known": (make.CorrespondenceFactory, "confidence"),
    "obligation_kind_known": (make.ObligationFactory, "kind"),
    "obligation_extent_known": (make.ObligationFactory, "extent"),
    "obligation_article_51_known": (make.ObligationFactory, "article_51"),
    "obligation_domestic_law_known": (make.ObligationFactory, "domestic_law"),
    "topic_group_known": (make.TopicFactory, "group"),
}


@pytest.mark.parametrize("constraint", WORDS)
def test_a_word_outside_the_vocabulary_is_refused(constraint):
    factory, column = WORDS[constraint]
    record = factory()
    with refused(constraint), transaction.atomic():
        type(record).objects.update(**{column: "?"})


@pytest.mark.parametrize("factory", [make.TreatyFactory, make.TopicFactory, make.TreatyActionFactory])
def test_an_address_belongs_to_one_record(factory):
    with refused(".*slug"), transaction.atomic():
        factory(slug=factory().slug)
