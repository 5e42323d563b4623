"""A source, or a page of this site, in the forms that other people's tools read: Chicago notes, BibTeX, RIS, CSL-JSON.

Each as of `at` (UTC; None means today): the source through which one is known is named once readers could see it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.editorial import dates
from apps.sources.models import Source

_RIS_TYPES = {
    "article-newspaper": "NEWS",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "webpage": "ELEC",
    "report": "RPRT",
    "book": "BOOK",
    "chapter": "CHAP",
    "treaty": "LEGAL",
    "legislation": "BILL",
    "broadcast": "VIDEO",
    # The format has no type for a speech.
    "speech": "GEN",
    "post-weblog": "BLOG",
    "interview": "NEWS",
    "dataset": "DATA",
    "entry-encyclopedia": "ENCYC",
}

_STANDS_ALONE = ("book", "report")
"""The types whose titles are set in italics, of which plain text has none, and not in quotation marks."""

_APPEARS = ("article-newspaper", "article-magazine", "webpage", "post-weblog")
"""The types of which reference managers print what they appeared in, and not who published that."""


def _container(source: Source) -> str:
    """What the item stands in; where none is on record, what appeared carries the name of its publisher."""
    return source.container_title or (source.publisher.name if source.type in _APPEARS else "")


def _publisher(source: Source) -> str:
    """The publisher's name, or '' where it is given as what the item stands in, so that nothing prints it twice."""
    return "" if _container(source) == source.publisher.name else source.publisher.name


def _title(source: Source) -> str:
    return f"[{source.title}]" if source.title_is_description else source.title


def _date_parts(source: Source) -> list[int]:
    day = dates.machine(source.issued).partition("T")[0]
    return [int(part) for part in day.split("-")] if day else []


def _authors(source: Source) -> list[tuple[str, str]]:
    """Family and given name of each author; where they are not told apart, the name as printed, and ''."""
    names = source.authors.split(";") if source.authors else [source.byline] if source.byline else []
    return [(family.strip(), given.strip()) for family, _, given in (name.partition(",") for name in names)]


def _via(source: Source, at: datetime | None) -> str:
    """That the item itself was not seen, and through whom it is known by `at`; '' when it was seen."""
    via = source.known_through(at)
    return f"Known through {via.publisher.name}" if via else ""


