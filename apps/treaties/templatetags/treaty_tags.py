"""How treaties are named and drawn wherever they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.template.context import Context

from apps.editorial import dates
from apps.sources import passages
from apps.sources.reading import Reading
from apps.treaties import bands, law, mentions, reads
from apps.treaties.lives import found_act, life_of, turning_acts
from apps.treaties.models import Article, Rendering, Treaty, TreatyAction
from apps.treaties.reads import in_law
from apps.treaties.rules import ActKind, Certainty

register = template.Library()


@dataclass(frozen=True)
class Doubt:
    """A turn in a treaty's life that is inferred or disputed: which, how it reads, and the act."""

    treaty: Treaty
    turn: str
    words: str
    certainty: str
    act: TreatyAction


_TURNS = {
    ActKind.SIGNATURE: "signature",
    ActKind.ENTRY_INTO_FORCE: "entry into force",
    ActKind.TERMINATION: "end",
}


@register.inclusion_tag("treaties/_bands.html", takes_context=True)
def in_force_bands(context: Context, treaties: Iterable[Treaty], reading: Reading) -> dict[str, Any]:
    """The in-force picture of treaties that `reads.treaties_with_acts` gave, as of the moment of the page."""
    on = reading.day.date()
    lives, doubts, facts = [], [], {}
    for treaty in treaties:
        acts = turning_acts(treaty, on)
        lives.append(life_of(treaty, acts, reading))
        doubts += [
            Doubt(treaty, _TURNS[kind], dates.display(act.happened), act.get_certainty_display(), act)
            for kind, act in acts.items()
            if act.certainty != Certainty.ESTABLISHED
        ]
        facts |= {fact.pk: fact for act in acts.values() for fact in act.open_facts}
    picture = bands.lay_out(lives, on=on, until=reading.now.date())
    return {
        "picture": picture,
        "doubts": doubts,
        "facts": list(facts.values()),
        "promised": any(row.promise for row in picture.rows),
        "reading": reading,
        "request": context.get("request"),
    }


@dataclass(frozen=True)
class HeadBar:
    """A treaty's bar alone, for the head of a column."""

    code: str
    bars: tuple[bands.Bar, ...]


@register.inclusion_tag("treaties/_head_bar.html")
def head_bar(treaty: Treaty, reading: Reading) -> dict[str, Any]:
    """The in-force bar of one treaty on the axis of all, for the head of its column."""
    on = reading.day.date()
    life = life_of(treaty, turning_acts(treaty, on), reading)
    return {"bar": HeadBar(bands.code(treaty.slug), bands.bars(life, on, max(on, reading.now.date())))}


@register.inclusion_tag("treaties/_treaty_tag.html")
def treaty_tag(treaty: Treaty) -> dict[str, Any]:
    """A treaty's name as a tag, in its colour and line."""
    return {"treaty": treaty}


_NAMED, _BY_NUMBER = "articles named", "articles by number"


@register.inclusion_tag("treaties/_article_link.html", takes_context=True)
def article_link(context: Context, article: Article, full: bool = False) -> dict[str, Any]:
    """An article by its name, “Art. 4”, or with its treaty, “2024 Art. 4”, where `full` is asked for.

    It opens a preview, which `article_previews` prints at the foot of the page.
    """
    name = f"{article.treaty.slug} {article.short_label}" if full else article.short_label
    return _reference(context.get("reading"), article, name)


def _reference(reading: Reading | None, article: Article, name: str) -> dict[str, Any]:
    if reading:
        reading.kept.setdefault(_NAMED, {}).setdefault(article.pk, article)
    return {"article": article, "name": name, "reading": reading}


@dataclass(frozen=True)
class Stretch:
    """A stretch of running text in one language ("" is the page's); or the name of an article, for a reference."""

    text: str
    language: str = ""
    reference: dict[str, Any] | None = None


@register.inclusion_tag("treaties/_prose.html", takes_context=True)
def prose(context: Context, value: object) -> dict[str, list[Stretch]]:
    """Text of ours as `mixed` prints it; articles that it names beside their treaty open their preview."""
    reading = context.get("reading")
    found: list[Stretch] = []
    for run in passages.runs(str(value)):
        if run.language or not reading:
            found.append(Stretch(run.text, run.language))
            continue
        for part in mentions.parts(run.text):
            article = _by_number(reading).get((part.treaty, part.number)) if part.treaty else None
            found.append(Stretch(part.text, reference=_reference(reading, article, part.text) if article else None))
    return {"stretches": found}


def keep_at_hand(reading: Reading, articles: Iterable[Article]) -> None:
    """Let the texts of the page name `articles`, which are all that may be named, without reading them again."""
    reading.kept[_BY_NUMBER] = {(article.treaty.slug, article.number): article for article in articles}


def _by_number(reading: Reading) -> dict[tuple[str, str], Article]:
    """The articles that may be named at the moment of the page, read once for all of its texts."""
    if _BY_NUMBER not in reading.kept:
        keep_at_hand(reading, reads.articles_known(reading.at))
    return reading.kept[_BY_NUMBER]


@register.inclusion_tag("treaties/_previews.html", takes_context=True)
def article_previews(context: Context) -> dict[str, Any]:
    """The previews of the articles that the page has named: heading, gist, first words, with a source of each."""
    reading = context.get("reading")
    named = list(reading.kept.get(_NAMED, {}).values()) if reading else []
    return {"previews": reads.previews(named, reading.at) if named else [], "reading": reading}


@register.filter
def code(treaty: Treaty) -> str:
    """The two figures that style a treaty: 61, 00, 24."""
    return bands.code(treaty.slug)


@register.filter
def standing(treaty: Treaty, reading: Reading) -> law.StatusLine:
    """Where a treaty stands at the moment of the page."""
    line = law.status_line(in_law(treaty.readable_acts), reading.day.date())
    return line.looked_back_on() if reading.is_past else line


_STANDS_ON = {
    law.Standing.SIGNED: ActKind.SIGNATURE,
    law.Standing.RATIFIED_BY_ONE: ActKind.RATIFICATION,
    law.Standing.RATIFIED: ActKind.RATIFICATION,
    law.Standing.IN_FORCE: ActKind.ENTRY_INTO_FORCE,
    law.Standing.NOTICE_GIVEN: ActKind.NOTICE,
    law.Standing.ENDED: ActKind.TERMINATION,
}


@register.filter
def standing_act(treaty: Treaty, reading: Reading) -> TreatyAction | None:
    """The act by which a treaty stands where it does at the moment of the page, where there is one."""
    line = standing(treaty, reading)
    kind = _STANDS_ON.get(line.standing)
    return found_act(treaty, kind, line.since) if kind else None


@register.inclusion_tag("treaties/_standing.html", takes_context=True)
def standing_line(context: Context, treaty: Treaty, reading: Reading) -> dict[str, Any]:
    """Where a treaty stands at the moment of the page, since when, by which rule, and the act that says so."""
    act = standing_act(treaty, reading)
    return {"line": standing(treaty, reading), "act": act, "reading": reading, "request": context.get("request")}


@register.filter
def years(treaty: Treaty, reading: Reading) -> str:
    """A treaty's life in years at the moment of the page: “1961–1996”."""
    return bands.years(life_of(treaty, turning_acts(treaty, reading.day.date()), reading))


@register.filter
def calendar_day(value: date) -> str:
    """A day in words: “4 December 2024”."""
    return f"{value.day} {value:%B %Y}"


@register.filter
def made_from(rendering: Rendering) -> str:
    """The language a rendering was made from, empty when it is not known or the same."""
    return "" if rendering.translated_from == rendering.language else rendering.translated_from
