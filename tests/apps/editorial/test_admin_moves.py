"""In the admin a record moves through the workflow alone, and who may not move it is told why."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from apps.editorial.models import Correction
from apps.editorial.rules import Status
from apps.quotes.models import Quote, Utterance
from apps.sources.models import Source
from tests.apps.desk import (
    a_published_quote,
    a_quote,
    a_source,
    address,
    an_utterance,
    filled,
    login,
    publish,
    send,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return login("Editor")


@pytest.fixture
def contributor() -> Client:
    return login("Contributor")


def status(record: Source | Quote | Utterance) -> str:
    return type(record)._default_manager.get(pk=record.pk).status


def test_the_groups_are_there_and_only_editors_publish() -> None:
    names = {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.filter(name__in=["Contributor", "Editor"])
    }
    assert "publish_record" in names["Editor"]
    assert "publish_record" not in names["Contributor"]
    assert {"add_quote", "change_quote", "view_quote", "delete_quotecitation"} <= names["Contributor"]
    assert not {"delete_quote", "add_correction", "change_correction"} & names["Contributor"]


def test_a_status_sent_with_the_form_is_ignored(editor: Client) -> None:
    source = a_source()
    send(editor, source, status="PUBLISHED", published_at="2024-06-20 10:00", title="Another title")
    source.refresh_from_db()
    assert (source.title, source.status, source.published_at) == ("Another title", Status.DRAFT, None)


def test_an_editor_sends_to_review_and_publishes_with_buttons(editor: Client) -> None:
    source = a_source()
    send(editor, source, _move="REVIEW")
    assert status(source) == Status.REVIEW
    response = send(editor, source, _move="PUBLISHED", title="A better title")
    assert status(source) == Status.PUBLISHED
    assert Source.objects.get().title == "A better title"
    assert "now published" in told(response)[0]


def test_a_record_can_be_sent_to_review_from_the_empty_form(editor: Client) -> None:
    publisher = a_source().publisher
    send(
        editor,
        Source,
        "add",
        type="report",
        publisher=publisher.pk,
        title="New",
        slug="new",
        language="en",
        _move="REVIEW",
    )
    assert status(Source.objects.get(slug="new")) == Status.REVIEW


def test_a_move_that_does_not_exist_is_not_made(editor: Client) -> None:
    source = a_source()
    assert send(editor, source, _move="ANYTHING").status_code == 302
    assert status(source) == Status.DRAFT
    response = send(editor, source, _move="WITHDRAWN")
    assert status(source) == Status.DRAFT
    assert any("cannot become withdrawn" in message for message in told(response))


def test_a_refused_move_shows_every_reason_and_keeps_what_was_written(editor: Client) -> None:
    quote = a_quote()
    send(editor, quote, _move="REVIEW")
    response = send(editor, quote, _move="PUBLISHED", note="Rewritten.")
    messages = " ".join(told(response))
    assert "Nothing without a source" in messages
    assert "Publish the utterance first" in messages
    quote.refresh_from_db()
    assert (quote.status, quote.note) == (Status.REVIEW, "Rewritten.")


def test_the_form_offers_a_contributor_no_way_to_publish(contributor: Client) -> None:
    source = a_source()
    send(contributor, source, _move="REVIEW")
    assert status(source) == Status.REVIEW
    page = contributor.get(address(source))
    assert [to for to, _ in page.context["standing"]["moves"]] == ["DRAFT"]
    assert "It waits for an editor." in page.content.decode()


def test_a_contributor_who_sends_the_button_all_the_same_is_refused(contributor: Client) -> None:
    source = a_source()
    send(contributor, source, _move="REVIEW")
    response = send(contributor, source, _move="PUBLISHED")
    assert status(source) == Status.REVIEW
    assert any("Only an editor" in message for message in told(response))


def test_a_contributor_reads_but_does_not_change_what_is_public(contributor: Client) -> None:
    quote = a_published_quote()
    page = contributor.get(address(quote))
    assert page.status_code == 200
    assert "Only an editor may change what is public." in page.content.decode()
    assert contributor.post(address(quote), {"words": "Other words."}).status_code == 403


def test_a_contributor_does_not_change_a_public_quote_through_its_utterance_either(contributor: Client) -> None:
    quote = a_published_quote()
    # A draft around it cannot come about by the workflow, only by hand.
    Utterance.objects.filter(pk=quote.utterance_id).update(status=Status.DRAFT, published_at=None)
    send(contributor, quote.utterance, **{"quotes-0-words": "Other words.", "occasion": "Changed"})
    quote.refresh_from_db()
    assert quote.words == "Words of putin-1-tass."
    assert quote.utterance.occasion == "Changed"


def test_an_utterance_is_published_together_with_its_quotes(editor: Client) -> None:
    quote = a_quote(sources=[publish(a_source())])
    send(editor, quote.utterance, _move="REVIEW", _with_quotes="on")
    response = send(editor, quote.utterance, _move="PUBLISHED", _with_quotes="on")
    assert (status(quote.utterance), status(quote)) == (Status.PUBLISHED, Status.PUBLISHED)
    assert "and 1 more with it" in told(response)[0]
    send(editor, quote.utterance, _move="WITHDRAWN", _with_quotes="on")
    assert (status(quote.utterance), status(quote)) == (Status.WITHDRAWN, Status.WITHDRAWN)


def test_all_of_what_moves_together_moves_or_none_of_it(editor: Client) -> None:
    quote = a_quote()
    send(editor, quote.utterance, _move="REVIEW", _with_quotes="on")
    response = send(editor, quote.utterance, _move="PUBLISHED", _with_quotes="on")
    assert (status(quote.utterance), status(quote)) == (Status.REVIEW, Status.REVIEW)
    assert any("Nothing without a source" in message for message in told(response))


def test_the_list_publishes_those_that_may_be_and_says_why_not_the_others(editor: Client) -> None:
    ready, bare = a_quote("ready", sources=[publish(a_source())]), a_quote("bare")
    for quote in (ready, bare):
        publish(quote.utterance)
    where = address(Quote, "changelist")
    chosen = {"_selected_action": [ready.pk, bare.pk]}
    editor.post(where, {"action": "move_to_review", **chosen})
    response = editor.post(where, {"action": "move_to_published", "note": "read twice", **chosen})
    assert (status(ready), status(bare)) == (Status.PUBLISHED, Status.REVIEW)
    assert any("Words of bare" in message and "Nothing without a source" in message for message in told(response))


def test_the_list_offers_a_contributor_no_publishing(contributor: Client) -> None:
    a_quote()
    page = contributor.get(address(Quote, "changelist")).content.decode()
    assert "move_to_review" in page
    assert "move_to_published" not in page
    assert "move_to_withdrawn" not in page


def test_readers_are_one_link_away_and_drafts_say_that_they_are_not_seen(editor: Client) -> None:
    source = a_source()
    page = editor.get(address(source)).content.decode()
    assert f'href="{source.get_absolute_url()}"' in page
    assert "See it as a reader will" in page
    assert "404" in page
    assert editor.get(source.get_absolute_url()).status_code == 404
    publish(source)
    assert "What you save here they see at once." in editor.get(address(source)).content.decode()
    assert editor.get(source.get_absolute_url()).status_code == 200


def test_an_address_that_readers_know_stays(editor: Client) -> None:
    source = publish(a_source())
    send(editor, source, slug="elsewhere", title="A better title")
    source.refresh_from_db()
    assert (source.slug, source.title) == ("tass-1", "A better title")


def test_what_is_public_is_not_deleted(editor: Client) -> None:
    quote = a_published_quote()
    response = editor.post(address(quote, "delete"), {"post": "yes"})
    assert "is withdrawn, not deleted" in response.content.decode()
    editor.post(
        address(Quote, "changelist"), {"action": "delete_selected", "_selected_action": [quote.pk], "post": "yes"}
    )
    assert Quote.objects.filter(pk=quote.pk).exists()


def test_a_draft_is_deleted_by_an_editor_and_not_by_a_contributor(editor: Client, contributor: Client) -> None:
    quote = a_quote(sources=[a_source()])
    assert contributor.post(address(quote, "delete"), {"post": "yes"}).status_code == 403
    assert editor.post(address(quote, "delete"), {"post": "yes"}).status_code == 302
    assert not Quote.objects.exists()


def test_a_source_that_something_cites_is_not_deleted_and_what_cites_it_is_named(editor: Client) -> None:
    source = a_source()
    a_quote(sources=[source])
    response = editor.post(address(source, "delete"), {"post": "yes"})
    assert "quote “Words of putin-1-tass.”" in response.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()


def test_history_tells_what_was_changed_by_whom_and_why(editor: Client) -> None:
    quote = a_quote(sources=[publish(a_source())])
    send(editor, quote, words="Other words.", _note="as the Kremlin prints it")
    send(editor, quote, _move="REVIEW")
    entries = editor.get(address(quote, "history")).context["entries"]
    # In a test all is one transaction, so that the record and its parts changed at one instant.
    moved, changed, *_ = [entry for entry in entries if not entry.what]
    assert (moved.by, moved.verb) == ("a-editor", "changed")
    assert [(change.field, change.before, change.after) for change in moved.changes] == [
        ("status", "draft", "in review")
    ]
    assert changed.note == "as the Kremlin prints it"
    assert [(change.before, change.after) for change in changed.changes] == [("Words of putin-1-tass.", "Other words.")]
    assert {entry.what for entry in entries} == {"", "quote citation"}


def test_history_keeps_a_citation_that_was_taken_away(editor: Client) -> None:
    quote = a_quote(sources=[a_source()])
    send(editor, quote, **{"citations-0-DELETE": "on"})
    entries = editor.get(address(quote, "history")).context["entries"]
    gone = next(entry for entry in entries if entry.verb == "deleted")
    assert (gone.what, gone.by) == ("quote citation", "a-editor")
    assert ("source", "Tass, Title of tass-1", "") in [(c.field, c.before, c.after) for c in gone.changes]


def test_a_correction_is_signed_by_who_writes_it(editor: Client, contributor: Client) -> None:
    quote = a_published_quote()
    page = editor.get(address(quote)).content.decode()
    assert "/admin/editorial/correction/add/?record_label=" in page
    assert contributor.get(address(Correction, "add")).status_code == 403
    send(
        editor,
        Correction,
        "add",
        record_label="A quote",
        record_path=quote.get_absolute_url(),
        what_changed="A word.",
        reason="Misread.",
        corrected_by="999",
    )
    assert Correction.objects.get().corrected_by.username == "a-editor"
    assert "Misread." in Client().get("/corrections/").content.decode()


def test_the_front_page_groups_the_nouns_and_counts_what_waits(editor: Client) -> None:
    source = a_source()
    send(editor, source, _move="REVIEW")
    page = editor.get("/admin/")
    text = page.content.decode()
    assert "The Pact Record: editors" in text
    assert [desk["name"] for desk in page.context["app_list"]][:2] == ["Sources and who speaks", "What was said"]
    assert 'href="/admin/sources/source/?status__exact=REVIEW">1 source</a>' in text
    assert "People with a login" not in text


def test_the_form_sent_back_untouched_changes_nothing(editor: Client) -> None:
    utterance = an_utterance()
    a_quote(utterance=utterance, sources=[a_source()])
    before = filled(editor.get(address(utterance)))
    assert send(editor, utterance).status_code == 302
    assert filled(editor.get(address(utterance))) == before
    assert Quote.objects.get().history.count() == 1
