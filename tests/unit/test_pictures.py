from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.opinions.plot import LABELS, WIDTH, draw, plot, wrapped
from apps.opinions.ribbon import SIGNED, place, ribbon
from apps.timelines import geometry
from apps.treaties.bands import Life, Shape, Turn

BEGIN = datetime(1945, 1, 1, tzinfo=UTC)
END = datetime(2026, 2, 26, tzinfo=UTC)
SOMETIME = st.floats(min_value=0, max_value=1).map(lambda share: BEGIN + share * (END - BEGIN))


def test_the_first_three_days_take_an_eighth_of_a_ribbon() -> None:
    assert place(SIGNED, END) == 0
    assert place(SIGNED + timedelta(days=3), END) == 12.5
    assert place(END, END) == 100


def test_a_ribbon_is_without_gaps_and_joins_equal_neighbours() -> None:
    history = [
        (SIGNED, "UNKNOWN"),
        (SIGNED + timedelta(days=1), "DISPUTED"),
        (SIGNED + timedelta(days=100), "DISPUTED"),
        (SIGNED + timedelta(days=200), "KNOWN"),
    ]
    stretches = ribbon(history, END)
    assert [stretch.knowledge for stretch in stretches] == ["UNKNOWN", "DISPUTED", "KNOWN"]
    for left, right in pairwise(stretches):
        assert abs(left.x + left.width - right.x) < 0.02
    assert abs(stretches[-1].x + stretches[-1].width - 100) < 0.02


@given(SOMETIME, SOMETIME)
def test_what_came_later_never_stands_further_left_on_a_ribbon(one: datetime, other: datetime) -> None:
    early, late = sorted([one, other])
    assert place(early, END) <= place(late, END)


@dataclass(frozen=True)
class Tally:
    hour: datetime | None
    kind: str = "events"
    symbol: str = "military"
    n: int = 1
    until: datetime | None = None


def hourly(*entries: tuple[datetime, int]) -> list[Tally]:
    return [Tally(at.replace(minute=0, second=0, microsecond=0), n=n) for at, n in sorted(entries)]


JUNE = datetime(2024, 6, 19, tzinfo=UTC)
BUSY_JUNE = hourly((datetime(1961, 7, 6, tzinfo=UTC), 2), *((JUNE + timedelta(hours=n), 5) for n in range(48)))
RECORDS = st.lists(st.tuples(SOMETIME | st.just(JUNE), st.integers(1, 200)), max_size=60).map(
    lambda entries: hourly(*entries)
)


@settings(max_examples=50, deadline=None)
@given(RECORDS, SOMETIME, SOMETIME)
def test_what_happened_later_stands_further_right_and_within_the_picture(
    tallies: list[Tally], one: datetime, other: datetime
) -> None:
    scale = geometry.Scale(geometry.axis(tallies, BEGIN, END))
    early, late = sorted([one, other])
    assert 0 <= scale.place(early) <= scale.place(late) <= 100
    assert scale.place(early) < scale.place(late) or late - early < timedelta(seconds=1)


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_the_parts_of_the_axis_fill_it_and_no_entry_is_lost(tallies: list[Tally]) -> None:
    leaves = list(geometry.axis(tallies, BEGIN, END).leaves())
    assert abs(sum(leaf.width for leaf in leaves) - 100) < 1e-6
    assert all(left.end == right.begin for left, right in pairwise(leaves))
    picture = geometry.draw(tallies, end=END)
    assert sum(each.n for each in picture.bins) == sum(tally.n for tally in tallies)
    assert len(picture.bins) <= 140


@settings(max_examples=30, deadline=None)
@given(RECORDS)
def test_opening_a_stretch_never_narrows_it(tallies: list[Tally]) -> None:
    whole = geometry.axis(tallies, BEGIN, END)
    for opened in (part for level in geometry.Level for part in whole.opened(level)):
        width, parts = opened.width, opened.parts
        opened.parts = []
        whole.share_out()
        assert opened.width <= width + 1e-9
        opened.parts = parts
        whole.share_out()


@given(st.lists(st.floats(min_value=0, max_value=100), max_size=150).map(sorted))
def test_marks_of_a_row_stand_apart_in_order_within_the_picture(places: list[float]) -> None:
    apart = geometry.spread(places)
    assert all(right - left > 0.5 for left, right in pairwise(apart))
    assert not apart or (apart[0] >= 0 and apart[-1] <= 100)