def _stopped(text: str) -> str:
    """`text` with a full stop, unless it ends with a mark that stands for one."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _credited(source: Source) -> str:
    """The authors as a bibliography lists them: the family name leads, of the first alone (Chicago 14.76)."""
    if not (authors := _authors(source)):
        return ""
    leading = ", ".join(filter(None, authors[0]))
    *between, last = [leading, *(f"{given} {family}".strip() for family, given in authors[1:])]
    comma = "," if len(between) > 1 or "," in leading else ""
    return f"{', '.join(between)}{comma} and {last}" if between else last


def _chicago_title(source: Source) -> str:
    """The title with its stop: in quotation marks unless it is of our making, or of what Chicago sets in italics."""
    if source.title_is_description:
        return f"[{source.title}]."
    if source.type in _STANDS_ALONE:
        return _stopped(source.title)
    # Quotation marks inside quotation marks are single ones (Chicago 6.11).
    title = source.title.translate(str.maketrans("“”", "‘’"))
    return f"“{_stopped(title)}”"


def chicago(source: Source, at: datetime | None = None) -> str:
    """A bibliography entry after the Chicago Manual of Style, notes and bibliography, as plain text."""
    parts = [
        _stopped(credited) if (credited := _credited(source)) else "",
        _chicago_title(source),
        _stopped(source.container_title) if source.container_title else "",
        _stopped(f"{source.publisher.name}, {dates.display(source.issued) if source.issued else 'n.d.'}"),
        f"{source.url}." if source.url else "",
        f"{via}." if (via := _via(source, at)) else "",
    ]
    return " ".join(part for part in parts if part)


_LATEX: dict[int, str] = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "&%$#_"},
        # BibTeX counts braces behind a backslash too.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def _braced(text: str) -> str:
    """`text` as LaTeX prints it literally."""
    return text.translate(_LATEX)


def _bibtex_type(source: Source) -> str:
    match source.type:
        case "book":
            return "book"
        case "webpage" | "post-weblog" if source.url:
            return "online"
    return "article" if source.type.startswith("article-") and _container(source) else "misc"


def bibtex(source: Source, at: datetime | None = None) -> str:
    """A BibLaTeX entry (biblatex manual §2.1–2.3); its key is the source's slug.

    What `online` stands in is its `organization`, what the others stand in their `journaltitle`.
    """
    kind, publisher, container = _bibtex_type(source), _publisher(source), _container(source)
    authors = _authors(source) or [(name, "") for name in [publisher] if name]
    fields = {
        # What is no personal name, or begins with the family name, stays together in braces of its own.
        "author": " and ".join(
            f"{_braced(family)}, {_braced(given)}" if given else f"{{{_braced(family)}}}" for family, given in authors
        ),
        "title": _braced(_title(source)),
        "organization" if kind == "online" else "journaltitle": _braced(container),
        "publisher": _braced(publisher),
        "date": dates.machine(source.issued).partition("T")[0],
        "langid": source.language,
        # Addresses are taken as they stand, so that only braces would end the field.
        "url": (source.url or "").replace("{", "%7B").replace("}", "%7D"),
        "note": _braced(_via(source, at)),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{source.slug},\n{lines}\n}}"


def ris(source: Source, at: datetime | None = None) -> str:
    """An RIS record (one tag a line, two spaces and a hyphen, ended by ER)."""
    parts = _date_parts(source)
    rows = [
        ("TY", _RIS_TYPES[source.type]),
        *(("AU", ", ".join(filter(None, author))) for author in _authors(source)),
        ("TI", _title(source)),
        ("T2", _container(source)),
        ("PB", _publisher(source)),
        ("PY", f"{parts[0]:04d}" if parts else ""),
        ("DA", "/".join(f"{part:02d}" for part in parts)),
        ("LA", source.language),
        ("UR", source.url or ""),
        ("N1", _via(source, at)),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in rows if value), "ER  - "])


def csl(source: Source, at: datetime | None = None) -> dict[str, Any]:
    """A CSL-JSON item (schema csl-data 1.0.2)."""
    item: dict[str, Any] = {
        "id": source.slug,
        "type": source.type,
        "title": _title(source),
        "language": source.language,
    }
    if authors := _authors(source):
        item["author"] = [
            {"family": family, "given": given} if given else {"literal": family} for family, given in authors
        ]
    if container := _container(source):
        item["container-title"] = container
    if publisher := _publisher(source):
        item["publisher"] = publisher
    if parts := _date_parts(source):
        item["issued"] = {"date-parts": [parts]}
    if source.url:
        item["URL"] = source.url
    if via := _via(source, at):
        item["note"] = via
    return item


def csl_json(source: Source, at: datetime | None = None) -> str:
    """The CSL-JSON item as text."""
    return json.dumps([csl(source, at)], ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Form:
    """A form in which a source is given to other people's tools: its name in print, and the file that it makes."""

    label: str
    ending: str
    content_type: str
    write: Callable[[Source, datetime | None], str]
    newline: str = "\n"


FORMS = {
    "chicago": Form("Chicago", "txt", "text/plain", chicago),
    "bibtex": Form("BibTeX", "bib", "application/x-bibtex", bibtex),
    "ris": Form("RIS", "ris", "application/x-research-info-systems", ris, newline="\r\n"),
    "csl": Form("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
}
"""The forms, by the name that an address asks for with `?cite=`."""

SITE = "The Pact Record"


@dataclass(frozen=True)
class Page:
    """A page of this site: as seen on a day, or, for a page of the past, as of `moment` (in words), which dates it."""

    slug: str
    title: str
    url: str
    seen: date | None = None
    moment: str = ""

    @property
    def as_of(self) -> str:
        return f"The record as of {self.moment}" if self.moment else ""


def page_chicago(page: Page) -> str:
    """A page of this site as a bibliography entry after the Chicago Manual of Style (18th edition, 14.104)."""
    title = page.title.translate(str.maketrans("“”", "‘’"))
    seen = f"Accessed {dates.display(page.seen.isoformat())}" if page.seen else ""
    parts = [f"“{_stopped(title)}” {SITE}", page.as_of, seen, page.url]
    return ". ".join(part for part in parts if part) + "."


def page_bibtex(page: Page) -> str:
    """A page of this site as a BibLaTeX entry (biblatex manual §2.1.1, @online)."""
    fields = {
        "title": _braced(page.title),
        "organization": SITE,
        "url": page.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": page.seen.isoformat() if page.seen else "",
        "note": _braced(page.as_of),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@online{{pact-record-{page.slug},\n{lines}\n}}"
