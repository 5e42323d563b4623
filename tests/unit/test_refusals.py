from apps.editorial.refusals import listed, unknown


def test_a_refusal_names_what_was_asked_for_and_what_there_is():
    assert str(unknown("treaty", "1999", ["1961", "2000", "2024"])) == (
        "There is no treaty “1999” here. It can be 1961, 2000 or 2024."
    )
    assert str(unknown("treaty", "1999", [])) == "There is no treaty “1999” here. There is none."


def test_a_refusal_repeats_no_more_than_a_line_and_nothing_that_does_not_print():
    assert "“" + "a" * 40 + "”" in str(unknown("mark", "a" * 500, ["none"]))
    assert "“ab”" in str(unknown("mark", "a\x00\nb", ["none"]))


def test_names_are_listed_as_a_sentence_lists_them():
    assert listed(["1961"]) == "1961"
    assert listed(["1961", "2024"], "or") == "1961 or 2024"