def test_the_axis_opens_by_day_and_hour_where_much_happened() -> None:
    picture = geometry.draw(BUSY_JUNE, end=END)
    assert picture.opened == "June 2024"
    assert picture.opens[0].width > 50
    assert [each.label for each in picture.bins][:3] == [
        "1960s: 2 entries",
        "19 June 2024, before 06:00 UTC or at an hour not known: 30 entries",
        "19 June 2024, 06:00–12:00 UTC: 30 entries",
    ]


def test_what_is_dated_roughly_is_named_where_it_stands_as_it_happened_and_as_it_became_known() -> None:
    rough = [Tally(datetime(2024, *at, 23, tzinfo=UTC), n=30) for at in ((6, 1), (6, 30), (12, 31))]
    pictures = [geometry.draw([*BUSY_JUNE, *rough], end=END, known=known) for known in (False, True)]
    happened, known = ([each.name for each in picture.bins] for picture in pictures)
    assert happened[1:4:2] == ["1 June 2024, 18:00–24:00 UTC", "19 June 2024, 06:00–12:00 UTC"]
    assert happened[2] == "19 June 2024, before 06:00 UTC or at an hour not known"
    assert known[1:3] == ["1 June 2024, after 18:00 UTC or at an hour not known", "19 June 2024, 00:00–06:00 UTC"]
    assert known[-2] == "30 June 2024, after 18:00 UTC or at an hour not known or that month"
    assert known[-1].startswith("December 2024 or that year") and not happened[-1].endswith("that year")


def test_a_bin_leads_to_the_page_and_hour_of_its_first_entry() -> None:
    before = [Tally(datetime(1990, 1, 1, tzinfo=UTC), n=100)]
    picture = geometry.draw([*before, *hourly((JUNE + timedelta(hours=14), 3)), Tally(None, n=2)], end=END, query="a=b")
    assert [each.address for each in picture.bins] == ["?a=b&page=1#t1990010100", "?a=b&page=2#t2024061914"]
    assert (picture.total, picture.undated) == (105, (2,))


def test_few_entries_have_a_mark_each_and_crowds_become_bars() -> None:
    few = geometry.draw(hourly((JUNE, 2), (datetime(1961, 7, 6, tzinfo=UTC), 1)), end=END)
    assert [len(row.marks) for row in few.rows] == [3]
    crowd = geometry.draw(BUSY_JUNE, end=END)
    assert crowd.as_bars
    assert not crowd.rows[0].marks


def test_what_went_on_for_days_is_a_line_from_its_beginning_to_its_end() -> None:
    war = Tally(datetime(1950, 6, 25, tzinfo=UTC), until=datetime(1953, 7, 27, 23, tzinfo=UTC))
    [row] = geometry.draw([war, *hourly((JUNE, 2))], end=END).rows
    [(left, width)] = row.spans
    scale = geometry.Scale(geometry.axis([war, *hourly((JUNE, 2))], BEGIN, END))
    assert (left, left + width) == pytest.approx((scale.place(war.hour), scale.place(war.until)), abs=0.05)


def test_ten_thousand_entries_are_still_a_picture_of_few_stretches() -> None:
    length = (END - BEGIN) / 10_000
    tallies = hourly(*((BEGIN + length * number, 1) for number in range(10_000)))
    picture = geometry.draw(tallies, end=END)
    assert 80 < len(picture.bins) <= 140
    assert sum(each.n for each in picture.bins) == 10_000


@pytest.mark.parametrize("begin", [BEGIN, datetime(2024, 6, 17, tzinfo=UTC)])
def test_labels_under_the_axis_do_not_touch_and_are_not_cut_by_its_edges(begin: datetime) -> None:
    ticks = geometry.draw(BUSY_JUNE, begin=begin, end=END).ticks
    for width in geometry.WIDTHS.values():
        shown = [geometry.extent(tick, width) for tick in ticks if geometry.WIDTHS[tick.fits] <= width]
        assert all(left[1] < right[0] for left, right in pairwise(shown))
        assert shown[0][0] >= 0
        assert shown[-1][1] <= width


def test_a_picture_of_the_past_ends_then_and_an_empty_one_is_still_an_axis() -> None:
    past = geometry.draw(hourly((datetime(1961, 7, 6, tzinfo=UTC), 1)), end=datetime(1970, 1, 1, tzinfo=UTC))
    assert [each.name for each in past.bins] == ["1960s"]
    assert not any(tick.label == "1990" for tick in past.ticks)
    empty = geometry.draw([], end=END)
    assert (empty.bins, empty.rows, empty.total) == ((), (), 0)
    assert empty.ticks


