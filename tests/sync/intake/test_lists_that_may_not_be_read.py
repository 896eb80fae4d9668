"""A key of the shop has rights resource by resource: nothing is asked that no rule needs.

What a rule does need and the key may not read holds the orders that depend on it, and no others;
what merely gave no answer lets them wait.
"""

from datetime import date
from typing import Any

import pytest
from business import Business, SandboxClock
from records import message_of, next_step_of
from second_hand import RULES as BY_CATEGORY
from second_hand import SOLD_LAMP
from shop import DENMARK, INVOICE, ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.config.answers import Answers
from dinero_sync.domain.step import sentence
from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.sync.insight.explaining import explain_order
from dinero_sync.sync.insight.replay import replay_since
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.setup.doctor import examine
from dinero_sync.sync.setup.findings import Diagnosis, Verdict
from dinero_sync.sync.setup.starting_answers import completed, suggested_answers
from dinero_sync.sync.setup.starting_facts import StartingFacts, read_starting_facts
from dinero_sync.texts.telling import message

LISTS = ("payment-gateway", "shipping", "country", "category", "profile", "product/*", "self")
REFUSALS = (401, 403, 404)
BEFORE = "2026-11-20 10:00:00"
BY_CODE: list[dict[str, Any]] = [
    {"name": "Kort", "when": {"gateway": "quickpay*"}, "paid": True, "deposit_account": 55010}
]
BY_NAME: dict[str, Any] = {
    "name": "Faktura",
    "when": {"gateway_name": "Faktura*"},
    "paid": False,
    "payment_terms": {"type": "Netto", "days": 14},
}


def refuse(business: Business, *lists: str, status: int = 403) -> None:
    """Let the shop refuse to show some lists, as often as they are asked for."""
    for each in lists:
        business.fault(
            "status_before",
            f"*/{each}",
            service="shoporama",
            status=status,
            body="empty",
            times=None,
        )


def ask_nothing(business: Business) -> None:
    """Let no rule ask for more than an order says."""
    business.config["payment_types"] = BY_CODE
    business.config["posting"]["rules"] = []
    business.config["shoporama"]["countries"] = {DENMARK: "DK"}


@pytest.mark.parametrize("status", [*REFUSALS, 500])
def test_lists_that_no_rule_needs_may_all_be_refused(business: Business, status: int) -> None:
    ask_nothing(business)
    refuse(business, *LISTS, status=status)
    business.sell(raw_order(shipping_id=""))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert finished.calls("shoporama") == ["GET order"]
    assert business.invoice().is_booked


def test_the_name_of_a_freight_method_is_shown_where_it_may_be_read_and_nobody_waits_for_it(
    business: Business,
) -> None:
    ask_nothing(business)
    business.sell(raw_order(shipping_id=301, shipping_price=49))
    business.run_once()
    business.wait(days=2)
    refuse(business, "shipping")
    business.sell(raw_order(ORDER_ID + 1, shipping_id=302, shipping_price=49))
    business.sell(raw_order(ORDER_ID + 2, shipping_id=301, shipping_price=49))

    finished = business.run_once()

    freight = [
        business.invoice(ORDER_ID + each).lines[1].fields["Description"] for each in range(3)
    ]
    assert finished.exit_code == ExitCode.OK
    assert freight[0].startswith("Fragt – ")
    assert freight[2] == freight[0]  # as it was last read


@pytest.mark.parametrize("status", REFUSALS)
def test_without_the_countries_an_order_is_held_with_the_right_to_ask_for(
    business: Business, status: int
) -> None:
    refuse(business, "country", status=status)
    business.sell(raw_order())

    finished = business.run_once()

    order = business.order()
    assert finished.exit_code == ExitCode.HELD
    assert (order.standing, order.reason) == ("held", "unknown_country")
    assert f"read “country” (status {status})" in str(message_of(order))
    assert "right to read countries" in str(next_step_of(order))
    assert f"countries:\n    {DENMARK}: XX" in str(next_step_of(order))


def test_once_the_key_has_the_right_a_retry_books_the_order(business: Business) -> None:
    refuse(business, "country")
    business.sell(raw_order())
    business.run_once()
    business.sandbox.clear_faults()
    business.retry()

    business.run_once()

    assert business.invoice().is_booked


def test_a_country_that_the_configuration_names_needs_no_list(business: Business) -> None:
    business.config["shoporama"]["countries"] = {DENMARK: "DK"}
    refuse(business, "country")
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert "GET country" not in finished.calls("shoporama")


