"""Ways on: the page that is meant, what a reader is about to type, and what is near where nothing is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from apps.opinions.models import ContestedFact, Question
from apps.quotes.models import Utterance
from apps.search import find, goto
from apps.search.parts import KINDS, Moment
from apps.search.query import Query, Term, folded, parse
from apps.search.results import TEXT, joined, named
from apps.sources.models import Agent, Source
from apps.sources.rules import AgentKind
from apps.timelines.models import Event, Timeline
from apps.treaties.models import Article, Topic, Treaty

MOST = 8
BEGUN = 3
"""So many first letters make a name similar."""
NEAR = 0.78
"""From so near on somebody's name may have been meant by several words, each of which is on the record."""
ALIKE, SAME = 0.8, 2
"""From so near on a word may have been meant by one that no text has, if as many first letters are the same."""
RESPELT = 8
"""So many words, the first of a search, are compared with those of the record."""


@dataclass(frozen=True)
class Way:
    """A link: what it leads to, of which kind that is, and the name by which it was meant, if that is another."""

    label: str
    kind: str
    url: str
    also: str = ""


@dataclass(frozen=True)
class Fewer:
    """A search for less: the words, and how many records carry them."""

    words: str
    n: int

    @property
    def told(self) -> str:
        """The number in words: beyond MANY all are the same."""
        if self.n > find.MANY:
            return f"more than {find.MANY:,} results"
        return f"{self.n} result{'s' if self.n > 1 else ''}"


@dataclass(frozen=True)
class Offers:
    """Searches that find something where the one asked for does not: for all of it in words of the record, for less."""

    respelt: Fewer | None = None
    fewer: Sequence[Fewer] = ()


def places(typed: str, at: Moment) -> list[Way]:
    """The pages that were named by article, year or slug, as of `at`. One query, and that only where one was."""
    place = goto.place(typed)
    if place is None:
        return []
    parts = _of_slug(place.slug, at) if place.slug else [_articles(place, at) if place.number else _treaty(place, at)]
    first, *rest = parts
    rows = first.union(*rest, all=True) if rest else first
    return [Way(label, kind, url) for label, kind, url in rows.order_by("-e_kind", "-e_label")[:MOST]]


def treaty_of(typed: str, at: Moment) -> list[Way]:
    """The treaty of which an article was named that is not on record as of `at`. One query where one was named."""
    place = goto.place(typed)
    if place is None or not (place.treaty and place.number):
        return []
    return [Way(label, f"No {_called(place)} of it is on record", url) for label, _, url in _treaty(place, at)]


def is_unmistakable(typed: str, ways: Sequence[Way]) -> bool:
    """Whether `typed` names the one page that `ways` leads to; a year alone may be meant as a word."""
    return len(ways) == 1 and not goto.is_year(typed)


def suggestions(typed: str, at: Moment) -> list[Way]:
    """What somebody may be about to type, as of `at`. Three queries at most."""
    ways = places(typed, at)
    hits = find.titled(typed, at, MOST)
    ways += [
        Way(each.title, KINDS[hit.kind].label, each.url, _variant(each.names, each.title, typed))
        for hit, each in zip(hits, named(hits, at), strict=True)
        if each.title
    ]
    first = {way.url: way for way in reversed(ways)}
    return [way for way in dict.fromkeys(ways) if first[way.url] is way][:MOST]


def similar(query: Query, at: Moment, silent: Set[str], there: Sequence[Fewer]) -> list[Way]:
    """People and bodies with a name near a word that is not `there`, or near all the words, the nearest first.

    Two queries. Bodies are called by words of every day, so that theirs must be nearer: O’Brien is no Cipher Brief.
    """
    known = {each.words for each in there}
    words = [piece for term in query.wanted for piece in term.pieces if piece not in silent]
    beginnings = [word[:BEGUN] for word in words if len(word) >= BEGUN]
    hits = [hit for hit in find.begun(beginnings, at, 40) if hit.kind == "people"]
    strange = [word for word in words if len(word) >= BEGUN and word not in known]
    ways = []
    for hit, each in zip(hits, named(hits, at), strict=True):
        likeness, whole = _likeness(each.names, strange), _nearness(each.names, words)
        is_person = each.code == AgentKind.PERSON
        if each.title and (likeness > (0.7 if is_person else 0.85) or (is_person and len(words) > 1 and whole > NEAR)):
            ways.append((likeness, whole, Way(each.title, KINDS[hit.kind].label, each.url)))
    return [way for *_, way in sorted(ways, key=lambda each: each[:2], reverse=True)][:MOST]


def offers(query: Query, at: Moment, silent: Set[str]) -> Offers:
    """What to search for instead, the most words first; words that are `silent` make no search another. Three
    queries at most."""
    respelt = _respelt(query, at, silent)
    tries = [*([respelt] if respelt else []), *_shorter(respelt or query, silent)]
    counts = find.counts(tries, at) if tries else []
    found = {each: Fewer(each.text, n) for each, n in zip(tries, counts, strict=True) if n}
    whole = found.pop(respelt, None) if respelt else None
    return Offers(whole, list(found.values())[:MOST])


