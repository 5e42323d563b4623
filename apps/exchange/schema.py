"""What may stand in each file of the record. Strict: a key that is not here is a fault.

Empty values count as absent; a text loses the blanks at the ends of its lines.
"""

import re
from functools import lru_cache
from typing import Annotated, Any

from django.db.models import TextChoices
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from apps.editorial import dates
from apps.editorial.rules import Status
from apps.exchange.fields import tidy_text
from apps.opinions.rules import Expressed, Knowledge, Rank
from apps.quotes.rules import Officiality
from apps.sources.rules import AgentKind, Locator, Relation, SourceType, normal_url
from apps.timelines.rules import Category, TieKind
from apps.treaties.rules import (
    ActKind,
    Certainty,
    Completeness,
    Condition,
    Confidence,
    Extent,
    ObligationKind,
    Owed,
    Presence,
    RenderingKind,
    TopicGroup,
    unlike,
)


def _tidy(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("must be a text")
    return tidy_text(value)


def _matches(pattern: str, sentence: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"“{value}” {sentence}")
        return value

    return AfterValidator(check)


def _one_of(choices: type[TextChoices]) -> AfterValidator:
    accepted = [value.lower() for value in choices.values]

    def check(value: str) -> str:
        if value not in accepted:
            raise ValueError(f"“{value}” is none of: {', '.join(accepted)}")
        return value

    return AfterValidator(check)


@lru_cache(maxsize=4096)
def _edtf(value: str) -> str:
    dates.bounds(value)
    return value


def _url(value: str) -> str:
    return normal_url(normal_url(value))


Text = Annotated[str, BeforeValidator(_tidy)]
Slug = Annotated[
    Text, _matches(r"[a-z0-9][a-z0-9_-]*", "is no slug: small letters, digits and hyphens, such as kim-jong-un")
]
Edtf = Annotated[Text, AfterValidator(_edtf)]
Url = Annotated[Text, AfterValidator(_url)]
Language = Annotated[Text, _matches(r"[a-z]{2,3}(-[A-Za-z0-9]+)?", "is no language code, such as en, ru, ko, ko-Latn")]
Country = Annotated[
    Text, AfterValidator(str.upper), _matches(r"[A-Z]{2}", "is no country code of two letters, such as KP")
]
Number = Annotated[Text, _matches(r"preamble|[1-9]\d*", "is no article: write preamble, or a number from 1")]
ArticleRef = Annotated[
    Text, _matches(r"[a-z0-9-]+/(preamble|[1-9]\d*)", "is no article of a treaty: write it as 2024/4")
]
AssessmentRef = Annotated[
    Text, _matches(r"[a-z0-9-]+/\S+", "is no assessment of a question: write it as treaty-in-force/2024-12-04")
]
ObligationRef = Annotated[
    Text, _matches(r"[a-z0-9-]+/[a-z_]+", "is no obligation of a treaty: write it as 2024/defense")
]
OwnArticleRef = Annotated[
    Text,
    AfterValidator(lambda value: value.rpartition("/")[2]),
    _matches(r"preamble|[1-9]\d*", "is no article: write preamble, or a number from 1"),
]
Owner = Annotated[
    Text,
    _matches(
        r"home|comparison|topic:[a-z0-9_-]+|timeline:[a-z0-9_-]*",
        "is no owner: home, comparison, topic:<slug>, timeline:<slug> or timeline:",
    ),
]
StatusName = Annotated[Text, _one_of(Status)]


class Entry(BaseModel):
    """A mapping in a file."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept for key, kept in value.items() if kept not in (None, "", [], {})}
        return value


class CitationEntry(Entry):
    source: Slug
    relation: Annotated[Text, _one_of(Relation)] = "evidence"
    label: Annotated[Text, _one_of(Locator)] | None = None
    locator: Text | None = None
    exact: Text | None = None

    @model_validator(mode="after")
    def _locator_has_label(self) -> "CitationEntry":
        if (self.label is None) != (self.locator is None):
            raise ValueError("label and locator go together: what is counted, and where")
        return self


class Record(Entry):
    status: StatusName
    editor_note: Text | None = None


class Cited(Record):
    citations: list[CitationEntry] = []


class NameEntry(Entry):
    name: Text
    language: Language


class RoleEntry(Entry):
    title: Text
    body: Text | None = None
    since: Edtf | None = None
    until: Edtf | None = None
    source: Slug

    @model_validator(mode="after")
    def _in_order(self) -> "RoleEntry":
        if self.since and self.until and dates.bounds(self.since)[0] > dates.bounds(self.until)[1]:
            raise ValueError("until is before since")
        return self


class AgentEntry(Record):
    slug: Slug
    name: Text
    short_name: Text | None = None
    kind: Annotated[Text, _one_of(AgentKind)]
    country: Country | None = None
    description: Text | None = None
    names: list[NameEntry] = []
    roles: list[RoleEntry] = []


class SourceEntry(Record):
    slug: Slug
    type: Annotated[Text, _one_of(SourceType)]
    title: Text
    title_is_description: bool = False
    publisher: Text
    byline: Text | None = None
    authors: Text | None = None
    container_title: Text | None = None
    issued: Edtf | None = None
    language: Language
    url: Url | None = None
    archive_url: Url | None = None
    reported_via: Slug | None = None
    note: Text | None = None


class TopicEntry(Record):
    slug: Slug
    group: Annotated[Text, _one_of(TopicGroup)]
    title: Text
    description: Text | None = None


class ThemeEntry(Record):
    slug: Slug
    title: Text
    topic: Slug | None = None


class TitleEntry(Entry):
    language: Language
    title: Text
    note: Text | None = None


class RenderingEntry(Cited):
    language: Language
    source: Slug
    kind: Annotated[Text, _one_of(RenderingKind)]
    translator: Text
    translated_from: Language | None = None
    extent: Annotated[Text, _one_of(Extent)]
    text: Text
    steps: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _steps_are_the_text(self) -> "RenderingEntry":
        if self.steps and (fault := unlike(self.text, self.steps)):
            raise ValueError(fault)
        return self


class ArticleEntry(Cited):
    number: Number
    heading: Text
    gist: Text
    completeness: Annotated[Text, _one_of(Completeness)]
    completeness_note: Text | None = None
    topics: list[Slug] = []
    renderings: list[RenderingEntry] = []


class ActEntry(Cited):
    slug: Slug
    kind: Annotated[Text, _one_of(ActKind)]
    participant: Text | None = None
    happened: Edtf
    place: Text | None = None
    summary: Text
    certainty: Annotated[Text, _one_of(Certainty)] = "established"
    note: Text | None = None


class ObligationEntry(Cited):
    kind: Annotated[Text, _one_of(ObligationKind)]
    extent: Annotated[Text, _one_of(Owed)]
    label: Text
    article: OwnArticleRef | None = None
    trigger: Text | None = None
    speed: Text | None = None
    means: Text | None = None
    article_51: Annotated[Text, _one_of(Condition)]
    domestic_law: Annotated[Text, _one_of(Condition)]
    rationale: Text


class TreatyEntry(Cited):
    slug: Slug
    short_name: Text
    title: Text
    titles: list[TitleEntry] = []
    parties: list[Text] = []
    summary: Text | None = None
    article_count: Annotated[int, Field(gt=0, lt=1000)]
    authentic_languages: list[Language] = []
    term: Text | None = None
    term_article: Text | None = None
    notice: Text | None = None
    notice_article: Text | None = None
    articles: list[ArticleEntry] = []
    acts: list[ActEntry] = []
    obligations: list[ObligationEntry] = []


class SideEntry(Entry):
    treaty: Slug
    presence: Annotated[Text, _one_of(Presence)]
    basis: Text | None = None
    articles: list[OwnArticleRef] = []


class CorrespondenceEntry(Cited):
    topic: Slug
    change: Text
    confidence: Annotated[Text, _one_of(Confidence)]
    note: Text | None = None
    sides: list[SideEntry] = []


class QuoteEntry(Cited):
    slug: Slug
    words: Text
    language: Language
    translated_by: Text | None = None
    original: Text | None = None
    officiality: Annotated[Text, _one_of(Officiality)] = "press"
    verified: bool = False
    note: Text | None = None


class UtteranceEntry(Record):
    slug: Slug
    speaker: Text
    role_at_time: Text | None = None
    said: Edtf
    occasion: Text | None = None
    place: Text | None = None
    themes: list[Slug] = []
    summary: Text | None = None
    note: Text | None = None
    quotes: list[QuoteEntry] = []


class PositionEntry(Entry):
    slug: Slug
    label: Text
    off_scale: bool = False


class AssessmentEntry(Cited):
    since: Edtf
    knowledge: Annotated[Text, _one_of(Knowledge)]
    answer: Text


class QuestionEntry(Record):
    slug: Slug
    question: Text
    why_it_matters: Text | None = None
    settled_by: Text | None = None
    # Read, to sort by, and not kept: the order of the list says the same.
    order: int | None = None
    topics: list[Slug] = []
    articles: list[ArticleRef] = []
    positions: list[PositionEntry] = []
    assessments: list[AssessmentEntry] = []


class OpinionEntry(Cited):
    slug: Slug
    expert: Text
    question: Slug
    position: Slug
    affiliation_at_time: Text | None = None
    country: Country | None = None
    stated: Edtf
    confidence: Annotated[Text, _one_of(Expressed)] | None = None
    summary: Text
    quote: Text | None = None
    quote_language: Language | None = None


class ValueEntry(Cited):
    value: Text
    rank: Annotated[Text, _one_of(Rank)]
    reason: Text


class FactEntry(Record):
    slug: Slug
    question: Text
    summary: Text
    treaty: Slug | None = None
    act: Slug | None = None
    act_notes: list[Slug] = []
    articles: list[ArticleRef] = []
    summaries: list[Slug] = []
    correspondences: list[Slug] = []
    obligations: list[ObligationRef] = []
    topic_findings: list[Slug] = []
    utterances: list[Slug] = []
    opinions: list[Slug] = []
    assessments: list[AssessmentRef] = []
    values: list[ValueEntry] = []


class EventEntry(Cited):
    slug: Slug
    title: Text
    summary: Text
    category: Annotated[Text, _one_of(Category)]
    happened: Edtf
    order: Annotated[int, Field(ge=0, lt=1000)] = 0
    place: Text | None = None
    people: list[Text] = []
    treaties: list[Slug] = []
    acts: list[Slug] = []
    facts: list[Slug] = []
    note: Text | None = None


class TieEntry(Cited):
    slug: Slug
    event: Slug | None = None
    utterance: Slug | None = None
    article: ArticleRef
    kind: Annotated[Text, _one_of(TieKind)]
    note: Text | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> "TieEntry":
        if (self.event is None) == (self.utterance is None):
            raise ValueError("name one event or one utterance")
        return self


class ItemEntry(Entry):
    chapter: Text | None = None
    event: Slug | None = None
    act: Slug | None = None
    utterance: Slug | None = None
    opinion: Slug | None = None
    assessment: AssessmentRef | None = None
    publication: Slug | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> "ItemEntry":
        named = (self.event, self.act, self.utterance, self.opinion, self.assessment, self.publication)
        if len(named) - named.count(None) != 1:
            raise ValueError("name one event, act, utterance, opinion, assessment or publication")
        return self


class TimelineEntry(Record):
    slug: Slug
    title: Text
    introduction: Text | None = None
    items: list[ItemEntry] = []


class FindingEntry(Cited):
    slug: Slug
    owner: Owner
    since: Edtf
    heading: Text
    lead: Text | None = None


class MarkedFindingEntry(FindingEntry):
    facts: list[Slug] = []


class HomeFindingEntry(FindingEntry):
    utterances: list[Slug] = []
    facts: list[Slug] = []
