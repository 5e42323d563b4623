"""Articles named in running text are found only where their treaty is beyond doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.treaties.mentions import parts


def named(text: str) -> list[tuple[str, str, str]]:
    return [(part.text, part.treaty, part.number) for part in parts(text) if part.treaty]


@pytest.mark.parametrize(
    ("text", "treaty", "number"),
    [
        ("2024 Article 4", "2024", "4"),
        ("1961 Art. 1", "1961", "1"),
        ("Article 4 of the 2024 treaty", "2024", "4"),
        ("Article 1 of the 1961 alliance treaty", "1961", "1"),
        ("Art. 2 of the 2000 pact", "2000", "2"),
        ("Article 1 of 1961", "1961", "1"),
        ("2024 treaty’s Article 16", "2024", "16"),
    ],
)
def test_an_article_beside_its_treaty_is_found_as_it_stands(text, treaty, number) -> None:
    assert named(f"They cite {text}, and rightly.") == [(text, treaty, number)]
    assert named(text) == [(text, treaty, number)]


@pytest.mark.parametrize(
    "text",
    [
        "Article 51 of the UN Charter",
        "Article 51",
        "Article 4",
        "Article 51 of the 1945 Charter",
        "Article 5 of the 1961 Vienna Convention",
        "Article 5 of 1961 Vienna rules",
        "since 2024 Article 51 of the Charter",
        "12024 Article 4",
        "Articles 4 and 8",
        "signed in 2024. Article 4 says so",
    ],
)
def test_what_may_be_another_document_is_left_alone(text) -> None:
    assert named(f"They cite {text} and more.") == []


def test_several_articles_in_one_text_are_found_in_order() -> None:
    text = "Article 4 of the 2024 treaty repeats 1961 Art. 1 and adds Article 51 of the UN Charter."
    assert [(treaty, number) for _, treaty, number in named(text)] == [("2024", "4"), ("1961", "1")]


@given(st.lists(st.sampled_from(["2024 Article 4", " ", "Article 1 of 1961", "of", "2000", "Art. 3", ",", "[…]"])))
def test_parts_joined_are_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert "".join(part.text for part in parts(text)) == text
