from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.opinions.plot import plot
from apps.opinions.ribbon import SIGNED, place, ribbon
from apps.timelines import geometry

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
def test_what_happened_later_never_stands_further_left(one: datetime, other: datetime) -> None:
    scale = geometry.whole_record(END)
    early, late = sorted([one, other])
    assert scale.place(early) <= scale.place(late)
    assert place(early, END) <= place(late, END)


def test_ten_days_of_june_2024_take_a_quarter_of_the_picture() -> None:
    scale = geometry.whole_record(END)
    width = scale.place(datetime(2024, 6, 26, tzinfo=UTC)) - scale.place(datetime(2024, 6, 16, tzinfo=UTC))
    assert width == 25


@dataclass(frozen=True)
class Thing:
    symbol: str
    earliest: datetime


def test_marks_of_one_day_stand_beside_each_other() -> None:
    day = datetime(2024, 6, 19, tzinfo=UTC)
    things = [Thing("treaty", day), Thing("treaty", day), Thing("summit", day)]
    treaty, summit = geometry.rows([("treaty", "Acts"), ("summit", "Summits")], things, geometry.whole_record(END))
    assert [mark.step for mark in treaty.marks] == [0, geometry.STEP_PIXELS]
    assert [mark.step for mark in summit.marks] == [0]
    assert summit.y > treaty.y


@dataclass(frozen=True)
class Answer:
    pk: int


@dataclass(frozen=True)
class View:
    pk: int
    position_id: int
    stated: str
    stated_earliest: datetime


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
