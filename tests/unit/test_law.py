"""When the treaties bound, read from their acts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.treaties.law import Act, Standing, StatusLine, band, in_force, status_line
from apps.treaties.rules import ActKind

OF_1961 = [
    Act(ActKind.SIGNATURE, date(1961, 7, 6)),
    Act(ActKind.RATIFICATION, date(1961, 8, 16), "ussr"),
    Act(ActKind.RATIFICATION, date(1961, 8, 23), "dprk"),
    Act(ActKind.EXCHANGE_OF_INSTRUMENTS, date(1961, 9, 10)),
    Act(ActKind.ENTRY_INTO_FORCE, date(1961, 9, 10)),
    Act(ActKind.NOTICE, date(1995, 8, 7), "russia"),
    Act(ActKind.TERMINATION, date(1996, 9, 10)),
]
OF_2000 = [
    Act(ActKind.SIGNATURE, date(2000, 2, 9)),
    Act(ActKind.ENTRY_INTO_FORCE, date(2000, 10, 30)),
    Act(ActKind.TERMINATION, date(2024, 12, 4)),
]
OF_2024 = [
    Act(ActKind.SIGNATURE, date(2024, 6, 19)),
    Act(ActKind.APPROVAL, date(2024, 10, 24), "duma"),
    Act(ActKind.RATIFICATION, date(2024, 11, 9), "russia"),
    Act(ActKind.RATIFICATION, date(2024, 11, 11), "dprk"),
    Act(ActKind.ENTRY_INTO_FORCE, date(2024, 12, 4)),
]


@pytest.mark.parametrize(
    ("acts", "day", "binds"),
    [
        (OF_1961, date(1961, 9, 9), False),
        (OF_1961, date(1961, 9, 10), True),
        (OF_1961, date(1996, 9, 9), True),
        (OF_1961, date(1996, 9, 10), False),
        (OF_2000, date(2000, 10, 29), False),
        (OF_2000, date(2000, 10, 30), True),
        (OF_2000, date(2024, 12, 3), True),
        (OF_2000, date(2024, 12, 4), False),
        (OF_2024, date(2024, 12, 3), False),
        (OF_2024, date(2024, 12, 4), True),
        (OF_2024, date(2100, 1, 1), True),
    ],
)
def test_a_treaty_binds_from_its_entry_into_force_until_the_day_it_ends(acts, day, binds):
    assert in_force(acts, day) is binds


def test_no_day_has_two_treaties_in_force_and_four_years_have_none():
    days = [date(1961, 1, 1) + timedelta(days=n) for n in range((date(2026, 1, 1) - date(1961, 1, 1)).days)]
    counts = {day: sum(in_force(acts, day) for acts in (OF_1961, OF_2000, OF_2024)) for day in days}
    assert max(counts.values()) == 1
    none_after_1961 = [day for day in days if day > date(1961, 9, 10) and counts[day] == 0]
    assert (none_after_1961[0], none_after_1961[-1]) == (date(1996, 9, 10), date(2000, 10, 29))


@pytest.mark.parametrize(
    ("acts", "day", "standing", "since", "articles"),
    [
        (OF_2024, date(2024, 6, 18), Standing.NOT_SIGNED, None, "9–11"),
        (OF_2024, date(2024, 6, 19), Standing.SIGNED, date(2024, 6, 19), "11, 12 and 18"),
        (OF_2024, date(2024, 10, 24), Standing.SIGNED, date(2024, 6, 19), "11, 12 and 18"),
        (OF_2024, date(2024, 11, 9), Standing.RATIFIED_BY_ONE, date(2024, 11, 9), "14 and 18"),
        (OF_2024, date(2024, 11, 10), Standing.RATIFIED_BY_ONE, date(2024, 11, 9), "14 and 18"),
        (OF_2024, date(2024, 11, 11), Standing.RATIFIED, date(2024, 11, 11), "14, 16 and 18"),
        (OF_2024, date(2024, 12, 4), Standing.IN_FORCE, date(2024, 12, 4), "24 and 26"),
        (OF_1961, date(1995, 8, 6), Standing.IN_FORCE, date(1961, 9, 10), "24 and 26"),
        (OF_1961, date(1995, 8, 7), Standing.NOTICE_GIVEN, date(1995, 8, 7), "56 and 65–67"),
        (OF_1961, date(1996, 9, 10), Standing.ENDED, date(1996, 9, 10), "54, 59 and 70"),
    ],
)
def test_the_status_line_names_the_standing_its_day_and_the_rule(acts, day, standing, since, articles):
    line = status_line(acts, day)
    assert (line.standing, line.since) == (standing, since)
    assert line.rule.startswith(f"VCLT Articles {articles}:")


@pytest.mark.parametrize(
    ("acts", "day", "words"),
    [
        (OF_2024, date(2024, 6, 18), "not yet signed"),
        (OF_2024, date(2024, 6, 19), "signed 2024-06-19; not in force"),
        (OF_2024, date(2024, 11, 9), "signed; ratified by one side 2024-11-09; not in force"),
        (OF_2024, date(2024, 11, 11), "ratified by both sides by 2024-11-11; not in force"),
        (OF_2024, date(2024, 12, 4), "in force since 2024-12-04"),
        (OF_1961, date(1995, 8, 7), "in force; notice of termination given 1995-08-07"),
        (OF_1961, date(1996, 9, 10), "no longer in force since 1996-09-10"),
    ],
)
def test_the_status_line_reads_as_a_sentence_around_its_day(acts, day, words):
    line = status_line(acts, day)
    since = f" {line.since}" if line.since else ""
    after = f"; {line.after_day}" if line.after_day else ""
    assert f"{line.before_day}{since}{after}" == words


@pytest.mark.parametrize(
    ("acts", "day", "sentence", "words"),
    [
        ([], date(1961, 7, 6), "signature not on record", "signature not on record"),
        (OF_1961[:1], date(1970, 1, 1), "signed; entry into force not on record", "signed; in force not on record"),
        (
            OF_1961[:2],
            date(1970, 1, 1),
            "signed; ratified by one side; entry into force not on record",
            "signed, ratified by one side",
        ),
        (
            OF_1961[:3],
            date(1970, 1, 1),
            "ratified by both sides by; entry into force not on record",
            "ratified by both sides; in force not on record",
        ),
        (OF_1961[:5], date(1970, 1, 1), "in force since", "in force"),
        (OF_1961, date(1996, 9, 10), "no longer in force since", "no longer in force"),
    ],
)
def test_what_was_not_on_record_at_a_moment_of_the_past_is_not_said_not_to_have_happened(acts, day, sentence, words):
    line = status_line(acts, day).looked_back_on()
    assert "; ".join(filter(None, [line.before_day, line.after_day])) == sentence
    assert line.words == words
    assert status_line(acts, day).words == line.standing.value


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_words_of_its_own_for_the_sentence(standing):
    line = StatusLine(standing, date(2024, 6, 19), "")
    assert line.before_day == standing.before_day != ""
    assert line.after_day in {"", "not in force"}
    assert line.in_force is standing.value.startswith("in force")
    assert standing == standing.value


def test_of_two_acts_of_one_kind_the_earlier_counts():
    later = [*OF_1961, Act(ActKind.SIGNATURE, date(1961, 7, 9)), Act(ActKind.TERMINATION, date(1998, 1, 1))]
    assert band(later, date(2000, 1, 1)) == band(OF_1961, date(2000, 1, 1))


def test_a_treaty_under_notice_still_binds():
    assert status_line(OF_1961, date(1996, 1, 1)).in_force


def test_ratification_by_all_parties_together_counts_for_both_sides():
    acts = [Act(ActKind.SIGNATURE, date(2000, 2, 9)), Act(ActKind.RATIFICATION, date(2000, 7, 1))]
    assert status_line(acts, date(2000, 7, 1)).standing is Standing.RATIFIED


def test_the_same_side_ratifying_twice_in_print_is_still_one_side():
    acts = [
        Act(ActKind.SIGNATURE, date(2024, 6, 19)),
        Act(ActKind.RATIFICATION, date(2024, 11, 6), "russia"),
        Act(ActKind.RATIFICATION, date(2024, 11, 9), "russia"),
    ]
    line = status_line(acts, date(2024, 11, 10))
    assert (line.standing, line.since) == (Standing.RATIFIED_BY_ONE, date(2024, 11, 6))


def test_the_bars_of_a_day_know_nothing_of_later_acts():
    assert band(OF_2024, date(2024, 7, 1)).entered is None
    assert band(OF_1961, date(1990, 1, 1)).ended is None
    assert band(OF_2024, date(2024, 6, 1)).signed is None


@given(
    st.permutations(OF_1961),
    st.dates(min_value=date(1960, 1, 1), max_value=date(2000, 1, 1)),
)
def test_the_order_in_which_acts_are_listed_changes_nothing(shuffled, day):
    assert status_line(shuffled, day) == status_line(OF_1961, day)
    assert band(shuffled, day) == band(OF_1961, day)
