from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.editorial import workflow
from apps.editorial.rules import Status
from apps.exchange.models import LoadedRow
from apps.exchange.nouns import NOUNS
from apps.opinions.models import Opinion, Position, Question
from apps.quotes.models import Quote, Utterance
from apps.sources.models import Agent, Source
from apps.timelines.models import Event, EventCitation
from apps.treaties.models import Article, Treaty
from tests.apps.exchange.small_record import CITED, SmallRecord
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def load(small: SmallRecord, **options: bool) -> str:
    said = StringIO()
    call_command("load_record", small.folder, stdout=said, **options)
    return said.getvalue()


def faults_of(small: SmallRecord) -> list[str]:
    with pytest.raises(CommandError) as refusal:
        load(small)
    assert refusal.value.returncode == 1
    *faults, total = str(refusal.value).splitlines()
    assert total.endswith("nothing was loaded.")
    return faults


def rows() -> dict[str, int]:
    """How many rows each table of the record holds, history and all."""
    labels = {noun.label.partition(".")[0] for noun in NOUNS} | {"exchange"}
    return {
        model._meta.label: model._base_manager.count()
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }


def test_a_record_is_loaded_and_public(small: SmallRecord) -> None:
    assert "32 added" in load(small)
    assert Treaty.objects.published().get().parties.get().slug == "north-korea"
    assert Article.objects.published().get().renderings.published().get().text == "First line.\nSecond: line."
    assert Opinion.objects.published().get().position.question.slug == "is-it-automatic"
    event = Event.objects.published().get(slug="2024-10-troops")
    assert (event.happened_earliest.day, event.happened_latest.day) == (1, 31)
    assert event.published_at == NOW
    citation = event.citations.get()
    assert (citation.relation, citation.locator, citation.exact) == ("DISPUTES", "4–5", "no troops")
    kim = Agent.objects.get(slug="kim-jong-un")
    assert kim.names.count() == 3
    assert kim.roles.get().since_earliest.year == 2016


def test_drafts_stay_drafts(small: SmallRecord) -> None:
    load(small)
    assert Source.objects.get(slug="unseen").status == Status.DRAFT
    assert [quote.slug for quote in Quote.objects.published()] == ["kim-alliance-kcna"]


