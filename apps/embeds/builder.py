"""What the builder offers and what it makes of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.http import urlencode

from apps.editorial.refusals import Refused, unknown
from apps.embeds import snippets
from apps.embeds.addresses import pin, taken_over
from apps.embeds.heights import MIDDLE
from apps.embeds.options import LEVELS, THEMES, once
from apps.embeds.widgets import LABELS, Kind, NotThere, Widget, address, read
from apps.opinions.models import Question
from apps.quotes.models import Utterance
from apps.sources.reading import in_address
from apps.sources.templatetags.record import at, edtf_short, language
from apps.timelines import compose
from apps.timelines.asked import (
    CATEGORY_LABELS,
    KIND_LABELS,
    MOST_PARAMETERS,
    NAMED,
    ORDERS,
    ORDERS_OF_A_SELECTION,
    most_named,
)
from apps.timelines.models import Timeline
from apps.timelines.strands import Order, Wanted
from apps.treaties.models import Topic, Treaty
from apps.treaties.reads import LANGUAGES

_SELECTED = {"person": "Who", "topic": "Topic"}
"""What one is chosen of, from a list: the parameter and the label of its field."""

_NAMED_ONLY = ("question", "quote")
"""What an address can narrow a timeline to, and the form offers only to take back."""


@dataclass(frozen=True)
class Choice:
    """One value that a field of the form may take."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """Choices of one parameter, of which several may hold where they are not those of a list."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Chosen:
    """What is chosen in the builder: the widget, or the `fault` that there is with it; and what may be chosen instead.

    `values` are the fields as the address has them, `path` the widget's own, `height` its frame's without a script.
    """

    kind: Kind
    slug: str
    values: dict[str, str]
    kinds: list[Choice]
    subjects: list[Choice]
    groups: list[Group]
    selects: list[Group]
    orders: list[Choice]
    themes: list[Choice]
    languages: list[Choice]
    levels: list[Choice]
    widget: Widget | None = None
    fault: str = ""
    path: str = ""
    height: int = 0


@dataclass(frozen=True)
class Snippet:
    """A text to paste, and for whom it is."""

    name: str
    label: str
    hint: str
    text: str


def chosen_of(params: QueryDict, *, now: datetime) -> Chosen:
    """What the address chooses; a constant number of queries. Raises Refused for a kind of widget that there is not."""
    what = params.get("what", "").strip() or Kind.TIMELINE
    if what not in LABELS:
        raise unknown("kind of widget", what, LABELS)
    kind = Kind(what)
    subjects = _subjects(kind)
    slug = params.get("slug", "").replace("\x00", "").strip() or (subjects[0][0] if subjects else "")
    taken = taken_over(params, kind, looks=True)
    pin(taken, now=now)
    widget, fault, path, height = None, "", "", 0
    try:
        once(params, "slug")
        widget = read(kind, slug, taken, now=now)
    except (Refused, NotThere) as refused:
        fault = str(refused)
    if widget:
        height = widget.floor(MIDDLE)
        taken.pop("height", None)
        for name, usual in _USUAL.items():
            if taken.get(name) == usual:
                del taken[name]
        path = address(kind, slug) + (f"?{taken.urlencode()}" if taken else "")
    return Chosen(
        kind=kind,
        slug=slug,
        values={name.replace("from", "since"): params.get(name, "") for name in _WRITTEN},
        kinds=_choices(LABELS, [kind]),
        subjects=_choices(dict(subjects), [slug]),
        groups=_groups(params, widget) if kind is Kind.TIMELINE else [],
        selects=_selects(params, widget) if kind is Kind.TIMELINE else [],
        orders=_choices(_orders(slug), [params.get("order", "")]),
        themes=_choices({theme: theme.capitalize() for theme in THEMES}, [params.get("theme") or "auto"]),
        languages=_choices(
            {"": "English where there is"} | {each: language(each) for each in LANGUAGES}, [params.get("lang")]
        ),
        levels=_choices({str(level): f"Level {level}" for level in LEVELS}, [params.get("level") or "2"]),
        widget=widget,
        fault=fault,
        path=path,
        height=height,
    )


_USUAL = {"theme": "auto", "level": "2"}
"""What a widget is without being asked; its address need not say it."""

_WRITTEN = ("from", "to", "words", "accent", "height", "as_of", "original")


_GROWS = "Grows to the height of what it holds."
_FIXED = "Keeps the height that was asked for; the rest can be scrolled."