@pytest.mark.parametrize("listed", ["country", "payment-gateway"])
def test_a_list_without_an_answer_lets_only_the_orders_wait_that_need_it(
    business: Business, listed: str
) -> None:
    business.config["payment_types"] = [*BY_CODE, BY_NAME]
    business.config["shoporama"]["countries"] = {DENMARK: "DK"}
    refuse(business, listed, status=500)
    needy = {
        "country": {"order_country_id": 57},
        "payment-gateway": {"payment_gateway_id": INVOICE},
    }
    business.sell(raw_order(), raw_order(ORDER_ID + 1, **needy[listed]))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    told = str(finished.result.stopped)
    assert "Orders that wait for the next run: 1, because the shop's list of" in told
    assert "Shoporama answered with status 500" in told
    assert business.invoice().is_booked
    assert business.order(ORDER_ID + 1).standing == "working"


@pytest.mark.parametrize("status", REFUSALS)
def test_only_a_payment_type_that_asks_for_a_name_needs_the_gateways(
    business: Business, status: int
) -> None:
    business.config["payment_types"] = [*BY_CODE, BY_NAME]
    refuse(business, "payment-gateway", status=status)
    business.sell(raw_order(), raw_order(ORDER_ID + 1, payment_gateway_id=INVOICE))

    finished = business.run_once()

    held = business.order(ORDER_ID + 1)
    assert finished.exit_code == ExitCode.HELD
    assert business.invoice().is_booked
    assert held.reason == "unknown_payment_type"
    assert "right to read payment gateways" in str(next_step_of(held))
    assert f"gateway_id: {INVOICE}" in str(next_step_of(held))


def test_an_order_that_is_not_due_needs_no_payment_type(business: Business) -> None:
    business.config["payment_types"] = [*BY_CODE, BY_NAME]
    refuse(business, "payment-gateway")
    business.sell(raw_order(payment_gateway_id=INVOICE, paid=0, paid_time=""))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().reason == "unpaid"


def test_an_order_that_is_due_by_one_payment_type_alone_waits_for_the_gateways(
    business: Business,
) -> None:
    business.config["payment_types"] = [*BY_CODE, {**BY_NAME, "trigger": "shipped"}]
    refuse(business, "payment-gateway", status=500)
    business.sell(unpaid_order(payment_gateway_id=INVOICE, status="sent"))

    unanswered = business.run_once()
    undecided = business.order().standing
    business.sandbox.clear_faults()
    answered = business.run_once()

    assert (unanswered.exit_code, undecided) == (ExitCode.TEMPORARY, "working")
    assert answered.exit_code == ExitCode.OK
    assert business.invoice().is_booked


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({"paid": 0, "paid_time": ""}, "open"),
        ({"status": "cancelled"}, "skipped"),
        ({"time": BEFORE, "paid_time": BEFORE, "last_modified": "2026-12-03 10:00:00"}, "skipped"),
    ],
    ids=["unpaid", "cancelled", "before the start"],
)
@pytest.mark.parametrize("status", [403, 500])
def test_an_order_that_is_not_due_needs_no_country(
    business: Business, status: int, fields: dict[str, Any], standing: str
) -> None:
    refuse(business, "country", status=status)
    business.sell(raw_order(**fields))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().standing == standing


def by_profile(business: Business) -> None:
    business.config["posting"] = {
        **BY_CATEGORY,
        "rules": [
            {**BY_CATEGORY["rules"][0], "when": {"line": "product", "profile": "Brugt*"}},
        ],
    }


@pytest.mark.parametrize("status", REFUSALS)
def test_a_rule_by_category_does_not_need_the_profiles(business: Business, status: int) -> None:
    business.config["posting"] = BY_CATEGORY
    refuse(business, "profile", status=status)
    business.sell(raw_order(products=[SOLD_LAMP]))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert "GET profile" not in finished.calls("shoporama")
    assert business.invoice().is_booked


@pytest.mark.parametrize("status", REFUSALS)
def test_a_rule_by_profile_holds_its_orders_where_profiles_may_not_be_read(
    business: Business, status: int
) -> None:
    by_profile(business)
    refuse(business, "profile", status=status)
    business.sell(raw_order(products=[SOLD_LAMP]))

    finished = business.run_once()

    order = business.order()
    assert finished.exit_code == ExitCode.HELD
    assert (order.standing, order.reason) == ("held", "unknown_product")
    assert "right to read profiles" in str(next_step_of(order))


def test_what_a_product_is_called_is_asked_for_once_a_rule_asks(business: Business) -> None:
    business.config["posting"] = BY_CATEGORY
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.run_once()
    by_profile(business)
    business.sell(raw_order(ORDER_ID + 1, products=[SOLD_LAMP]))

    finished = business.run_once()

    assert "GET profile" in finished.calls("shoporama")
    assert "GET product/900201" not in finished.calls("shoporama")
    assert business.order(ORDER_ID + 1).standing == "done"


