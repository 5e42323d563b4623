"""What may happen to a record, who may do it, and in which words the house refuses."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction

from apps.editorial.models import EditorialModel
from apps.editorial.rules import TRANSITIONS, Status
from apps.editorial.workflow import Refused, move
from apps.sources.models import Agent, CitedModel
from apps.timelines.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)
ALLOWED = {
    ("DRAFT", "REVIEW"),
    ("REVIEW", "DRAFT"),
    ("REVIEW", "PUBLISHED"),
    ("PUBLISHED", "WITHDRAWN"),
    ("WITHDRAWN", "REVIEW"),
}
STANDINGS = {
    "DRAFT": {},
    "REVIEW": {"in_review": True},
    "PUBLISHED": {"published": True},
    "WITHDRAWN": {"withdrawn": True},
}
STEPS = [(current, to) for current in Status.values for to in Status.values]


def refusal(record: EditorialModel, to: str, by: User | None = None) -> str:
    with pytest.raises(Refused) as refused:
        move(record, to, by=by, at=AT)
    return " ".join(refused.value.reasons)


def member(group: str) -> User:
    user = User.objects.create_user(f"a-{group}")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize(("current", "to"), STEPS)
def test_a_record_goes_only_where_the_house_allows(current, to):
    agent = make.AgentFactory(**STANDINGS[current])
    if (current, to) in ALLOWED:
        assert move(agent, to, by=None, at=AT).status == to
        agent.refresh_from_db()
        assert agent.status == to
    else:
        assert "from there it cannot become" in refusal(agent, to)
        agent.refresh_from_db()
        assert agent.status == current


def test_every_status_leads_somewhere():
    assert set(TRANSITIONS) == set(Status.values)


def test_publishing_notes_the_instant_and_withdrawing_keeps_it():
    agent = move(make.AgentFactory(in_review=True), "PUBLISHED", by=None, at=AT)
    assert (agent.published_at, agent.withdrawn_at) == (AT, None)
    later = AT + dt.timedelta(days=1)
    move(agent, "WITHDRAWN", by=None, at=later)
    assert (agent.published_at, agent.withdrawn_at) == (AT, later)
    move(agent, "REVIEW", by=None, at=later)
    assert (agent.published_at, agent.withdrawn_at) == (None, None)


def test_the_row_as_it_stands_counts_not_the_copy_in_hand():
    agent = make.AgentFactory(in_review=True)
    Agent.objects.update(status="DRAFT")
    assert "is draft; from there it cannot become published" in refusal(agent, "PUBLISHED")


def test_moving_writes_nothing_but_the_status():
    agent = make.AgentFactory(in_review=True, name="As it was")
    agent.name = "Not saved"
    move(agent, "PUBLISHED", by=None, at=AT)
    assert Agent.objects.get().name == "As it was"


def test_a_contributor_sends_to_review_and_does_not_publish():
    contributor = member("Contributor")
    agent = move(make.AgentFactory(name="Kim"), "REVIEW", by=contributor, at=AT)
    assert refusal(agent, "PUBLISHED", by=contributor) == "Only an editor may make the agent “Kim” published."
    assert move(agent, "PUBLISHED", by=member("Editor"), at=AT).status == "PUBLISHED"


def test_nothing_is_published_without_a_source():
    event = make.EventFactory(in_review=True, cited=[])
    assert refusal(event, "PUBLISHED") == "Nothing without a source: add at least one citation."


def test_a_draft_source_is_not_enough_and_is_named():
    source = make.SourceFactory(title="Dispatch", publisher__name="KCNA")
    event = make.EventFactory(in_review=True, cited=[source])
    assert refusal(event, "PUBLISHED") == (
        "None of its sources is published yet. Publish first: source “KCNA, Dispatch”."
    )


def test_one_published_source_among_drafts_is_enough():
    event = make.EventFactory(in_review=True, cited=[make.SourceFactory(), make.SourceFactory(published=True)])
    assert move(event, "PUBLISHED", by=None, at=AT).status == "PUBLISHED"


@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, CitedModel)], ids=lambda m: m.__name__)
def test_no_kind_of_cited_record_is_published_without_a_source(model):
    factory = getattr(make, f"{model.__name__}Factory")
    assert "Nothing without a source" in refusal(factory(in_review=True, cited=[]), "PUBLISHED")


def test_a_source_waits_for_its_publisher_and_for_the_source_it_is_known_through():
    via = make.SourceFactory(title="Digest", publisher__name="Newser")
    source = make.SourceFactory(in_review=True, publisher=make.AgentFactory(name="Reuters"), reported_via=via)
    said = refusal(source, "PUBLISHED")
    assert "Publish its publisher first: the agent “Reuters”." in said
    assert "Publish first the source through which it is known: the source “Newser, Digest”." in said


CHILDREN = {
    "an article of a draft treaty": lambda: make.ArticleFactory(in_review=True, treaty=make.TreatyFactory()),
    "a wording of a draft article": lambda: make.RenderingFactory(in_review=True, article=make.ArticleFactory()),
    "an act of a draft treaty": lambda: make.TreatyActionFactory(in_review=True, treaty=make.TreatyFactory()),
    "an obligation of a draft treaty": lambda: make.ObligationFactory(in_review=True, treaty=make.TreatyFactory()),
    "a correspondence of a draft topic": lambda: make.CorrespondenceFactory(in_review=True, topic=make.TopicFactory()),
    "a finding of a draft topic": lambda: make.TopicFindingFactory(in_review=True, topic=make.TopicFactory()),
    "a finding of a draft timeline": lambda: make.TimelineFindingFactory(
        in_review=True, timeline=make.TimelineFactory()
    ),
    "a statement of a draft speaker": lambda: make.UtteranceFactory(in_review=True, speaker=make.AgentFactory()),
    "a printing of a draft statement": lambda: make.QuoteFactory(in_review=True, utterance=make.UtteranceFactory()),
    "an opinion of a draft expert": lambda: make.OpinionFactory(in_review=True, expert=make.AgentFactory()),
    "an opinion on a draft question": lambda: make.OpinionFactory(
        in_review=True, position__question=make.QuestionFactory()
    ),
    "an assessment of a draft question": lambda: make.AssessmentFactory(
        in_review=True, question=make.QuestionFactory()
    ),
    "a value of a draft fact": lambda: make.ValueFactory(in_review=True, fact=make.ContestedFactFactory()),
    "a tie to a draft event": lambda: make.ArticleTieFactory(in_review=True, event=make.EventFactory()),
    "an obligation under a draft article": lambda: make.ObligationFactory(
        in_review=True, article=make.ArticleFactory()
    ),
    "a fact about a draft treaty": lambda: make.ContestedFactFactory(in_review=True, treaty=make.TreatyFactory()),
    "a fact about a draft act": lambda: make.ContestedFactFactory(in_review=True, act=make.TreatyActionFactory()),
    "a tie to a draft article": lambda: make.ArticleTieFactory(in_review=True, article=make.ArticleFactory()),
}


@pytest.mark.parametrize("a", CHILDREN)
def test_what_hangs_on_a_draft_is_not_published_before_it(a):
    assert "first" in refusal(CHILDREN[a](), "PUBLISHED")


RESTING = {
    "a treaty with a public article": lambda: make.ArticleFactory(published=True, heading="Help").treaty,
    "an article with a public wording": lambda: make.RenderingFactory(published=True).article,
    "an article with a public tie": lambda: make.ArticleTieFactory(published=True).article,
    "an event with a public tie": lambda: make.ArticleTieFactory(published=True).event,
    "a topic with a public correspondence": lambda: make.CorrespondenceFactory(published=True).topic,
    "a speaker with a public statement": lambda: make.UtteranceFactory(published=True).speaker,
    "a statement with a public printing": lambda: make.QuoteFactory(published=True).utterance,
    "a question with a public assessment": lambda: make.AssessmentFactory(published=True).question,
    "a question with a public opinion": lambda: make.OpinionFactory(published=True).position.question,
    "an expert with a public opinion": lambda: make.OpinionFactory(published=True).expert,
    "a fact with a public value": lambda: make.ValueFactory(published=True).fact,
    "a publisher with a public source": lambda: make.SourceFactory(published=True).publisher,
    "a source through which another is known": lambda: (
        make.SourceFactory(published=True, reported_via=make.SourceFactory(published=True)).reported_via
    ),
    "a source that a public record cites": lambda: make.EventFactory(published=True).citations.get().source,
    "a source that prints a public wording": lambda: make.RenderingFactory(published=True).source,
}


@pytest.mark.parametrize("a", RESTING)
def test_what_carries_something_public_is_not_withdrawn(a):
    carrier = RESTING[a]()
    assert "It cannot be withdrawn, because these rest on it: " in refusal(carrier, "WITHDRAWN")
    carrier.refresh_from_db()
    assert carrier.status == "PUBLISHED"


def test_the_refusal_names_everything_that_rests_on_a_source_once():
    source = make.SourceFactory(published=True)
    make.EventFactory(published=True, title="The signing", cited=[source])
    value = make.ValueFactory(published=True, value="19 June", fact__question="When?", cited=[source])
    value.citations.create(source=source, relation="SUPPORTS")
    make.EventFactory(title="A draft", cited=[source])
    assert refusal(source, "WITHDRAWN") == (
        "It cannot be withdrawn, because these rest on it: event “The signing”; value “When?: 19 June”."
    )


def test_a_source_on_which_only_drafts_rest_is_withdrawn():
    source = make.EventFactory(cited=[make.SourceFactory(published=True)]).citations.get().source
    assert move(source, "WITHDRAWN", by=None, at=AT).status == "WITHDRAWN"


def test_a_parent_is_withdrawn_after_its_children():
    article = make.ArticleFactory(published=True)
    move(article, "WITHDRAWN", by=None, at=AT)
    assert move(article.treaty, "WITHDRAWN", by=None, at=AT).status == "WITHDRAWN"


@pytest.fixture
def event() -> Event:
    return make.EventFactory(published=True)


def loses(action) -> None:
    """`action` is refused by the database once the transaction would end."""
    with pytest.raises(IntegrityError, match="must keep a citation of a published source"), transaction.atomic():
        action()
        connection.check_constraints()


def test_the_database_refuses_to_delete_the_last_citation_of_a_public_record(event):
    loses(event.citations.get().delete)


def test_the_database_refuses_to_delete_it_with_a_whole_query(event):
    loses(event.citations.all().delete)


def test_the_database_refuses_to_turn_it_to_a_draft_source(event):
    draft = make.SourceFactory()
    loses(lambda: event.citations.update(source=draft))


def test_the_database_refuses_to_hand_it_to_another_record(event):
    other = make.EventFactory(cited=[])
    loses(lambda: event.citations.update(subject=other))


def test_the_database_watches_every_kind_of_citation():
    tables = {table._meta.db_table for table in apps.get_models() if table._meta.db_table.endswith("citation")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%keep_last_citation%%' AND tgdeferrable"
        )
        watched = {name for (name,) in cursor.fetchall()}
    assert watched == tables


def test_a_citation_may_be_replaced_within_one_transaction(event):
    source = make.SourceFactory(published=True)
    with transaction.atomic():
        event.citations.all().delete()
        event.citations.create(source=source)
        connection.check_constraints()
    assert event.citations.get().source == source


def test_a_draft_may_lose_all_its_citations():
    draft = make.EventFactory()
    draft.citations.all().delete()
    connection.check_constraints()
    assert not draft.citations.exists()


def test_a_public_record_goes_with_its_citations(event):
    event.delete()
    connection.check_constraints()
    assert not Event.objects.exists()
