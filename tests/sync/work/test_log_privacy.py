"""What stands in a log line: listed fields alone, fixed events always, and nobody's data."""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
import structlog
from business import Business
from shop import raw_order

from dinero_sync import logs
from dinero_sync.errors import ExitCode
from dinero_sync.sandbox.shop.seed import seeded_orders

OUTCOME_FIELDS = {
    "event", "timestamp", "level", "run_id", "order_id", "outcome", "reason",
    "invoice_guid", "invoice_number", "total", "currency",
}  # fmt: skip
FINISHED_FIELDS = {
    "event", "timestamp", "level", "run_id", "outcomes", "calls", "seconds",
    "watermark", "exit_code", "journal_head",
}  # fmt: skip
PERSONAL = (
    "order_name", "order_company_name", "order_address", "email", "phone", "del_name",
    "del_address", "vat_number", "ean_number",
)  # fmt: skip


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def fresh_logs() -> Iterator[None]:
    structlog.contextvars.clear_contextvars()
    yield
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


def lines_of(
    stream: io.StringIO, *, verbosity: int = 0, log_format: str | None = None
) -> structlog.stdlib.BoundLogger:
    logs.set_up_logs(verbosity=verbosity, log_format=log_format, stream=stream)
    logger: structlog.stdlib.BoundLogger = structlog.get_logger()
    return logger


def test_a_whole_shop_leaves_no_personal_data_in_the_log(business: Business) -> None:
    business.config["sync"]["start_date"] = business.sandbox.start_date
    business.config["payment_types"] = business.config["payment_types"][:2]
    raws = seeded_orders(business.sandbox.now(), 1)
    business.sell(*raws)
    business.fault("status_before", "*/book", "POST", status=400, body="refusal")

    finished = business.run_once()

    text = json.dumps(finished.log, ensure_ascii=False).casefold()
    personal = {str(raw[name]).strip().casefold() for raw in raws for name in PERSONAL if raw[name]}
    assert finished.exit_code == ExitCode.HELD
    assert len(personal) > 40
    assert [part for part in personal if part in text] == []


def test_every_line_of_a_run_has_listed_fields_alone_and_says_when_and_which_run(
    business: Business,
) -> None:
    business.sell(raw_order(), raw_order(1, total_price="a lot"))

    finished = business.run_once()

    for line in finished.log:
        assert line.keys() <= logs.ALLOWED_FIELDS
        assert datetime.fromisoformat(line["timestamp"]).utcoffset() is not None
        assert line["timestamp"].endswith("Z")
        assert UUID(line["run_id"])
        assert line["level"] in {"debug", "info", "warning", "error"}
    assert len({line["run_id"] for line in finished.log}) == 1


def test_the_fixed_events_carry_the_same_fields_whatever_came_of_an_order(
    business: Business,
) -> None:
    business.sell(raw_order(), raw_order(1, total_price="a lot"), raw_order(2, status="cancelled"))

    finished = business.run_once()

    outcomes = finished.events("order.outcome")
    assert {line["outcome"] for line in outcomes} == {"booked", "held", "skipped"}
    assert [set(line) for line in outcomes] == 3 * [OUTCOME_FIELDS]
    assert [set(line) for line in finished.events("run.finished")] == [FINISHED_FIELDS]


def test_a_run_ends_with_its_summary(business: Business) -> None:
    business.sell(raw_order())

    finished = business.run_once()

    last = finished.log[-1]
    assert last["event"] == "run.finished"
    assert last["outcomes"] == {"booked": 1}
    assert last["exit_code"] == 0
    assert last["calls"] == finished.result.calls
    assert last["journal_head"] == finished.result.journal_head


def test_a_field_that_is_not_listed_is_refused() -> None:
    log = lines_of(io.StringIO())

    with pytest.raises(ValueError, match="aren't listed: email, name"):
        log.info("order.outcome", name="Anna", email="anna@example.com")


@pytest.mark.parametrize(
    ("verbosity", "shown"),
    [
        (-1, ["order.outcome", "run.finished", "one.warning"]),
        (0, ["order.outcome", "run.finished", "one.info", "one.warning"]),
        (1, ["order.outcome", "run.finished", "one.debug", "one.info", "one.warning"]),
    ],
)
def test_the_fixed_events_appear_at_every_verbosity(verbosity: int, shown: list[str]) -> None:
    stream = io.StringIO()
    log = lines_of(stream, verbosity=verbosity)

    log.info("order.outcome")
    log.info("run.finished")
    log.debug("one.debug")
    log.info("one.info")
    log.warning("one.warning")

    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == shown


def test_a_person_at_a_terminal_gets_short_lines() -> None:
    stream = Terminal()
    log = lines_of(stream)

    log.info("order.outcome", order_id=1, outcome="booked", reason=None, invoice_guid="452c54aa")
    log.warning("connection.expires", message="Connect again")

    assert stream.getvalue().splitlines() == [
        "order.outcome order_id=1 outcome=booked",
        "warning: connection.expires: Connect again",
    ]


@pytest.mark.parametrize(("log_format", "is_json"), [("json", True), ("text", False)])
def test_the_format_can_be_chosen(log_format: str, is_json: bool) -> None:  # noqa: FBT001 - a parameter of the test
    for stream in (io.StringIO(), Terminal()):
        lines_of(stream, log_format=log_format).info("one.info")

        assert stream.getvalue().startswith("{") is is_json


def test_logs_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up_logs(verbosity=0, log_format=None)

    structlog.get_logger().info("one.info", message="æøå")

    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err)["message"] == "æøå"


def test_all_lines_of_a_process_carry_one_run_id() -> None:
    logs.set_up_logs(verbosity=0, log_format=None, stream=io.StringIO())
    first = logs.run_id()

    logs.set_up_logs(verbosity=1, log_format=None, stream=io.StringIO())

    assert logs.run_id() == first


def test_there_is_no_run_id_before_logs_are_set_up() -> None:
    with pytest.raises(KeyError):
        logs.run_id()
