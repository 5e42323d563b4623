"""A source as other people's tools read it."""

import datetime as dt
import json
import re

import pytest

from apps.sources import citing
from apps.sources.models import Agent, Source
from apps.sources.rules import SourceType


def source(**columns) -> Source:
    publisher = Agent(name=columns.pop("publisher", "Associated Press"))
    via = columns.pop("via", "")
    return Source(
        **{
            "slug": "ap-text",
            "type": "article-newspaper",
            "title": "Text of pact",
            "publisher": publisher,
            "issued": "2024-06-20",
            "language": "en",
            "status": "PUBLISHED",
            "reported_via": source(slug="digest", publisher=via) if via else None,
            **columns,
        }
    )


def test_chicago_names_author_title_publisher_day_and_address():
    given = source(byline="Kim Tong-hyung", url="https://example.org/a")
    assert citing.chicago(given) == (
        "Kim Tong-hyung. “Text of pact.” Associated Press, 20 June 2024. https://example.org/a."
    )


def test_chicago_puts_what_the_item_stands_in_before_its_publisher():
    given = source(type="article-journal", container_title="Asian Survey", publisher="UC Press", issued="2025")
    assert citing.chicago(given) == "“Text of pact.” Asian Survey. UC Press, 2025."


def test_chicago_gives_a_title_of_ours_in_brackets_and_says_when_there_is_no_date():
    given = source(title="Statement on the treaty", title_is_description=True, issued="")
    assert citing.chicago(given) == "[Statement on the treaty]. Associated Press, n.d."


def test_chicago_says_through_whom_a_source_is_known():
    given = source(publisher="Reuters", via="Newser")
    assert citing.chicago(given) == "“Text of pact.” Reuters, 20 June 2024. Known through Newser."


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Is it a pact?", "“Is it a pact?”"),
        ("They signed.", "“They signed.”"),
        ("Putin calls it a “breakthrough”", "“Putin calls it a ‘breakthrough’.”"),
    ],
)
def test_chicago_ends_a_title_once_and_nests_its_quotation_marks(title, printed):
    assert citing.chicago(source(title=title)).startswith(printed)


def test_chicago_does_not_double_the_stop_of_an_initial():
    assert citing.chicago(source(byline="Kim J. H.")).startswith("Kim J. H. “")


@pytest.mark.parametrize("kind", ["book", "report"])
def test_chicago_quotes_no_title_of_what_stands_alone(kind):
    given = source(type=kind, title="A “pact” of 1961", publisher="CQ Press", issued="2009")
    assert citing.chicago(given) == "A “pact” of 1961. CQ Press, 2009."


@pytest.mark.parametrize(
    ("authors", "chicago", "ris", "bibtex", "csl"),
    [
        (
            "Lankov, Andrei",
            "Lankov, Andrei. “",
            ["Lankov, Andrei"],
            "{Lankov, Andrei}",
            [{"family": "Lankov", "given": "Andrei"}],
        ),
        (
            "Yoon Young-kwan; Cha, Victor",
            "Yoon Young-kwan and Victor Cha. “",
            ["Yoon Young-kwan", "Cha, Victor"],
            "{{Yoon Young-kwan} and Cha, Victor}",
            [{"literal": "Yoon Young-kwan"}, {"family": "Cha", "given": "Victor"}],
        ),
        (
            "Hird, Karolina; Shats, Daniel; O'Neil, Alison",
            "Hird, Karolina, Daniel Shats, and Alison O'Neil. “",
            ["Hird, Karolina", "Shats, Daniel", "O'Neil, Alison"],
            "{Hird, Karolina and Shats, Daniel and O'Neil, Alison}",
            [
                {"family": "Hird", "given": "Karolina"},
                {"family": "Shats", "given": "Daniel"},
                {"family": "O'Neil", "given": "Alison"},
            ],
        ),
    ],
)
def test_family_names_lead_where_the_record_tells_them_from_given_ones(authors, chicago, ris, bibtex, csl):
    given = source(byline="As printed", authors=authors)
    assert citing.chicago(given).startswith(chicago)
    assert re.findall("AU  - (.*)", citing.ris(given)) == ris
    assert f"  author = {bibtex}," in citing.bibtex(given)
    assert citing.csl(given)["author"] == csl


