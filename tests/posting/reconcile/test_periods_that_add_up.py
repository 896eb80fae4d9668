"""A period in which nothing was touched is proved, and its sums are what both sides say."""

from made_up_books import a_year


def test_a_year_as_it_should_be_is_proved() -> None:
    found = a_year().proved()

    assert found.differences == ()
    assert found.difference == 0
