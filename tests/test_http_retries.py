"""Whether a call is tried again, and how long to wait before."""

from datetime import UTC
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manual_clock import MORNING

from dinero_sync.errors import TemporaryError
from dinero_sync.http_answers import Answer, NoAnswerError, retry_after_seconds, seconds_until_retry
from dinero_sync.way_out import UnreachableError

UNREACHABLE, NO_ANSWER = UnreachableError("refused"), NoAnswerError("cut off")


def answer(status: int, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): text for name, text in headers.items()}, "")


@pytest.mark.parametrize(
    ("outcome", "repeatable", "seconds"),
    [
        (UNREACHABLE, True, 1.0),
        (UNREACHABLE, False, 1.0),
        (NO_ANSWER, True, 1.0),
        (NO_ANSWER, False, None),
        (answer(429), True, 60.0),
        (answer(429), False, 60.0),
        (answer(429, Retry_After="7"), False, 7.0),
        (answer(480), True, 1.0),
        (answer(480), False, None),
        (answer(500), True, 1.0),
        (answer(503), False, None),
        (answer(200), True, None),
        (answer(302), True, 1.0),
        (answer(302), False, None),
        (answer(408), True, 1.0),
        (answer(421), True, 1.0),
        (answer(425), False, None),
        (Answer(403, {}, "\n<!doctype html>"), True, 1.0),
        (Answer(200, {}, "<html>"), True, 1.0),
        (Answer(200, {}, "<html>"), False, None),
        (Answer(200, {"Content-Type": "text/html"}, '{"orders": []}'), True, None),
        (Answer(403, {"Content-Type": "text/html"}, "403 Forbidden"), True, None),
        (answer(401), True, None),
        (answer(404), True, None),
        (answer(409), True, None),
    ],
    ids=str,
)
def test_whether_and_when_a_call_is_tried_again(
    outcome: Answer | TemporaryError, seconds: float | None, *, repeatable: bool
) -> None:
    assert seconds_until_retry(outcome, 1, repeatable=repeatable, now=MORNING) == seconds


def test_a_limit_that_lasts_for_the_day_isnt_waited_for() -> None:
    outcome = answer(429, Retry_After="7")

    assert (
        seconds_until_retry(outcome, 1, repeatable=True, waits_for_limit=False, now=MORNING) is None
    )


@pytest.mark.parametrize("attempt", [4, 5, 40])
def test_a_limit_of_a_minute_is_waited_for_as_often_as_it_comes(attempt: int) -> None:
    outcome = answer(429, Retry_After="7")

    assert seconds_until_retry(outcome, attempt, repeatable=False, now=MORNING) == 7.0


def test_a_limit_that_names_no_time_at_all_is_given_a_second() -> None:
    outcome = answer(429, Retry_After="0")

    assert seconds_until_retry(outcome, 1, repeatable=False, now=MORNING) == 1.0


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 1.0), (2, 2.0), (3, 4.0), (4, None)])
def test_pauses_double_and_the_fourth_try_is_the_last(attempt: int, seconds: float | None) -> None:
    assert seconds_until_retry(UNREACHABLE, attempt, repeatable=True, now=MORNING) == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("86400", 300.0),
        ("Tue, 01 Dec 2026 09:00:42 GMT", 42.0),
        ("Tue, 01 Dec 2026 09:00:42 -0000", 42.0),
        ("Tue, 01 Dec 2026 08:00:00 GMT", 0.0),
        ("Wed, 02 Dec 2026 09:00:00 GMT", 300.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms_and_bounded(
    header: str, seconds: float | None
) -> None:
    assert retry_after_seconds({"Retry-After": header}, MORNING) == seconds


def test_an_answer_without_retry_after_names_no_time() -> None:
    assert retry_after_seconds({}, MORNING) is None


@given(
    st.datetimes(timezones=st.just(UTC)).map(format_datetime) | st.text("0123456789", min_size=1)
)
def test_no_retry_after_makes_a_run_wait_longer_than_five_minutes(header: str) -> None:
    seconds = retry_after_seconds({"Retry-After": header}, MORNING)

    assert seconds is not None
    assert 0 <= seconds <= 300


@pytest.mark.parametrize("header", ["²", "Tue, 01 Dec 99999999999999999999 09:00:00 GMT"])
def test_a_retry_after_that_makes_no_sense_is_ignored(header: str) -> None:
    assert retry_after_seconds({"Retry-After": header}, MORNING) is None
