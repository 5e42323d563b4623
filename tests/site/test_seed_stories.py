"""The two stories that the record began with, Newser on 19 June and AP on 20 June 2024: all they tell stands on it."""

import re

import pytest

from tests.site.conftest import Walk

pytestmark = pytest.mark.xdist_group("walk")

QUOTED = [
    "all means at its disposal without delay",
    "military and other assistance",
    "The Russian Federation does not exclude the development of military-technical cooperation with the Democratic "
    "People's Republic of Korea in accordance with the document signed today",
    "just and multipolar new world order",
    "The comprehensive partnership agreement signed today provides, among other things, for mutual assistance in the "
    "event of aggression against one of the parties to this agreement",
    "breakthrough",
    "most powerful agreement",
    "full-fledged military intervention",
    "Perhaps the two leaders will prefer for that to remain ominously ambiguous",
    "it could be a dramatic shift in the entire strategic situation in Northeast Asia",
    "there is nothing fundamentally new about this relationship today that was not true before Putin's visit",
]
TOLD = {
    "Kim calls it an alliance": r"\balliance\b",
    "Article 4 names Article 51 of the Charter": r"Article 51\b",
    "trade grew nine-fold": r"nine-?\s?fold|nine times",
    "from a modest amount": r"\bmodest\b",
    "Russia had not printed the text": r"Russia[^.]{0,80}(?:\bnot\b|n't)[^.]{0,60}(?:released|published|made public)",
    "workers earn hard currency": r"\b(?:workers|labou?r)\b",
    "KCNA printed the text": r"Korean Central News Agency",
    "Lukin teaches at the Far Eastern Federal University": r"Far Eastern Federal University",
    "Cronin is of the Hudson Institute": r"Hudson Institute",
    "what China will say is open": r"(?:China|Beijing)[^.?]{0,120}(?:silent|weigh|react|respond|sa[yi]|position|view)",
    "there was a treaty of 1961": r"\b1961\b",
    "there was a treaty of 2000": r"\b2000\b",
}
WITNESSES = ["newser", "ap", "reuters", "nyt", "bbc", "wsj"]


@pytest.mark.parametrize("words", QUOTED)
def test_their_quotations_stand_word_for_word(walk: Walk, words: str) -> None:
    assert any(words.lower() in page.words.lower() for page in walk.pages.values())


@pytest.mark.parametrize("fact", TOLD)
def test_what_they_tell_is_told(walk: Walk, fact: str) -> None:
    pattern = re.compile(TOLD[fact], re.IGNORECASE)
    assert any(pattern.search(page.words) for page in walk.pages.values())


@pytest.mark.parametrize("publisher", WITNESSES)
def test_whom_they_rest_on_is_a_source_of_its_own(walk: Walk, publisher: str) -> None:
    sources = [path for path, status in walk.answers.items() if status == 200 and path.startswith("/sources/")]
    assert any(re.match(rf"/sources/{publisher}-\d", path) for path in sources)
