"""Kinds of agents and sources, relations of evidence, and the one form an address is kept in."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db import models


class AgentKind(models.TextChoices):
    """What an agent is; set by editors and explained on /about/, so that a reader can weigh who speaks."""

    PERSON = "PERSON", "person"
    GROUP = "GROUP", "unnamed group"
    STATE = "STATE", "state body"
    STATE_MEDIA = "STATE_MEDIA", "state media"
    INTERNATIONAL_BODY = "INTERNATIONAL_BODY", "international body"
    INDEPENDENT_MEDIA = "INDEPENDENT_MEDIA", "independent media"
    THINK_TANK = "THINK_TANK", "think tank"
    UNIVERSITY = "UNIVERSITY", "university"
    OTHER = "OTHER", "other body"


class SourceType(models.TextChoices):
    """Item types of the Citation Style Language 1.0.2 (schema `csl-data`), those this record uses."""

    ARTICLE_NEWSPAPER = "article-newspaper", "news article"
    ARTICLE_JOURNAL = "article-journal", "journal article"
    ARTICLE_MAGAZINE = "article-magazine", "magazine article"
    WEBPAGE = "webpage", "web page"
    REPORT = "report", "report"
    BOOK = "book", "book"
    CHAPTER = "chapter", "chapter"
    TREATY = "treaty", "treaty publication"
    LEGISLATION = "legislation", "law or parliamentary file"
    BROADCAST = "broadcast", "broadcast"
    SPEECH = "speech", "speech or statement"
    POST_WEBLOG = "post-weblog", "blog post"
    INTERVIEW = "interview", "interview"
    DATASET = "dataset", "dataset"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia", "encyclopedia entry"


class Relation(models.TextChoices):
    """How a source bears on what it is cited for."""

    EVIDENCE = "EVIDENCE", "evidence"
    SUPPORTS = "SUPPORTS", "supports"
    DISPUTES = "DISPUTES", "disputes"
    QUOTES = "QUOTES", "quotes"
    BACKGROUND = "BACKGROUND", "background"


class Locator(models.TextChoices):
    """Locator labels of CSL 1.0.2. The locator itself is text, because pages are not numbers (“xii”, “4–5”, “A1”)."""

    PAGE = "page", "page"
    PARAGRAPH = "paragraph", "paragraph"
    SECTION = "section", "section"
    CHAPTER = "chapter", "chapter"
    FIGURE = "figure", "figure"
    LINE = "line", "line"
    NOTE = "note", "note"
    TIMESTAMP = "timestamp", "time in the recording"
    VOLUME = "volume", "volume"


RESERVED_SLUGS = ["balance"]
"""What stands under /sources/ and is no source."""

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def normal_url(url: str) -> str:
    """The form in which an address is kept, so that one page is one source.

    The host is in lower case; fragment, default port, tracking parameters and a slash at the end of the path are gone.
    Raises ValueError when it is no http(s) address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"“{url}” is not a web address; it must begin with http:// or https:// and name a host.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith(_TRACKING)]
    )
    path = parts.path.rstrip("/") if parts.path != "/" else ""
    return urlunsplit((parts.scheme, parts.hostname + port, path, query if query else "", ""))