def test_the_lives_of_the_treaties_stand_on_the_same_axis() -> None:
    life = Life("2024", "2024", signed=Turn(JUNE.date(), ""), entered=Turn(date(2024, 12, 4), ""))
    [force] = geometry.draw(BUSY_JUNE, end=END, lives=[life]).forces
    signed, in_force = force.bars
    assert (signed.shape, in_force.shape) == (Shape.SIGNED, Shape.FORCE)
    scale = geometry.Scale(geometry.axis(BUSY_JUNE, BEGIN, END))
    assert signed.x == round(scale.place(JUNE), 2)
    assert abs(in_force.x + in_force.width - 100) < 0.02


@dataclass(frozen=True)
class Answer:
    pk: int
    label: str = "Hedged wording, no automatic intervention"
    off_scale: bool = False


@dataclass(frozen=True)
class Expert:
    label: str = "Artyom Lukin"


@dataclass(frozen=True)
class View:
    pk: int
    position_id: int
    stated: str
    stated_earliest: datetime
    confidence: str = ""
    expert: Expert = Expert()


def test_a_plot_has_a_row_for_every_position_and_no_empty_column() -> None:
    june = datetime(2024, 6, 1, tzinfo=UTC)
    views = [
        View(1, 1, "2024-06-20", june + timedelta(days=19)),
        View(2, 2, "2024-06-19", june + timedelta(days=18)),
        View(3, 1, "2024-06", june),
    ]
    drawn = plot([Answer(1), Answer(2), Answer(3)], views)
    assert drawn.columns == ["June 2024", "19 June 2024", "20 June 2024"]
    assert [[len(cell) for _, cell in row.cells] for row in drawn.rows] == [[1, 0, 1], [0, 1, 0], [0, 0, 0]]


def test_a_plot_of_many_days_is_drawn_by_month() -> None:
    start = datetime(2024, 6, 1, tzinfo=UTC)
    views = [View(n, 1, f"2024-06-{n:02d}", start + timedelta(days=n)) for n in range(1, 20)]
    assert plot([Answer(1)], views).columns == ["June 2024"]


@dataclass(frozen=True)
class Twice:
    earlier: View
    later: View
    ordered: bool = True


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 400), st.text(min_size=1, max_size=40)), min_size=1))
def test_tags_of_a_plot_stand_apart_within_its_sheet(said: list[tuple[int, int, str]]) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    views = [
        View(n, answer, f"{start + timedelta(days=day):%Y-%m-%d}", start + timedelta(days=day), "HIGH", Expert(name))
        for n, (answer, day, name) in enumerate(said)
    ]
    drawn = draw(plot([Answer(1), Answer(2), Answer(3, off_scale=True)], views), [])
    assert len(drawn.tags) == len(views)
    for tag in drawn.tags:
        assert LABELS <= tag.x < tag.x + tag.width <= WIDTH
        assert tag.y + tag.height <= drawn.height
        assert all(y <= tag.y + tag.height for y, _ in tag.lines)
    for one, other in pairwise(sorted(drawn.tags, key=lambda tag: (tag.x, tag.y))):
        assert one.x != other.x or one.y + one.height <= other.y


def test_a_line_joins_two_opinions_where_both_are_shown() -> None:
    june = datetime(2024, 6, 20, tzinfo=UTC)
    early, late = View(1, 1, "2024-06-20", june), View(2, 2, "2024-10-15", june + timedelta(days=117), "MEDIUM")
    both = draw(plot([Answer(1), Answer(2)], [early, late]), [Twice(early, late)])
    [line] = both.joins
    assert (line.x1 < line.x2, line.y1 < line.y2, line.sure) == (True, True, True)
    assert [len(tag.ticks) for tag in both.tags] == [0, 2]
    assert draw(plot([Answer(1), Answer(2)], [late]), [Twice(early, late)]).joins == []


def test_a_long_name_goes_on_in_a_second_line_and_ends_in_dots() -> None:
    assert wrapped("Cho Han-bum", 14, 2) == ["Cho Han-bum"]
    assert wrapped("Konstantin Asmolov and Kirill Babaev", 12, 2) == ["Konstantin", "Asmolov and…"]