def _respelt(query: Query, at: Moment, silent: Set[str]) -> Query | None:
    """The query in words as texts spelt them by `at`, where some of its words stand in none. One query.

    A word may be found by its stem all the same, but nobody should be offered it as the record's.
    """
    loose = [term for term in query.wanted if not term.exact and not term.is_paired]
    pieces = dict.fromkeys(piece for term in loose for piece in term.pieces if piece not in silent)
    words = [piece for piece in pieces if len(piece) > BEGUN and piece.isalpha()][:RESPELT]
    spelt = find.spelt(words, SAME, at) if words else {}
    meant = {word: _meant(word, spelt) for word in words}
    for term in loose:
        if term.prefix and any(word.startswith(term.pieces[-1]) for word in spelt):
            meant.pop(term.pieces[-1], None)
    terms = [replace(each, pieces=tuple(meant.get(piece, piece) for piece in each.pieces)) for each in query.terms]
    return parse(" ".join(map(_typed, terms))) if terms != list(query.terms) else None


def _meant(word: str, spelt: Mapping[str, int]) -> str:
    """The word itself where a text has it, else the nearest that one has, of equally near ones the most frequent."""
    if word in spelt:
        return word
    matcher = SequenceMatcher(b=word)
    near = []
    for each, n in spelt.items():
        if each.startswith(word[:SAME]):
            matcher.set_seq1(each)
            # What is dear is asked last.
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                near.append((matcher.ratio(), n, each))
    likeness, _, nearest = max(near, default=(0.0, 0, word))
    return nearest if likeness >= ALIKE else word


def _typed(term: Term) -> str:
    quoted = f'"{term.text}"' if term.exact else term.text
    return f"{'-' if term.without else ''}{quoted}"


def _shorter(query: Query, silent: Set[str]) -> list[Query]:
    terms = [term for term in query.wanted if not set(term.pieces) <= silent]
    tries: list[Sequence[Term]] = []
    if any(term.exact or term.without for term in query.terms):
        pieces = [piece for term in terms for piece in term.pieces if piece not in silent]
        tries.append([Term((piece,), prefix=False) for piece in pieces])
    if len(terms) > 1:
        tries += [[*terms[:place], *terms[place + 1 :]] for place in range(len(terms))] if len(terms) > 2 else []
        tries += [[term] for term in terms]
    texts = dict.fromkeys(" ".join(f'"{term.text}"' if term.exact else term.text for term in each) for each in tries)
    return [parse(text) for text in texts if text][:12]


def _likeness(names: str, words: Sequence[str]) -> float:
    pieces = folded(names).split()
    return max((SequenceMatcher(None, word, piece).ratio() for word in words for piece in pieces), default=0)


def _nearness(names: str, words: Sequence[str]) -> float:
    """How near one of the names comes to all of the words."""
    return max((sum(_likeness(name, [word]) for word in words) / len(words) for name in names.split("\n")), default=0)


def _variant(names: str, title: str, typed: str) -> str:
    """The name of somebody that was typed, where it is not the one they are called by here."""
    pieces = [piece for term in parse(typed).wanted for piece in term.pieces]
    if any(piece in folded(title) for piece in pieces):
        return ""
    return next((name for name in names.split("\n") if any(piece in folded(name) for piece in pieces)), "")


def _ways(rows: QuerySet, label: str | Concat, kind: str, url: Concat) -> QuerySet:
    shown = Cast(F(label), TEXT) if isinstance(label, str) else label
    return (
        rows.order_by()
        .annotate(e_label=shown, e_kind=Value(kind, TEXT), e_url=url)
        .values_list("e_label", "e_kind", "e_url")
    )


def _called(place: goto.Place) -> str:
    return "preamble" if place.number == "preamble" else f"Article {place.number}"


def _articles(place: goto.Place, at: Moment) -> QuerySet:
    rows = Article.objects.shown(at).filter(number=place.number)
    if place.treaty:
        rows = rows.filter(treaty__slug=place.treaty)
    label = joined(F("treaty__slug"), f" {_called(place)}: ", F("heading"))
    return _ways(rows, label, "Article", joined("/treaties/", F("treaty__slug"), "/", F("number"), "/"))


def _treaty(place: goto.Place, at: Moment) -> QuerySet:
    rows = Treaty.objects.shown(at).filter(slug=place.treaty)
    return _ways(rows, "short_name", "Treaty", joined("/treaties/", F("slug"), "/"))


def _of_slug(slug: str, at: Moment) -> list[QuerySet]:
    event = joined("/timeline/?go=event-", F("slug"), "#event-", F("slug"))
    utterance = joined(F("speaker__name"), ": ", F("occasion"))
    return [
        _ways(rows.filter(slug=slug), label, kind, url)
        for rows, label, kind, url in (
            (Agent.objects.on_record(at), "name", "Person or body", joined("/people/", F("slug"), "/")),
            (Question.objects.asked_by(at), "question", "Question", joined("/questions/", F("slug"), "/")),
            (Topic.objects.on_record(at), "title", "Topic compared", joined("/compare/", F("slug"), "/")),
            (Utterance.objects.shown(at), utterance, "Statement", joined("/quotes/", F("slug"), "/")),
            (Event.objects.shown(at), "title", "Event", event),
            (Timeline.objects.begun_by(at), "title", "Timeline", joined("/timeline/", F("slug"), "/")),
            (ContestedFact.objects.contested_by(at), "question", "Contested fact", joined("/facts/", F("slug"), "/")),
            (Source.objects.issued_by(at), "title", "Source", joined("/sources/", F("slug"), "/")),
        )
    ]