def test_two_authors_stand_apart_by_a_comma_where_the_first_is_turned_round():
    given = source(authors="Asmolov, Konstantin; Babaev, Kirill")
    assert citing.chicago(given).startswith("Asmolov, Konstantin, and Kirill Babaev. ")


def test_nothing_names_the_source_one_is_known_through_before_that_was_issued():
    digest_on = dt.datetime(2024, 6, 22, tzinfo=dt.UTC)
    given = source(via="Newser")
    given.reported_via.issued_latest = digest_on
    for form in (citing.chicago, citing.bibtex, citing.ris, citing.csl_json):
        assert "Newser" not in form(given, digest_on - dt.timedelta(seconds=1))
        assert "Known through Newser" in form(given, digest_on)


def test_bibtex_has_one_field_a_line_and_none_that_is_empty():
    assert citing.bibtex(source(byline="Kim Tong-hyung", url="https://example.org/a_b?c=1%20d")) == (
        "@article{ap-text,\n"
        "  author = {{Kim Tong-hyung}},\n"
        "  title = {Text of pact},\n"
        "  journaltitle = {Associated Press},\n"
        "  date = {2024-06-20},\n"
        "  langid = {en},\n"
        "  url = {https://example.org/a_b?c=1%20d}\n"
        "}"
    )


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("War & peace", r"War \& peace"),
        ("{Draft} of 100%", r"\textbraceleft{}Draft\textbraceright{} of 100\%"),
        ("a_b #1 $5", r"a\_b \#1 \$5"),
        ("back\\slash ~ ^", r"back\textbackslash{}slash \textasciitilde{} \textasciicircum{}"),
    ],
)
def test_bibtex_escapes_what_latex_would_take_for_itself(title, escaped):
    assert f"  title = {{{escaped}}}," in citing.bibtex(source(title=title))


def test_bibtex_stays_balanced_whatever_the_source_holds():
    entry = citing.bibtex(
        source(title="}{ \\{", byline="{A", container_title="B}", publisher="C{}{", url="https://example.org/{a}}")
    )
    depth = 0
    for mark in entry:
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
    assert depth == 0
    assert "url = {https://example.org/%7Ba%7D%7D}" in entry


def test_bibtex_without_a_date_has_none_and_an_agency_stands_as_author():
    entry = citing.bibtex(source(type="report", issued="", publisher="Smith & Sons"))
    assert "date" not in entry
    assert r"author = {{Smith \& Sons}}" in entry


def test_bibtex_calls_a_book_a_book_and_says_through_whom_it_is_known():
    entry = citing.bibtex(source(type="book", via="Newser & Co"))
    assert entry.startswith("@book{")
    assert r"note = {Known through Newser \& Co}" in entry


def test_an_hour_does_not_stand_in_a_bibliographic_date():
    given = source(issued="2024-06-19T14:13:00Z")
    assert "date = {2024-06-19}" in citing.bibtex(given)
    assert "DA  - 2024/06/19" in citing.ris(given)
    assert citing.csl(given)["issued"] == {"date-parts": [[2024, 6, 19]]}


def test_ris_begins_with_the_type_and_ends_the_record():
    assert citing.ris(source(byline="Kim Tong-hyung", url="https://example.org/a", via="Newser")) == (
        "TY  - NEWS\n"
        "AU  - Kim Tong-hyung\n"
        "TI  - Text of pact\n"
        "T2  - Associated Press\n"
        "PY  - 2024\n"
        "DA  - 2024/06/20\n"
        "LA  - en\n"
        "UR  - https://example.org/a\n"
        "N1  - Known through Newser\n"
        "ER  - "
    )


def test_ris_gives_a_month_as_a_month_and_nothing_for_no_date():
    assert "DA  - 1995/08\n" in citing.ris(source(issued="1995-08~"))
    undated = citing.ris(source(issued=""))
    assert "PY" not in undated
    assert "DA" not in undated


