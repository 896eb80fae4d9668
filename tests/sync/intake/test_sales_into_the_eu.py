"""Sales into the EU: VAT numbers that the register confirms, and the threshold for consumers."""

import json
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
from business import Business
from shop import GERMAN_BUSINESS, GERMANY, ORDER_ID, a_line, raw_order

from dinero_sync.cli.reports.show import as_lines
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.step import Language
from dinero_sync.errors import DeadlineError, ExitCode
from dinero_sync.journal import effects
from dinero_sync.journal.database import open_copy

REVERSE_CHARGE: dict[str, Any] = {
    "name": "EU businesses",
    "when": {"zone": "eu", "buyer": "business"},
    "account": 1100,
}
NOBODY_THERE = "http://127.0.0.1:9/vies"
SHORTER_THAN_ALL_RETRIES = 6.5
GERMAN_CONSUMER: dict[str, Any] = {
    "order_country_id": GERMANY,
    "del_country_id": GERMANY,
    "order_zipcode": "20095",
    "order_city": "Hamburg",
}


@pytest.fixture
def with_vies(business: Business) -> Business:
    """Sell to a German company without VAT, in a shop that asks VIES."""
    business.config["posting"] = {
        "rules": [REVERSE_CHARGE],
        "eu_vat_numbers": {"check": "vies", "vies_url": f"{business.sandbox.url}/vies"},
    }
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    return business


def test_a_confirmed_number_is_asked_about_once(with_vies: Business) -> None:
    with_vies.run_once()
    with_vies.sell(raw_order(ORDER_ID + 1, products=[a_line(vat=0)], **GERMAN_BUSINESS))
    second = with_vies.run_once()

    assert with_vies.invoice().lines[0].account.number == 1100
    assert with_vies.invoice(ORDER_ID + 1).is_booked
    assert [each for each in second.requests if each.path.startswith("/vies")] == []


def evidence(business: Business, order_id: int = ORDER_ID) -> list[dict[str, Any]]:
    """Return what VIES said, as the journal keeps it beside an order."""
    with closing(open_copy(business.state_folder)) as db:
        lines = effects.of_subject(db, order_id)
    return [json.loads(each.body or "") for each in lines if each.kind == "vat_number"]


def test_what_vies_said_is_kept_beside_each_order_sold_without_vat(with_vies: Business) -> None:
    with_vies.run_once()
    with_vies.wait(days=91)
    with_vies.sell(raw_order(ORDER_ID + 1, products=[a_line(vat=0)], **GERMAN_BUSINESS))
    with_vies.run_once()

    (first,), (second,) = evidence(with_vies), evidence(with_vies, ORDER_ID + 1)
    assert (first["vat_number"], first["valid"]) == ("DE136695976", True)
    assert first["consultation"] == "WAPIAAAAYx1"
    assert first["asked_at"][:10] == "2026-12-10"
    assert second["asked_at"][:10] == "2027-03-11"


def test_one_answer_is_kept_once_however_often_the_order_is_decided_about(
    with_vies: Business,
) -> None:
    with_vies.fault("status_before", "*/invoices", "POST", status=503, times=None)
    with_vies.run_once()
    with_vies.sandbox.clear_faults()
    with_vies.run_once()

    assert with_vies.order().standing == "done"
    assert len(evidence(with_vies)) == 1


def test_show_tells_what_vies_said(with_vies: Business) -> None:
    with_vies.run_once()

    with closing(open_copy(with_vies.state_folder)) as db:
        lines = effects.of_subject(db, ORDER_ID)
        shown = "\n".join(map(text_of, as_lines(with_vies.order(), lines, Language.ENGLISH)))

    assert "valid; consultation number: WAPIAAAAYx1" in shown


def test_an_order_sold_with_vat_keeps_no_answer(with_vies: Business) -> None:
    with_vies.config["posting"]["rules"] = []
    with_vies.change(products=[a_line()], vat=25)

    with_vies.run_once()

    assert with_vies.order().standing == "done"
    assert evidence(with_vies) == []


