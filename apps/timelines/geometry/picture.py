"""The picture of the timeline: what is drawn on its axis, and what each part leads to.

Positions across are per cent of the picture's width, positions down are pixels, so that the picture keeps its type at
every width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apps.timelines.geometry.axis import BEGIN, Level, Scale, Stretch, Tally, axis, words
from apps.treaties import bands

MARKS = 300
"""Up to so many entries each has a mark of its own, unless they crowd; beyond, bars count them."""
APART, FARTHEST = 0.85, 4.0
"""How far apart, in per cent, the marks of one row stand, and how far one may be moved for that."""
FIRST_BAND, BAND_STEP, BAND = 22, 15, 9
ROW_HEIGHT, TALLEST, SHORTEST = 32, 17, 2.5
ROWS = {
    "treaty": "Treaty acts",
    "statement": "Statements",
    "publication": "Texts published",
    "summit": "Summits",
    "diplomacy": "Diplomacy",
    "military": "Military",
    "sanctions": "Sanctions",
    "economy": "Economy",
    "opinions": "Expert opinions",
    "assessments": "What is known",
}
SYMBOLS = {"opinions": "opinion", "assessments": "assessment"}


def _entries(n: int) -> str:
    return f"{n} entr{'y' if n == 1 else 'ies'}"


@dataclass(frozen=True)
class Bin:
    """A stretch with entries: where it is drawn, how many of each row, and the address of its first entry."""

    begin: datetime
    end: datetime
    x: float
    width: float
    name: str
    n: int
    counts: tuple[int, ...]
    address: str

    @property
    def label(self) -> str:
        return f"{self.name}: {_entries(self.n)}"

    @property
    def first_day(self) -> str:
        return f"{self.begin:%Y-%m-%d}"

    @property
    def last_day(self) -> str:
        return f"{self.end - timedelta(microseconds=1):%Y-%m-%d}"

    @property
    def first_hour(self) -> str:
        return f"{self.begin:%Y%m%d%H}"


@dataclass(frozen=True)
class Row:
    """A line of the picture: marks on it, by position, or bars as the path of a drawing 100 wide and TALLEST high.

    Beside marks stand `spans`, each a position and a width: what went on for a day or more.
    """

    label: str
    symbol: str
    n: int
    y: int
    marks: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]
    path: str

    @property
    def top(self) -> int:
        return self.y - TALLEST


@dataclass(frozen=True)
class Tick:
    """A label under the axis; `fits` says from which width on it has room: '', wide or vast.

    Its `anchor` is the middle, or its start or end where the edge of the picture would cut it.
    """

    x: float
    label: str
    fits: str
    anchor: str


@dataclass(frozen=True)
class Open:
    """A month drawn day by day, shaded; `fits` as of a Tick, None where its name has no room at any width."""

    x: float
    width: float
    middle: float
    label: str
    fits: str | None


@dataclass(frozen=True)
class Force:
    """A treaty's line: its bars, and on which side of them its name stands."""

    code: str
    words: str
    bars: tuple[bands.Bar, ...]
    y: int
    label_x: float
    label_before: bool
    middle: float
    """Where the name stands on its bars, on drawings without room for it beside them."""
    fits: str
    """The class of drawings that have room for the name; '' is all."""


