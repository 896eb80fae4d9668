"""What a hold says to paste makes the order pass at the next run, and stops no other order."""

from decimal import Decimal
from typing import Any

import pytest
import yaml
from business import Business
from records import message_of, next_step_of
from shop import GERMANY, ORDER_ID, a_line, raw_order

from dinero_sync.errors import ExitCode

GERMAN: dict[str, Any] = {
    "order_country_id": GERMANY,
    "del_country_id": GERMANY,
    "order_zipcode": "20095",
}


def merged(config: dict[str, Any], pasted: dict[str, Any], *, last: bool) -> dict[str, Any]:
    """Put what was pasted into a configuration: sections into sections, entries beside others."""
    result = dict(config)
    for key, value in pasted.items():
        known = result.get(key)
        if isinstance(value, dict):
            result[key] = merged(known or {}, value, last=last)
        elif isinstance(value, list):
            result[key] = [*(known or []), *value] if last else [*value, *(known or [])]
        else:
            result[key] = value
    return result


def pasted_from(business: Business) -> dict[str, Any]:
    """Return the YAML that the held order's next step ends with."""
    _, _, block = (next_step_of(business.order()) or "").partition("\n\n")
    parsed: dict[str, Any] = yaml.safe_load(block.replace(": XX", ": DK"))  # a country's blank
    for entry in parsed.get("payment_types", ()):
        if entry["deposit_account"] is None:  # a blank: nothing in Dinero is called after it
            entry["deposit_account"] = 55080
    return parsed


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"payment_gateway_id": 4711}, "unknown_payment_type"),
        ({"payment_gateway_id": None, "payment_gateway": ""}, "unknown_payment_type"),
        ({"payment_gateway_id": None, "payment_gateway": "Dankort"}, "unknown_payment_type"),
        ({"products": [a_line(vat=0)]}, "account_vat_mismatch"),
        ({"products": [a_line(vat=19)], "vat": Decimal("19.96"), **GERMAN}, "account_vat_mismatch"),
        ({"order_country_id": 4711, "del_country_id": 4711}, "unknown_country"),
        ({"products": [a_line(product_id=999_999)]}, "unknown_product"),
        ({"status": "processing"}, "unknown_status"),
    ],
    ids=[
        "an unknown payment gateway",
        "no payment gateway",
        "a payment gateway that is called like an entry",
        "a VAT rate without an account",
        "another country's VAT",
        "an unknown country",
        "a product that the catalogue lacks",
        "a status of the shop's own",
    ],
)
def test_what_is_pasted_lets_the_order_pass(
    business: Business, order: dict[str, Any], reason: str
) -> None:
    category = {"name": "used", "when": {"category": "Brugt*"}, "account": 1000}
    business.config["posting"] = {"rules": [category] if reason == "unknown_product" else []}
    business.sell(raw_order(**order), raw_order(ORDER_ID + 1))

    assert business.run_once().exit_code is ExitCode.HELD
    assert business.order().reason == reason
    assert business.order(ORDER_ID + 1).standing == "done"

    last = "after the rules that are there" in (next_step_of(business.order()) or "")
    business.config = merged(business.config, pasted_from(business), last=last)
    business.run_once()

    assert business.order().standing == "done", message_of(business.order())
    assert business.invoice().totals.gross == Decimal("125.00")


def test_a_rule_for_a_rate_that_its_account_doesnt_have_stops_the_run(business: Business) -> None:
    business.config["posting"] = {
        "rules": [{"name": "export", "when": {"vat_rate": 0}, "account": 1000}]
    }
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code is ExitCode.CONFIG
    assert finished.writes() == []
    (problem,) = finished.events("config.problem")
    assert problem["key"] == "posting.rules[0].account"
    assert 'account 1000 has 25 % VAT in Dinero, but rule "export"' in problem["message"]