@pytest.mark.parametrize("status", [401, 403])
def test_without_the_products_only_lines_that_a_rule_asks_about_are_held(
    business: Business, status: int
) -> None:
    by_number = {"name": "mugs", "when": {"line": "product", "sku": "KRUS*"}, "account": 1000}
    business.config["posting"] = {**BY_CATEGORY, "rules": [by_number, *BY_CATEGORY["rules"]]}
    refuse(business, "product/*", status=status)
    business.sell(raw_order(), raw_order(ORDER_ID + 1, products=[SOLD_LAMP, a_line()]))

    finished = business.run_once()

    held = business.order(ORDER_ID + 1)
    assert finished.exit_code == ExitCode.HELD
    assert business.invoice().is_booked
    assert held.reason == "unknown_product"
    assert "right to read products" in str(next_step_of(held))
    assert len([call for call in finished.calls("shoporama") if "product/" in call]) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_orders_that_may_not_be_read_still_end_the_run(business: Business, status: int) -> None:
    refuse(business, "order", status=status)

    assert business.run_once().exit_code == ExitCode.NOT_CONNECTED


def test_what_is_held_for_a_right_is_explained_as_it_was_told(business: Business) -> None:
    by_profile(business)
    refuse(business, "profile")
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.run_once()

    hold = explained(business, business.order())

    assert hold == message_of(business.order())


def test_a_rule_that_asks_for_a_list_no_run_has_read_leaves_the_order_out_of_a_replay(
    business: Business,
) -> None:
    business.config["payment_types"] = BY_CODE
    business.sell(raw_order())
    business.run_once()
    business.config["payment_types"] = [{**BY_CODE[0], "when": {"gateway_name": "Kort"}}]

    with business.at_work(dry_run=True) as place:
        memory = recollect(place.config, "config.yaml", place.db)
        (replayed,) = replay_since(memory, date(2026, 12, 1)).orders

    assert replayed.left_out == sentence("rules.left_out.list_unread", listed="payment gateways")


def explained(business: Business, record: OrderRecord) -> str | None:
    with business.at_work(dry_run=True) as place:
        found = explain_order(recollect(place.config, "config.yaml", place.db), record)
    return message(found.hold) if found.hold else None


def findings(business: Business) -> dict[str, Diagnosis]:
    with business.in_a_process():
        clock = SandboxClock(business.sandbox)
        found = list(examine(business.loaded(), str(business.config_file), clock))
    return {each.question: each for each in found}


def test_doctor_tells_which_lists_the_key_may_read_and_which_rules_need_the_others(
    business: Business,
) -> None:
    by_profile(business)
    business.sell(raw_order(products=[SOLD_LAMP]))
    refuse(business, "profile", "category", "shipping", "product/*")

    found = findings(business)

    assert found["Which lists may the key read?"].answer == "payment gateways, countries"
    profiles = found["Does anything need the list of profiles?"]
    assert profiles.verdict is Verdict.PROBLEM
    assert "Needed by: rule 'second-hand'." in profiles.answer
    assert "right to read profiles" in profiles.meaning
    assert found["Does anything need the list of categories?"].verdict is Verdict.NOTE
    assert found["Does anything need the list of freight methods?"].verdict is Verdict.NOTE
    assert "margin_scheme" in found["May the key read products?"].answer


def test_doctor_is_content_with_a_key_that_may_read_orders_alone_where_that_suffices(
    business: Business,
) -> None:
    ask_nothing(business)
    business.config["payment_types"] = []
    business.sell(raw_order())
    refuse(business, *(each for each in LISTS if each != "country"))

    assert [each for each in findings(business).values() if each.verdict is Verdict.PROBLEM] == []


def starting_facts(business: Business) -> StartingFacts:
    clock = SandboxClock(business.sandbox)
    with business.in_a_process():
        return read_starting_facts(business.loaded(), clock, lambda seen: seen[0])


@pytest.mark.parametrize("status", REFUSALS)
def test_a_first_configuration_follows_from_a_key_that_may_read_orders_alone(
    business: Business, status: int
) -> None:
    business.sell(raw_order())
    refuse(business, *LISTS, status=status)

    facts = starting_facts(business)
    today = business.sandbox.now().date()
    answers = completed(Answers(), suggested_answers(facts, today), facts)

    assert [(each.gateway_id, each.code) for each in facts.gateways] == [(77, "quickpayv10")]
    assert answers.payment_types == {"77": 55010}
    assert {str(each.listed) for each in facts.unread} == {
        "payment gateways",
        "countries",
        "categories",
    }


def test_a_first_configuration_asks_for_nothing_that_it_does_not_use(business: Business) -> None:
    before = business.sandbox.request_count

    starting_facts(business)

    asked = [
        each.path.rpartition("/")[2]
        for each in business.sandbox.requests
        if each.service == "shoporama" and each.number > before
    ]
    assert sorted(set(asked)) == ["category", "country", "payment-gateway"]