@dataclass(frozen=True)
class Picture:
    """All that a template draws of a timeline, and the same as a table: `bins` by `rows`."""

    rows: tuple[Row, ...]
    bins: tuple[Bin, ...]
    ticks: tuple[Tick, ...]
    opens: tuple[Open, ...]
    breaks: tuple[float, ...]
    forces: tuple[Force, ...]
    total: int
    undated: tuple[int, ...]
    base: int
    begin: str
    end: datetime

    @property
    def undated_n(self) -> int:
        return sum(self.undated)

    @property
    def as_bars(self) -> bool:
        return any(row.path for row in self.rows)

    @property
    def height(self) -> int:
        return self.base + 22

    @property
    def tick_y(self) -> int:
        return self.base + 18

    @property
    def opened(self) -> str:
        """The months drawn day by day, in words."""
        names = [each.label for each in self.opens]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def draw(
    tallies: Sequence[Tally],
    *,
    end: datetime,
    begin: datetime = BEGIN,
    lives: Sequence[bands.Life] = (),
    size: int = 100,
    query: str = "",
    known: bool = False,
) -> Picture:
    """The picture of `tallies`, given in the order of the list, of which a page holds `size` entries.

    `begin` and `end` are the period asked for, or the beginning of the record and the instant at which the page stands;
    `lives` are the treaties' as of that day, of which those are drawn that touch the period, and `query` is the page's
    own query string without `page`: the links of the picture keep it. `known`: they stand by when they became known.
    """
    whole = axis(tallies, begin, end)
    lives = [life for life in lives if any(start < whole.end and stop > begin for _, start, stop in _spans(life, end))]
    scale = Scale(whole)
    own: dict[str, list[Tally]] = {key: [] for key in ROWS}
    for tally in tallies:
        own[_row(tally)].append(tally)
    keys = [key for key in ROWS if own[key]]
    bins = _bins(tallies, whole, keys, size, f"{query}&" if query else "", known=known)
    first_row = FIRST_BAND + BAND_STEP * len(lives) + ROW_HEIGHT - 4
    opens, ticks = _labels(whole)
    rows = _rows([(key, own[key]) for key in keys], bins, scale, first_row)
    return Picture(
        rows=rows,
        bins=bins,
        ticks=ticks,
        opens=opens,
        breaks=tuple(round(year.x, 2) for year in whole.opened(Level.YEAR)),
        forces=tuple(_force(life, number, scale, whole) for number, life in enumerate(lives)),
        total=sum(tally.n for tally in tallies),
        undated=_undated(tallies, keys),
        base=(rows[-1].y if rows else first_row) + 12,
        begin=_opening(begin),
        end=end,
    )


def _opening(begin: datetime) -> str:
    """The beginning of a picture in words: a year, or the day within it."""
    return str(begin.year) if (begin.month, begin.day) == (1, 1) else f"{begin.day} {begin:%B %Y}"


def _row(tally: Tally) -> str:
    key = tally.kind if tally.kind in ROWS else tally.symbol
    return key if key in ROWS else "statement"


def _undated(tallies: Sequence[Tally], keys: Sequence[str]) -> tuple[int, ...]:
    undated = Counter[str]()
    for tally in tallies:
        undated[_row(tally)] += 0 if tally.hour else tally.n
    return tuple(undated[key] for key in keys) if undated.total() else ()


def _bins(
    tallies: Sequence[Tally], whole: Stretch, keys: Sequence[str], size: int, query: str, *, known: bool
) -> tuple[Bin, ...]:
    leaves = list(whole.leaves())
    begins = [leaf.begin for leaf in leaves]
    counts = [Counter[str]() for _ in leaves]
    first: dict[int, tuple[int, datetime]] = {}
    before = 0
    for tally in tallies:
        if tally.hour:
            number = max(bisect_right(begins, tally.hour) - 1, 0)
            counts[number][_row(tally)] += tally.n
            first.setdefault(number, (before, tally.hour))
        before += tally.n
    return tuple(
        Bin(
            begin=leaf.begin,
            end=leaf.end,
            x=round(leaf.x, 2),
            width=max(round(leaf.width, 2), 0.01),
            name=words(leaf, known=known),
            n=counts[number].total(),
            counts=tuple(counts[number][key] for key in keys),
            address=f"?{query}page={first[number][0] // size + 1}#t{first[number][1]:%Y%m%d%H}",
        )
        for number, leaf in enumerate(leaves)
        if number in first
    )


