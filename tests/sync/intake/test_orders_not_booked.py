"""Orders that nobody guesses about: skipped when nothing is due, held when a person has to say."""

from decimal import Decimal
from typing import Any

import pytest
import yaml
from builders import yaml_block
from business import Business
from records import message_of, next_step_of
from shop import BANK, CARD, ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.errors import ExitCode

NEW_GATEWAY = {"payment_gateway_id": 90, "name": "Anyday", "gateway": "anyday"}


def pasted(business: Business) -> dict[str, Any]:
    """Return the YAML that the hold tells to paste, as YAML."""
    found: dict[str, Any] = yaml.safe_load(yaml_block(str(next_step_of(business.order()))))
    return found


def test_an_order_of_an_unknown_payment_type_is_held(business: Business) -> None:
    business.sell(raw_order(payment_gateway_id=90))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "unknown_payment_type"
    assert finished.writes() == []


def test_the_payment_type_that_the_hold_names_makes_the_order_pass_by_itself(
    business: Business,
) -> None:
    business.sandbox.catalogue.gateways.append(NEW_GATEWAY)
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()

    business.config["payment_types"] += pasted(business)["payment_types"]
    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert business.payments() == [Decimal("125.00")]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Bankoverførsel", "deposit_account: 55000  # Bank"),
        ("MobilePay", "deposit_account: 55020  # Tilgodehavende MobilePay"),
        ("Bitcoin", "deposit_account: # none in Dinero is called after it"),
    ],
)
def test_the_deposit_account_to_paste_fits_the_gateway_or_is_a_blank(
    business: Business, name: str, line: str
) -> None:
    business.config["payment_types"] = business.config["payment_types"][:1]
    business.sandbox.catalogue.gateways.append({**NEW_GATEWAY, "name": name, "gateway": "other"})
    business.sell(raw_order(payment_gateway_id=90))

    business.run_once()

    assert line in str(next_step_of(business.order()))


def test_a_hold_outside_the_window_ends_without_reading_the_order_again(
    business: Business,
) -> None:
    business.sandbox.catalogue.gateways.append(NEW_GATEWAY)
    business.sell(
        raw_order(payment_gateway_id=90),
        raw_order(ORDER_ID + 1, last_modified="2026-12-10 11:00:00"),
    )
    business.run_once()

    business.config["payment_types"] += pasted(business)["payment_types"]
    finished = business.run_once()

    assert finished.calls("shoporama") == ["GET order"]
    assert business.invoice().is_booked


def test_a_gateway_set_up_today_is_read_before_its_order_is_held(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.sandbox.catalogue.gateways.append(NEW_GATEWAY)
    business.sell(raw_order(ORDER_ID + 1, payment_gateway_id=90))

    finished = business.run_once()

    assert "GET payment-gateway" in finished.calls("shoporama")
    assert "'Anyday'" in str(message_of(business.order(ORDER_ID + 1)))


def test_an_order_that_no_payment_type_takes_is_held_only_once_it_is_due(
    business: Business,
) -> None:
    business.sell(unpaid_order(payment_gateway_id=90))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().reason == "unpaid"


def test_a_line_whose_vat_is_not_that_of_its_account_is_held(business: Business) -> None:
    business.sell(raw_order(products=[a_line(vat=0)]))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "account_vat_mismatch"
    assert business.invoices() == []


def test_the_rule_that_the_hold_names_makes_the_order_pass_by_itself(business: Business) -> None:
    business.sell(raw_order(products=[a_line(vat=0)]))
    business.run_once()

    rules = pasted(business)["posting"]["rules"]
    business.config["posting"]["rules"] = rules + business.config["posting"]["rules"]
    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert business.invoice().totals.vat == 0


def test_a_hold_ends_by_itself_when_the_order_is_corrected_in_the_shop(business: Business) -> None:
    business.sell(raw_order(total_price=Decimal("999.00")))
    held = business.run_once()

    business.change(total_price=Decimal("125.00"))
    business.run_once()

    assert held.events("order.outcome")[0]["reason"] == "lines_do_not_add_up"
    assert business.invoice().totals.gross == Decimal("125.00")


def test_an_order_that_can_not_be_read_is_held_and_stops_nobody_else(business: Business) -> None:
    business.sell(raw_order(total_price="a lot"), raw_order(ORDER_ID + 1))

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1, "held": 1}
    assert business.order(ORDER_ID).reason == "unreadable_order"
    assert business.invoice(ORDER_ID + 1).is_booked