def test_loading_twice_changes_nothing(small: SmallRecord) -> None:
    load(small)
    before = rows()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = load(small)
    assert "nothing to change" in said
    assert rows() == before
    written = [query["sql"] for query in queries if query["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_what_the_files_changed_is_updated_and_nothing_else(small: SmallRecord) -> None:
    load(small)
    before = rows()
    event = small.find("events.yaml", "2024-06-19-summit")
    event["title"] = "A summit"
    event["happened"] = "2024-06-18/2024-06-19"
    small.write()
    assert "0 added, 1 updated" in load(small)
    updated = Event.objects.get(slug="2024-06-19-summit")
    assert (updated.title, updated.happened_earliest.day, updated.status) == ("A summit", 18, Status.PUBLISHED)
    changed = {label: count - before[label] for label, count in rows().items() if count != before[label]}
    assert changed == {"timelines.EventEvent": 1}


def test_what_an_editor_changed_is_kept_and_listed(small: SmallRecord) -> None:
    load(small)
    edited = Event.objects.get(slug="2024-10-troops")
    edited.title = "Troops are seen"
    edited.save()
    small.find("events.yaml", "2024-10-troops")["title"] = "Troops arrive"
    small.find("events.yaml", "2024-06-19-summit")["title"] = "A summit"
    small.write()
    said = load(small)
    assert "kept as edited: event 2024-10-troops" in said
    assert "1 updated" in said
    assert Event.objects.get(slug="2024-10-troops").title == "Troops are seen"
    assert Event.objects.get(slug="2024-06-19-summit").title == "A summit"
    assert "kept as edited: event 2024-10-troops" in load(small)


def test_a_citation_an_editor_added_makes_its_record_edited(small: SmallRecord) -> None:
    load(small)
    EventCitation.objects.create(
        subject=Event.objects.get(slug="2024-10-troops"), source=Source.objects.get(slug="unseen"), position=9
    )
    assert "kept as edited: event 2024-10-troops" in load(small)


def test_force_overwrites_what_an_editor_changed(small: SmallRecord) -> None:
    load(small)
    Event.objects.filter(slug="2024-10-troops").update(title="Troops are seen")
    EventCitation.objects.create(
        subject=Event.objects.get(slug="2024-10-troops"), source=Source.objects.get(slug="unseen"), position=9
    )
    assert "1 updated" in load(small, force=True)
    event = Event.objects.get(slug="2024-10-troops")
    assert event.title == "Troops"
    assert [citation.source.slug for citation in event.citations.all()] == ["kcna-2024-06-20"]
    assert "kept" not in load(small)


def test_what_an_editor_added_is_left_alone(small: SmallRecord) -> None:
    load(small)
    Event.objects.create(slug="2025-01-new", title="New", summary="New.", category="SUMMIT", happened="2025-01")
    for force in (False, True):
        assert "nothing to change" in load(small, force=force)
    assert Event.objects.filter(slug="2025-01-new").exists()


def test_what_an_editor_deleted_stays_away_without_force(small: SmallRecord) -> None:
    load(small)
    Quote.objects.get(slug="kim-alliance-copy").delete()
    assert "kept as deleted: quote kim-alliance-copy" in load(small)
    assert not Quote.objects.filter(slug="kim-alliance-copy").exists()
    assert "1 added" in load(small, force=True)


def test_what_the_files_dropped_is_listed_and_left(small: SmallRecord) -> None:
    load(small)
    small.files["ties.yaml"] = []
    small.files["events.yaml"].pop()
    small.files["timelines.yaml"][0]["items"].pop(1)
    small.write()
    assert "not in the files any more, left as it is: event 2024-10-troops" in load(small)
    assert Event.objects.filter(slug="2024-10-troops").exists()


@pytest.mark.parametrize("name", ["kim-jong-un", "Kim Jong Un", "kim jong-un", "Ким Чен Ын", "김정은"])
def test_an_agent_may_be_called_by_any_name_on_record(small: SmallRecord, name: str) -> None:
    small.find("utterances.yaml", "kim-alliance")["speaker"] = name
    small.find("events.yaml", "2024-06-19-summit")["people"] = [name]
    small.write()
    load(small)
    assert Utterance.objects.get().speaker.slug == "kim-jong-un"
    assert Event.objects.get(slug="2024-06-19-summit").people.get().slug == "kim-jong-un"


def test_a_name_that_several_carry_is_a_fault(small: SmallRecord) -> None:
    small.find("agents.yaml", "kcna")["names"] = [{"name": "Kim Jong-un", "language": "en"}]
    small.find("utterances.yaml", "kim-alliance")["speaker"] = "Kim Jong-un"
    small.write()
    (fault,) = faults_of(small)
    assert fault.startswith(
        "utterances.yaml: [kim-alliance].speaker: “Kim Jong-un” is the name of several: kcna, kim-jong-un"
    )


def test_every_fault_of_every_file_is_listed_and_the_database_untouched(small: SmallRecord) -> None:
    before = rows()
    events = small.files["events.yaml"]
    events[0]["happened"] = "19 June"
    events[0]["titel"] = events[0].pop("title")
    events[1]["people"] = ["nobody"]
    events.append({**events[1], "people": [], "citations": []})
    small.find("sources.yaml", "unseen")["url"] = "https://KCNA.example/treaty/"
    small.find("agents.yaml", "kcna")["short_name"] = "A name that no chip of any page can hold"
    small.files["topics.yaml"][0]["group"] = "warfare"
    small.files["opinions.yaml"][0]["position"] = "maybe"
    small.files["treaties/2024.yaml"]["obligations"][0]["article"] = "5"
    small.write()
    small.raw("facts.yaml", "- slug: a\n  question: [\n")
    small.raw("ties.yaml", "- slug: a\n  slug: b\n")
    small.raw("event.yaml", "[]")
    found = faults_of(small)
    expected = [
        "event.yaml: the file: is none of the record",
        "events.yaml: [2024-06-19-summit].title: is missing",
        "events.yaml: [2024-06-19-summit].titel: is no key of this record",
        "events.yaml: [2024-06-19-summit].happened: “19 June” is not a date that can be read.",
        "events.yaml: [2024-10-troops].people: the agent “nobody” does not exist",
        "events.yaml: [2024-10-troops]: “2024-10-troops” stands twice",
        "sources.yaml: [unseen].url: “https://kcna.example/treaty” stands at [kcna-2024-06-20] too",
        "agents.yaml: [kcna].short_name: has 40 characters; 28 fit",
        "topics.yaml: [mutual-defence].group: “warfare” is none of: security, politics",
        "opinions.yaml: [kim-yes].position: the question “is-it-automatic” has no position “maybe”",
        "treaties/2024.yaml: [2024].obligations[defense].article: the article “2024/5” does not exist",
        "facts.yaml: line 3: ",
        "ties.yaml: line 2: the key “slug” stands twice",
    ]
    unsaid = [words for words in expected if not any(fault.startswith(words) for fault in found)]
    assert unsaid == []
    assert len(found) == len(expected)
    assert rows() == before


def test_what_is_published_without_a_source_or_before_what_it_rests_on_is_a_fault(small: SmallRecord) -> None:
    small.find("events.yaml", "2024-06-19-summit")["citations"] = []
    small.find("events.yaml", "2024-10-troops")["citations"] = [{"source": "unseen"}]
    small.find("utterances.yaml", "kim-alliance")["status"] = "draft"
    small.find("questions.yaml", "is-it-automatic")["status"] = "review"
    small.write()
    assert sorted(faults_of(small)) == [
        "events.yaml: [2024-06-19-summit].citations: is published without a source",
        "events.yaml: [2024-10-troops].citations: is published, but none of its sources is: unseen",
        "opinions.yaml: [kim-yes].question: is published, but the question “is-it-automatic” is not",
        "questions.yaml: [is-it-automatic].assessments[2024-06-20]: is published, "
        "but the question “is-it-automatic” is not",
        "utterances.yaml: [kim-alliance].quotes[kim-alliance-kcna]: is published, "
        "but the utterance “kim-alliance” is not",
    ]


def test_a_folder_without_a_record_is_a_fault(small: SmallRecord) -> None:
    small.folder = small.folder / "nowhere"
    assert len(faults_of(small)) == 1


def test_some_of_the_files_may_be_loaded_onto_a_record_that_stands(small: SmallRecord) -> None:
    load(small)
    for path in small.folder.rglob("*.yaml"):
        path.unlink()
    event = {**small.find("events.yaml", "2024-06-19-summit"), "slug": "2024-07-more", "people": ["김정은"]}
    small.files = {"events.yaml": [*small.files["events.yaml"], event]}
    small.write()
    assert load(small).splitlines() == ["The record: 1 added, 0 updated."]


def test_a_later_change_of_status_follows_the_allowed_steps(small: SmallRecord) -> None:
    load(small)
    small.find("events.yaml", "2024-06-19-summit")["status"] = "draft"
    small.find("sources.yaml", "unseen")["status"] = "published"
    small.write()
    load(small)
    event = Event.objects.get(slug="2024-06-19-summit")
    assert (event.status, event.published_at) == (Status.DRAFT, None)
    assert Source.objects.get(slug="unseen").status == Status.PUBLISHED


def test_a_change_of_status_that_the_house_refuses_is_a_fault(small: SmallRecord) -> None:
    load(small)
    added = Event.objects.create(slug="2025-01-new", title="New", summary="New.", category="SUMMIT", happened="2025-01")
    EventCitation.objects.create(subject=added, source=Source.objects.get(slug="kcna-2024-06-20"))
    for to in (Status.REVIEW, Status.PUBLISHED):
        workflow.move(added, to, by=None, at=NOW)
    before = rows()
    for file in list(small.files):
        if file not in ("agents.yaml", "sources.yaml"):
            (small.folder / file).unlink()
            del small.files[file]
    small.find("sources.yaml", "kcna-2024-06-20")["status"] = "draft"
    small.write()
    found = faults_of(small)
    (fault,) = found
    assert fault.startswith("sources.yaml: [kcna-2024-06-20]: It cannot be withdrawn")
    assert rows() == before
    assert Source.objects.get(slug="kcna-2024-06-20").status == Status.PUBLISHED


def test_positions_that_opinions_take_are_changed_in_place(small: SmallRecord) -> None:
    load(small)
    held = Position.objects.get(slug="yes")
    question = small.find("questions.yaml", "is-it-automatic")
    question["positions"] = [{"slug": "no", "label": "No"}, {"slug": "yes", "label": "Yes, at once"}]
    small.write()
    load(small)
    positions = Question.objects.get().positions.order_by("order")
    assert [(position.slug, position.label) for position in positions] == [("no", "No"), ("yes", "Yes, at once")]
    assert Opinion.objects.get().position_id == held.pk


def test_a_position_that_an_opinion_takes_may_not_be_dropped(small: SmallRecord) -> None:
    load(small)
    small.find("questions.yaml", "is-it-automatic")["positions"].pop(0)
    small.write()
    (fault,) = faults_of(small)
    assert "has no position “yes”" in fault


def test_a_source_may_be_known_through_one_that_stands_later_in_the_file(small: SmallRecord) -> None:
    small.files["sources.yaml"].insert(
        0, {**small.find("sources.yaml", "unseen"), "slug": "a-report", "reported_via": "unseen"}
    )
    for source in small.files["sources.yaml"]:
        source["status"] = "published"
    small.write()
    load(small)
    assert Source.objects.get(slug="a-report").reported_via.reported_via.slug == "kcna-2024-06-20"


def test_sources_known_only_through_each_other_are_a_fault(small: SmallRecord) -> None:
    small.find("sources.yaml", "kcna-2024-06-20")["reported_via"] = "unseen"
    small.find("sources.yaml", "kcna-2024-06-20")["status"] = "draft"
    small.files = {name: small.files[name] for name in ("agents.yaml", "sources.yaml")}
    for path in small.folder.rglob("*.yaml"):
        path.unlink()
    small.write()
    assert [fault for fault in faults_of(small) if "leads back to the source itself" in fault]


def test_the_loaded_state_is_remembered_once_per_record(small: SmallRecord) -> None:
    load(small)
    assert LoadedRow.objects.count() == 32
    assert not LoadedRow.objects.exclude(digest__regex="^[0-9a-f]{64}$").exists()
    assert CITED == [{"source": "kcna-2024-06-20"}]


def test_steps_that_are_not_the_words_of_their_text_are_refused(small: SmallRecord) -> None:
    rendering = small.files["treaties/2024.yaml"]["articles"][0]["renderings"][0]
    rendering["steps"] = "First line.\nAnother line."
    small.write()
    assert "the steps have “Another line.”" in faults_of(small)[0]
    rendering["steps"] = "First line.\nSecond:\nline."
    small.write()
    load(small)
    assert Article.objects.published().get().renderings.published().get().step_lines[1:] == ["Second:", "line."]