def _rows(
    own: Sequence[tuple[str, Sequence[Tally]]], bins: Sequence[Bin], scale: Scale, first_row: int
) -> tuple[Row, ...]:
    sums = [sum(tally.n for tally in tallies) for _, tallies in own]
    marks = [_marks(tallies, scale) for _, tallies in own] if sum(sums) <= MARKS else []
    if any(drift > FARTHEST for _, drift in marks):
        marks = []
    most = max((n for each in bins for n in each.counts), default=1)
    return tuple(
        Row(
            label=ROWS[key],
            symbol=SYMBOLS.get(key, key),
            n=sums[number],
            y=first_row + number * ROW_HEIGHT,
            marks=marks[number][0] if marks else (),
            spans=_spans_of(tallies, scale) if marks else (),
            path="" if marks else _path([(each, each.counts[number]) for each in bins], most),
        )
        for number, (key, tallies) in enumerate(own)
    )


def _spans_of(tallies: Sequence[Tally], scale: Scale) -> tuple[tuple[float, float], ...]:
    """Where spans of a day or more stand and how wide they are, each once."""
    drawn = {
        (scale.place(tally.hour), scale.place(tally.until))
        for tally in tallies
        if tally.hour and tally.until and tally.until - tally.hour >= timedelta(days=1)
    }
    return tuple((round(left, 2), round(max(right - left, 0.1), 2)) for left, right in sorted(drawn))


def _marks(tallies: Sequence[Tally], scale: Scale) -> tuple[tuple[float, ...], float]:
    """Where marks stand, and how far the one that moved most is from where it belongs."""
    places = sorted(scale.place(tally.hour) for tally in tallies if tally.hour for _ in range(tally.n))
    apart = spread(places)
    drift = max((abs(x - place) for x, place in zip(apart, places, strict=True)), default=0.0)
    return tuple(round(x, 2) for x in apart), drift


def spread(places: Sequence[float]) -> list[float]:
    """Positions in order moved as little as can be so that they stand apart and stay within the picture.

    Neighbours that are too near form a group around the middle of where they belong (pooling of adjacent violators).
    """
    apart = min(APART, 98 / max(len(places), 1))
    groups: list[tuple[float, int]] = []
    for number, x in enumerate(places):
        total, size = x - number * apart, 1
        while groups and groups[-1][0] / groups[-1][1] >= total / size:
            other, members = groups.pop()
            total, size = total + other, size + members
        groups.append((total, size))
    last = 99.5 - apart * (len(places) - 1)
    level = [min(max(total / size, 0.5), last) for total, size in groups for _ in range(size)]
    return [x + number * apart for number, x in enumerate(level)]


def _path(counted: Sequence[tuple[Bin, int]], most: int) -> str:
    """Bars from the foot of the row: the root of the count is their height, so that one entry can still be seen."""
    drawn = []
    for each, n in counted:
        if n:
            height = round(max(TALLEST * (n / most) ** 0.5, SHORTEST), 1)
            width = round(max(each.width - 0.08, each.width * 0.7), 2)
            drawn.append(f"M{each.x:g} {TALLEST}v-{height:g}h{width:g}v{height:g}z")
    return "".join(drawn)


def _force(life: bands.Life, number: int, scale: Scale, whole: Stretch) -> Force:
    on = whole.end.date()

    def place(day: datetime) -> float:
        return round(scale.place(day), 2)

    drawn = tuple(
        bands.Bar(shape, place(start), round(max(place(stop) - place(start), 0.3), 2))
        for shape, start, stop in _spans(life, whole.end)
        if start.date() <= on and stop > whole.begin
    )
    left = drawn[0].x if drawn else 100.0
    right = drawn[-1].x + drawn[-1].width if drawn else 100.0
    room = max(100 - right, left)
    before = 100 - right < left or room < ROOM_FOR_YEARS
    years = bands.years(life)
    return Force(
        code=bands.code(life.slug),
        words=years if years[:1].isdigit() else f"{life.slug}: {years}",
        bars=drawn,
        y=FIRST_BAND + BAND_STEP * number,
        label_x=round(left if before else right, 2),
        label_before=before,
        middle=round((left + right) / 2, 2),
        fits="" if room >= ROOM_FOR_YEARS else "wide",
    )