@pytest.mark.parametrize("kind", SourceType.values)
def test_every_type_of_source_has_a_type_in_ris_and_keeps_its_own_in_csl(kind):
    given = source(type=kind)
    assert citing.ris(given).startswith("TY  - ")
    assert citing.csl(given)["type"] == kind


def test_csl_json_is_a_list_of_one_item_in_its_own_letters():
    given = source(
        title="북러 조약", byline="김", container_title="로동신문", url="https://example.org/a", via="Yonhap"
    )
    text = citing.csl_json(given)
    assert "북러 조약" in text
    assert json.loads(text) == [
        {
            "id": "ap-text",
            "type": "article-newspaper",
            "title": "북러 조약",
            "publisher": "Associated Press",
            "language": "en",
            "author": [{"literal": "김"}],
            "container-title": "로동신문",
            "issued": {"date-parts": [[2024, 6, 20]]},
            "URL": "https://example.org/a",
            "note": "Known through Yonhap",
        }
    ]


def test_csl_leaves_out_what_is_not_on_record():
    assert set(citing.csl(source(type="report", issued=""))) == {"id", "type", "title", "publisher", "language"}


@pytest.mark.parametrize("kind", ["article-newspaper", "article-magazine", "webpage", "post-weblog"])
def test_what_appeared_in_nothing_on_record_appeared_in_what_its_publisher_is_called_by(kind):
    given = source(type=kind, publisher="Newser", url="https://example.org/a")
    item = citing.csl(given)
    assert (item["container-title"], item.get("publisher")) == ("Newser", None)
    assert re.findall("(T2|PB)  - (.*)", citing.ris(given)) == [("T2", "Newser")]
    entry = citing.bibtex(given)
    opens, field = ("@article{", "journaltitle") if kind.startswith("article-") else ("@online{", "organization")
    assert entry.startswith(opens)
    assert re.findall("(.*) = {+Newser}+,", entry) == [f"  {field}"]


def test_a_publisher_is_named_beside_what_is_on_record_as_the_container():
    given = source(container_title="Associated Press News")
    item = citing.csl(given)
    assert (item["container-title"], item["publisher"]) == ("Associated Press News", "Associated Press")
    assert re.findall("(T2|PB)  - (.*)", citing.ris(given)) == [
        ("T2", "Associated Press News"),
        ("PB", "Associated Press"),
    ]
    assert "  journaltitle = {Associated Press News},\n  publisher = {Associated Press},\n" in citing.bibtex(given)


RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")
# The schema csl-data 1.0.2 allows no other property of an item than it names; those that are ever written here.
CSL = {"id", "type", "title", "publisher", "language", "author", "container-title", "issued", "URL", "note"}
CSL_TYPES = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter"),
    *("classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event"),
    *("figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map"),
    *("motion_picture", "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical"),
    *("personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software"),
    *("song", "speech", "standard", "thesis", "treaty", "webpage"),
}


@pytest.mark.parametrize("kind", SourceType.values)
@pytest.mark.parametrize("issued", ["", "2024", "1995-08~", "2024-06-19T14:13:00Z", "2024-06-18/2024-06-19"])
def test_every_source_is_valid_ris_and_valid_csl_json(kind, issued):
    given = source(type=kind, issued=issued, byline="Kim", container_title="A", url="https://example.org/a", via="B")
    lines = citing.ris(given).split("\n")
    assert all(RIS_LINE.fullmatch(line) for line in lines)
    tags = [line[:2] for line in lines]
    assert (tags[0], tags[-1], tags.count("TY"), tags.count("ER")) == ("TY", "ER", 1, 1)
    (item,) = json.loads(citing.csl_json(given))
    assert set(item) <= CSL
    assert item["type"] in CSL_TYPES
    assert item["author"] == [{"literal": "Kim"}]
    parts = item.get("issued", {"date-parts": [[2024]]})["date-parts"]
    assert all(1 <= len(each) <= 3 and all(isinstance(part, int) for part in each) for each in parts)