def test_a_held_order_is_reported_once_and_counts_for_every_run(business: Business) -> None:
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()

    again = business.run_once()

    assert again.events("order.outcome") == []
    assert again.exit_code == ExitCode.HELD


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "cancelled"}, "cancelled"),
        ({"products": [a_line(unit_price=Decimal(0))]}, "zero_total"),
    ],
)
def test_nothing_is_made_of_an_order_without_a_sale(
    business: Business, fields: dict[str, Any], reason: str
) -> None:
    business.sell(raw_order(**fields))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert finished.events("order.outcome")[0]["outcome"] == "skipped"
    assert business.order().reason == reason
    assert business.invoices() == []


def test_a_zero_total_is_held_when_its_voucher_may_have_been_a_gift_card(
    business: Business,
) -> None:
    business.sell(raw_order(voucher_code="GAVE", voucher_discount_amount=Decimal("125.00")))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "zero_total_with_voucher"


def test_an_order_that_a_gift_card_paid_in_full_is_held_until_its_account_is_named(
    business: Business,
) -> None:
    cards = {"kind": "multi_purpose", "account": 63080, "voucher_codes": "GAVE*"}
    business.config["posting"]["gift_cards"] = cards
    business.sell(raw_order(voucher_code="GAVE", voucher_discount_amount=Decimal("125.00")))

    business.run_once()

    order = business.order()
    assert order.reason == "zero_total_with_voucher"
    assert "VAT of the sale is due now" in str(message_of(order))
    assert "If that voucher" not in str(message_of(order))
    assert "redeemed_account: 55090  # Gavekort indløst" in str(next_step_of(order))
    assert "dinero-sync adopt" in str(next_step_of(order))
    business.config["posting"]["gift_cards"]["redeemed_account"] = 55090
    business.run_once()
    assert business.order().standing == "done"


def test_an_order_that_a_single_purpose_card_paid_in_full_is_booked(business: Business) -> None:
    cards = {"kind": "single_purpose", "account": 63085, "voucher_codes": "GAVE*"}
    business.config["posting"]["gift_cards"] = cards
    business.sell(raw_order(voucher_code="GAVE", voucher_discount_amount=Decimal("125.00")))

    business.run_once()

    assert business.order().standing == "done"
    assert business.invoice().totals.gross == 0


def test_a_cancelled_order_that_is_revived_becomes_due(business: Business) -> None:
    business.sell(raw_order(status="cancelled"))
    business.run_once()

    business.change(status="new")
    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}


def test_what_dinero_refuses_is_held_with_its_reason_and_without_what_was_sent(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.sandbox.organisation.accounts[1000].hidden = False
    business.run_once()
    business.sandbox.organisation.accounts[1000].hidden = True
    business.sell(raw_order(ORDER_ID + 1, email="berta@example.com"))

    finished = business.run_once()

    order = business.order(ORDER_ID + 1)
    assert finished.exit_code == ExitCode.HELD
    assert order.reason == "rejected_by_dinero"
    assert "property ProductLines[0].AccountNumber" in str(message_of(order))
    assert "Anna" not in str(message_of(order))


def test_a_refused_step_is_done_once_its_cause_is_mended_and_the_order_retried(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.fault("status_before", "*/invoices", "POST", status=400, body="refusal")
    business.run_once()

    business.retry()
    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert len(business.invoices()) == 1


def test_a_refused_payment_is_tried_again_after_a_pause(business: Business) -> None:
    business.sell(raw_order())
    business.fault("status_before", "*/payments", "POST", status=400, body="refusal")
    held = business.run_once()

    business.wait(hours=7)
    finished = business.run_once()

    assert held.exit_code == ExitCode.HELD
    assert finished.exit_code == ExitCode.OK
    assert business.payments() == [Decimal("125.00")]


@pytest.mark.parametrize("gateway", [CARD, BANK])
def test_the_message_of_a_hold_names_no_buyer(business: Business, gateway: int) -> None:
    business.config["payment_types"] = [business.config["payment_types"][1]]
    business.sell(raw_order(payment_gateway_id=gateway))

    business.run_once()

    order = business.order()
    text = f"{message_of(order)} {next_step_of(order)}"
    assert order.reason == "unknown_payment_type"
    assert not [part for part in ("Anna", "Prøvevej", "example.com") if part in text]