def snippets_of(chosen: Chosen, absolute: Callable[[str], str], script: str) -> list[Snippet]:
    """The three texts to paste; `absolute` makes a whole address of a path, `script` is that of our element."""
    if chosen.widget is None:
        return []
    card, fixed = chosen.widget.card, chosen.widget.options.height is not None
    source, page = absolute(chosen.path), absolute(at(card.url, chosen.widget.reading))
    pinned = chosen.widget.options.shown_by
    link = f"{page}&{urlencode({'shown_by': in_address(pinned)})}" if pinned else page
    return [
        Snippet(
            "element",
            "With our script",
            f"{_FIXED if fixed else _GROWS} Load the script once, however many stand on one page.",
            snippets.element(source, card.title, chosen.height, page, script, fixed=fixed),
        ),
        Snippet(
            "frame",
            "Without a script",
            "A frame of a fixed height, in which the rest can be scrolled.",
            snippets.iframe(source, card.title, "100%", chosen.height),
        ),
        Snippet(
            "link",
            "As a link",
            "For editors that turn links into widgets (oEmbed), as WordPress and Ghost do; in its plain look.",
            link,
        ),
    ]


def _orders(slug: str) -> dict[str, str]:
    """The orders of a timeline, by the value of the parameter; none is asked for in the one that it has by itself."""
    if slug:
        return ORDERS_OF_A_SELECTION
    return {"" if order == Order.HAPPENED else order: label for order, label in ORDERS.items()}


def _choices(labels: dict, chosen: Sequence[str | None]) -> list[Choice]:
    return [Choice(str(value), str(label), value in chosen) for value, label in labels.items()]


def _subjects(kind: Kind) -> list[tuple[str, str]]:
    """What a widget of the kind can show: slug and name. One query."""
    if kind is Kind.TIMELINE:
        curated = Timeline.objects.begun_by(None).order_by("title").values_list("slug", "title")
        return [("", "Everything on the record"), *curated]
    if kind is Kind.COMPARE:
        return list(Topic.objects.on_record(None).order_by("position").values_list("slug", "title"))
    if kind is Kind.QUESTION:
        return list(Question.objects.asked_by(None).order_by("position").values_list("slug", "question"))
    said = Utterance.objects.shown(None).order_by("-said_earliest", "-pk")
    rows = said.values_list("slug", "speaker__name", "said", "occasion")
    return [(slug, f"{who}, {edtf_short(when)}{f': {why}' if why else ''}") for slug, who, when, why in rows]


def _groups(params: QueryDict, widget: Widget | None) -> list[Group]:
    treaties = dict.fromkeys(Treaty.objects.shown(None).order_by("slug").values_list("slug", flat=True))
    groups = [
        Group("kind", "Kinds", _choices(KIND_LABELS, [*params.getlist("kind")])),
        Group("category", "Events", _choices(CATEGORY_LABELS, [*params.getlist("category")])),
        Group("treaty", "Treaties", _choices({each: each for each in treaties}, [*params.getlist("treaty")])),
    ]
    for name in _NAMED_ONLY:
        if given := _given(params, name):
            groups.append(Group(name, NAMED[name].what.capitalize(), _ticked(name, given, widget)))
    for name in _SELECTED:
        # A list takes one; what else the address names stands to be taken back.
        if more := _given(params, name)[1:]:
            groups.append(Group(name, f"Also {NAMED[name].what}", _ticked(name, more, widget)))
    return groups


def _selects(params: QueryDict, widget: Widget | None) -> list[Group]:
    """Who and what it can be about; three queries."""
    offered = {
        "person": {"": "Anyone", **most_named(compose.numbers(None, Wanted(), Order.HAPPENED, "people"))},
        "topic": {
            "": "Any topic",
            **dict(Topic.objects.on_record(None).order_by("position").values_list("slug", "title")),
        },
    }
    selects = []
    for name, label in _SELECTED.items():
        first = _given(params, name)[:1]
        beyond = {each.value: each.label for each in _ticked(name, first, widget) if each.value not in offered[name]}
        selects.append(Group(name, label, _choices(offered[name] | beyond, first or [""])))
    return selects


def _given(params: QueryDict, name: str) -> list[str]:
    return [value for value in dict.fromkeys(params.getlist(name)) if value.strip()][:MOST_PARAMETERS]


def _ticked(name: str, slugs: list[str], widget: Widget | None) -> list[Choice]:
    """What the address names, by name where it is on record."""
    names = widget.card.context["asked"].names if widget else {}
    return [Choice(slug, names.get((name, slug.strip()), slug), True) for slug in slugs]
