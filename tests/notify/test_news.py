"""What is news is told once, and its end too; what nobody can see is no end."""

from dinero_sync.notify.news import Kind, Matter, news

REFUSED = Matter(Kind.ALARM, "last_run_failed", "77:ab")
LATE = Matter(Kind.ALARM, "no_run_ends_well", "")
HELD = Matter(Kind.HELD, "currency", "4815162:invoice", "#10427")
DOUBT = Matter(Kind.IN_DOUBT, "no_answer", "4815163:invoice", "#10428")


def codes(told: set[Matter], now: list[Matter], unseen: set[Matter] = set()) -> tuple[str, ...]:  # noqa: B006 - never changed
    found = news({each.remembered for each in told}, now, {each.remembered for each in unseen})
    return found.codes if found else ()


def test_what_began_is_news_once() -> None:
    assert codes(set(), [HELD]) == ("held",)
    assert codes({HELD}, [HELD]) == ()


def test_the_most_urgent_comes_first() -> None:
    assert codes(set(), [HELD, DOUBT, REFUSED]) == ("last_run_failed", "in_doubt", "held")


def test_the_end_of_an_alarm_is_news_and_the_end_of_all() -> None:
    assert codes({REFUSED}, []) == ("works_again", "over")
    assert codes({REFUSED, HELD}, [HELD]) == ("works_again",)


def test_the_end_of_the_last_thing_that_waits_is_news_and_of_one_among_others_is_none() -> None:
    assert codes({HELD, DOUBT}, [HELD]) == ()
    assert codes({HELD}, []) == ("over",)


def test_an_alarm_that_becomes_another_has_not_ended() -> None:
    assert codes({REFUSED}, [LATE]) == ("no_run_ends_well",)


def test_what_nobody_can_see_has_not_ended() -> None:
    assert codes({REFUSED}, [], {REFUSED}) == ()
    assert codes({REFUSED, HELD}, [], {REFUSED}) == ()


def test_the_same_order_for_another_reason_is_news() -> None:
    other = Matter(Kind.HELD, "account_missing", HELD.key, HELD.name)

    assert codes({HELD}, [other]) == ("held",)


def test_nothing_is_no_news() -> None:
    assert codes(set(), []) == ()