def test_a_number_that_isnt_registered_holds_the_order(with_vies: Business) -> None:
    with_vies.sandbox.change_settings(unregistered_vat_numbers=("DE136695976",))

    assert with_vies.run_once().exit_code is ExitCode.HELD
    assert with_vies.order().reason == "unconfirmed_vat_number"
    assert with_vies.invoices() == []


def test_while_vies_is_down_nothing_is_sold_without_vat_and_it_is_asked_again(
    with_vies: Business,
) -> None:
    with_vies.sandbox.change_settings(vies_is_down=True)
    with_vies.run_once()
    assert with_vies.order().reason == "unconfirmed_vat_number"

    with_vies.sandbox.change_settings(vies_is_down=False)
    with_vies.wait(hours=7)
    with_vies.run_once()

    assert with_vies.order().standing == "done"


def test_a_deadline_that_comes_while_vies_is_waited_for_holds_no_order(
    with_vies: Business,
) -> None:
    with_vies.config["posting"]["eu_vat_numbers"]["vies_url"] = NOBODY_THERE

    finished = with_vies.run_once(deadline_seconds=SHORTER_THAN_ALL_RETRIES)

    assert isinstance(finished.result.stopped, DeadlineError)
    assert finished.exit_code is ExitCode.TEMPORARY


def test_sales_above_the_threshold_are_held_in_the_order_they_come(business: Business) -> None:
    business.sell(
        *(
            raw_order(
                ORDER_ID + at, products=[a_line(unit_price=Decimal(40_000))], **GERMAN_CONSUMER
            )
            for at in range(3)
        )
    )

    assert business.run_once().exit_code is ExitCode.HELD
    assert [business.order(ORDER_ID + at).reason for at in range(3)] == [
        None,
        None,
        "distance_sales_threshold",
    ]


def test_near_the_threshold_the_run_warns_in_time(business: Business) -> None:
    business.sell(raw_order(products=[a_line(unit_price=Decimal(74_000))], **GERMAN_CONSUMER))
    assert business.run_once().events("eu_threshold.near") == []

    business.sell(
        raw_order(ORDER_ID + 1, products=[a_line(unit_price=Decimal(1_000))], **GERMAN_CONSUMER)
    )
    (warning,) = business.run_once().events("eu_threshold.near")
    assert (warning["level"], warning["total"]) == ("warning", "60000.00")
    assert "register for OSS" in warning["message"]


def test_by_setting_they_are_booked_all_the_same(business: Business) -> None:
    business.config["posting"] = {"above_eu_threshold": "charge"}
    business.sell(raw_order(products=[a_line(unit_price=Decimal(99_000))], **GERMAN_CONSUMER))

    assert business.run_once().exit_code is ExitCode.OK


def in_january(price: int) -> dict[str, Any]:
    """Return an order of a German consumer that is placed and paid in January 2027."""
    january = "2027-01-05 10:00:00"
    return raw_order(
        ORDER_ID + 1,
        time=january,
        paid_time=january,
        products=[a_line(unit_price=Decimal(price))],
        **GERMAN_CONSUMER,
    )


@pytest.mark.parametrize(("last_year", "standing"), [(93_000, "done"), (93_001, "held")])
def test_a_year_above_the_threshold_leaves_no_room_in_the_next_one_either(
    business: Business, last_year: int, standing: str
) -> None:
    business.config["posting"] = {"above_eu_threshold": "charge"}
    business.sell(raw_order(products=[a_line(unit_price=Decimal(last_year))], **GERMAN_CONSUMER))
    business.run_once()
    business.config["posting"] = {"above_eu_threshold": "hold"}
    business.wait(days=30)
    business.sell(in_january(125))

    business.run_once()

    assert business.order(ORDER_ID + 1).standing == standing


def test_below_the_threshold_a_new_year_begins_to_count_anew(business: Business) -> None:
    business.sell(raw_order(products=[a_line(unit_price=Decimal(90_000))], **GERMAN_CONSUMER))
    business.run_once()
    business.wait(days=30)
    business.sell(in_january(90_000))

    business.run_once()

    assert business.order(ORDER_ID + 1).standing == "done"