def _spans(life: bands.Life, end: datetime) -> Iterator[tuple[bands.Shape, datetime, datetime]]:
    turns = [
        datetime(turn.day.year, turn.day.month, turn.day.day, tzinfo=UTC) if turn else None
        for turn in (life.signed, life.entered, life.ended)
    ]
    signed, entered, ended = turns
    if signed:
        yield bands.Shape.SIGNED, signed, entered or ended or end
    if entered:
        yield bands.Shape.FORCE, entered, ended or end


ROOM_FOR_YEARS = 12.0
"""The room, in per cent, that a treaty's years need beside its bar; without it they stand before the picture."""
WIDTHS = {"": 330, "wide": 540, "vast": 880}
"""The narrowest drawing, in pixels, on which a label of each class is shown."""
CHARACTER, BETWEEN, WIDE_YEAR = 6.6, 12, 2.5


def _labels(whole: Stretch) -> tuple[tuple[Open, ...], tuple[Tick, ...]]:
    shaded = [(month.x, month.x + month.width, f"{month.begin:%B %Y}") for month in whole.opened(Level.MONTH)]
    wanted = sorted(_boundaries(whole), key=lambda each: -each[2])
    ticks: dict[float, Tick] = {}
    taken: list[Tick] = []
    for x, label, _ in wanted:
        tries = (Tick(round(x, 2), label, name, _anchor(x, label, WIDTHS[name])) for name in WIDTHS)
        tick = next((each for each in tries if all(_apart(each, other) for other in taken)), None)
        if tick is not None:
            taken.append(tick)
            ticks.setdefault(x, tick)
    return tuple(_open(*each) for each in shaded), tuple(ticks[x] for x in sorted(ticks))


def _boundaries(stretch: Stretch) -> Iterator[tuple[float, str, float]]:
    """Where a part of an opened stretch begins, how that reads, and how much the label matters: what is wide does, and
    an opened year twice.
    """
    for number, part in enumerate(stretch.parts):
        if (number or stretch.level == Level.ALL) and _tells(part):
            yield part.x, _tick_words(part), part.width * (2 if part.parts and part.level == Level.YEAR else 1)
        yield from _boundaries(part)


def _tells(part: Stretch) -> bool:
    """Whether a label is worth its room: a closed year only if it is round or wide, a day only with entries."""
    if part.level == Level.YEAR:
        return bool(part.parts) or part.begin.year % 5 == 0 or part.width >= WIDE_YEAR
    return part.level <= Level.MONTH or (part.level == Level.DAY and part.n > 0)


def _tick_words(part: Stretch) -> str:
    if part.level <= Level.YEAR:
        return (
            f"{part.begin.year}"
            if (part.begin.month, part.begin.day) == (1, 1)
            else f"{part.begin.day} {part.begin:%b}"
        )
    return f"{part.begin:%b %Y}" if part.level == Level.MONTH else f"{part.begin.day} {part.begin:%b}"


def _anchor(x: float, label: str, width: int) -> str:
    """By which of its points a label at `x` stands within a drawing of that width."""
    half = len(label) * CHARACTER / 2
    if x * width / 100 < half:
        return "start"
    return "end" if (100 - x) * width / 100 < half else "middle"


def extent(tick: Tick, width: int) -> tuple[float, float]:
    """From where to where, in pixels, a label goes on a drawing of that width."""
    long = len(tick.label) * CHARACTER
    left = tick.x * width / 100 - {"start": 0, "middle": long / 2, "end": long}[tick.anchor]
    return left, left + long


def _apart(one: Tick, other: Tick) -> bool:
    """Whether two labels have room beside each other on the narrowest drawing that shows both, so on all."""
    width = max(WIDTHS[one.fits], WIDTHS[other.fits])
    (left, _), (_, right) = sorted([extent(one, width), extent(other, width)], reverse=True)
    return left - right >= BETWEEN


def _open(left: float, right: float, label: str) -> Open:
    room = len(label) * CHARACTER + 4
    fits = next((name for name, width in WIDTHS.items() if (right - left) * width / 100 >= room), None)
    return Open(round(left, 2), round(right - left, 2), round((left + right) / 2, 2), label, fits)
