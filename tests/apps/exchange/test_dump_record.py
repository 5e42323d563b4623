from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection

from apps.editorial import workflow
from apps.editorial.rules import Status
from apps.exchange import schema
from apps.exchange.dumping import to_yaml
from apps.exchange.nouns import NOUNS, children
from apps.exchange.reading import ENTRIES, _Loader
from apps.timelines.models import Event
from apps.treaties.models import Rendering
from tests.apps.exchange.small_record import SmallRecord
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.yaml")}


def load(folder: Path) -> None:
    call_command("load_record", folder, verbosity=0)


def dump(folder: Path) -> dict[str, str]:
    call_command("dump_record", folder, verbosity=0)
    return texts(folder)


def empty_the_database() -> None:
    tables = [table for table in connection.introspection.table_names() if not table.startswith("django_migrations")]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def test_load_dump_load_dump_gives_the_same_bytes(small: SmallRecord, tmp_path: Path) -> None:
    load(small.folder)
    first = dump(tmp_path / "first")
    empty_the_database()
    load(tmp_path / "first")
    assert dump(tmp_path / "second") == first
    assert set(first) == set(small.files)


def test_a_dump_of_files_in_canonical_form_gives_these_files(small: SmallRecord, tmp_path: Path) -> None:
    load(small.folder)
    canonical = dump(small.folder)
    assert dump(tmp_path / "again") == canonical
    with_names = yaml.safe_load(canonical["agents.yaml"])[1]
    assert list(with_names) == ["slug", "name", "kind", "country", "names", "roles", "status"]


def test_a_dump_keeps_what_has_an_order_and_sorts_the_rest(small: SmallRecord, tmp_path: Path) -> None:
    small.files["events.yaml"].reverse()
    small.write()
    load(small.folder)
    dumped = dump(tmp_path / "dump")
    assert [event["slug"] for event in yaml.safe_load(dumped["events.yaml"])] == ["2024-06-19-summit", "2024-10-troops"]
    assert [topic["slug"] for topic in yaml.safe_load(dumped["topics.yaml"])] == ["mutual-defence", "economy"]
    quotes = yaml.safe_load(dumped["utterances.yaml"])[0]["quotes"]
    assert [quote["slug"] for quote in quotes] == ["kim-alliance-kcna", "kim-alliance-copy"]


def test_dates_and_numbers_are_texts_for_every_reader_of_yaml(small: SmallRecord, tmp_path: Path) -> None:
    load(small.folder)
    dumped = dump(tmp_path / "dump")
    treaty = yaml.safe_load(dumped["treaties/2024.yaml"])
    assert (treaty["slug"], treaty["articles"][0]["number"], treaty["acts"][0]["happened"]) == (
        "2024",
        "4",
        "2024-06-19",
    )
    assert "김정은" in dumped["agents.yaml"]


def test_what_an_editor_added_and_withdrew_is_dumped_and_loads_again(small: SmallRecord, tmp_path: Path) -> None:
    load(small.folder)
    Event.objects.create(slug="2025-01-new", title="New", summary="New.", category="SUMMIT", happened="2025-01~")
    workflow.move(Event.objects.get(slug="2024-06-19-summit"), Status.WITHDRAWN, by=None, at=NOW)
    first = dump(tmp_path / "first")
    assert "status: withdrawn" in first["events.yaml"]
    empty_the_database()
    load(tmp_path / "first")
    assert Event.objects.get(slug="2024-06-19-summit").status == Status.WITHDRAWN
    assert Event.objects.get(slug="2025-01-new").status == Status.DRAFT
    assert dump(tmp_path / "second") == first


def test_saving_a_form_without_changing_anything_changes_nothing_here(small: SmallRecord, tmp_path: Path) -> None:
    load(small.folder)
    before = dump(tmp_path / "before")
    rendering = Rendering.objects.get()
    # Browsers send lines that end in CR LF.
    rendering.text = rendering.text.replace("\n", "\r\n")
    rendering.save()
    assert dump(tmp_path / "after") == before


@pytest.mark.parametrize(
    "text",
    ["yes", "null", "~", "1961", "1.0", "- a", "a: b", "#a", "'a'", '"a"', "“a”: b", "{a}", "a\nb: c\n\n- d", "a\tb",
     "조선 Корея 🇰🇵", "a" * 300, "word " * 60 + "end", "a\n" + "word " * 60 + "end", "[…] at once", "%", "@a", "!a"],
)  # fmt: skip
def test_any_text_survives_the_files(text: str) -> None:
    assert yaml.load(to_yaml([{"words": text}]), Loader=_Loader) == [{"words": text}]
    assert yaml.safe_load(to_yaml([{"words": text}])) == [{"words": text}]


def test_a_folder_that_cannot_be_written_is_a_fault(small: SmallRecord, tmp_path: Path) -> None:
    load(small.folder)
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        dump(tmp_path / "file")


def test_schema_and_tables_know_the_same_keys() -> None:
    def keys_of(entry: type[schema.Entry]) -> set[str]:
        return set(entry.model_fields)

    by_noun = {
        noun.kind: (ENTRIES[noun.file].__args__[0] if "{" not in noun.file else ENTRIES[noun.file])
        for noun in NOUNS
        if noun.file
    }
    for noun in NOUNS:
        for child in children(noun.kind):
            by_noun[child.kind] = by_noun[noun.kind].model_fields[child.nest].annotation.__args__[0]
    for noun in NOUNS:
        known = {part.key for part in noun.fields} | {child.nest for child in children(noun.kind)}
        assert keys_of(by_noun[noun.kind]) - known == ({"order"} if noun.kind == "question" else set()), noun.kind
        assert known <= keys_of(by_noun[noun.kind]), noun.kind
