"""Sixty mixed orders through the installed command: each due one booked once, to the øre."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from desk import Desk, Finished, folder_in_memory
from sandbox_process import Json, SandboxProcess, by_reference
from sold_orders import Expected, Trigger, expected_invoices, sold_for

RIGHT = range(200, 300)


@dataclass(frozen=True)
class Story:
    """Three runs after each other, and what shop and books looked like afterwards."""

    trigger: Trigger
    orders: list[Json]
    books: Json
    complaints: list[Json]
    requests: list[Json]
    writes_of_first: int
    writes_in_all: int
    first: Finished
    second: Finished
    third: Finished

    @property
    def invoices(self) -> dict[str, Json]:
        return by_reference(self.books["invoices"])

    @property
    def expected(self) -> dict[str, Expected]:
        return expected_invoices(self.orders, self.trigger)


@pytest.fixture(scope="module", params=["paid", "shipped"])
def story(
    request: pytest.FixtureRequest,
    seeded_sandbox: SandboxProcess,
) -> Iterator[Story]:
    trigger: Trigger = request.param
    seeded_sandbox.reset()
    with folder_in_memory() as folder:
        desk = Desk(folder)
        desk.configure(seeded_sandbox, trigger=trigger)
        first = desk.run("run")
        writes_of_first = len(seeded_sandbox.writes())
        second, third = desk.run("run"), desk.run("run")
        yield Story(
            trigger=trigger,
            orders=seeded_sandbox.orders(),
            books=seeded_sandbox.books(),
            complaints=seeded_sandbox.complaints(),
            requests=seeded_sandbox.requests(),
            writes_of_first=writes_of_first,
            writes_in_all=len(seeded_sandbox.writes()),
            first=first,
            second=second,
            third=third,
        )


def test_every_due_order_is_one_booked_invoice_and_nothing_else_is(story: Story) -> None:
    assert len(story.orders) == 60
    assert story.invoices.keys() == story.expected.keys()
    assert {invoice["Status"] for invoice in story.invoices.values()} <= {
        "Booked",
        "Paid",
        "Overdue",
    }
    assert all(invoice["Number"] for invoice in story.invoices.values())


def test_every_invoice_has_its_order_s_exact_total(story: Story) -> None:
    totals = {name: invoice["TotalInclVat"] for name, invoice in story.invoices.items()}

    assert totals == {name: each.total for name, each in story.expected.items()}


def test_the_books_hold_what_the_shop_sold_to_the_ore(story: Story) -> None:
    booked = sum(Decimal(invoice["TotalInclVat"]) for invoice in story.invoices.values())

    assert booked == sold_for(story.orders, story.trigger) > 0


def test_every_invoice_is_dated_the_day_of_its_trigger(story: Story) -> None:
    days = {name: invoice["Date"] for name, invoice in story.invoices.items()}

    assert days == {name: str(each.invoice_day) for name, each in story.expected.items()}


def test_every_paid_order_is_paid_in_full_on_its_deposit_account_and_day(story: Story) -> None:
    payments = {name: _payments(invoice) for name, invoice in story.invoices.items()}

    assert payments == {
        name: [(each.deposit_account, each.total, str(each.payment_day))]
        if each.deposit_account
        else []
        for name, each in story.expected.items()
    }


def _payments(invoice: Json) -> list[tuple[int, Decimal, str]]:
    return [
        (each["DepositAccountNumber"], Decimal(each["Amount"]), each["PaymentDate"])
        for each in invoice["Payments"]
    ]


def test_numbers_in_dinero_follow_the_order_of_the_sales(story: Story) -> None:
    in_order = sorted(story.invoices.values(), key=lambda invoice: int(invoice["Number"]))

    assert [each["Date"] for each in in_order] == sorted(each["Date"] for each in in_order)


def test_the_balances_of_all_accounts_add_up_to_zero(story: Story) -> None:
    balances = {account: Decimal(amount) for account, amount in story.books["balances"].items()}
    paid = sum(each.total for each in story.expected.values() if each.deposit_account)

    assert sum(balances.values()) == 0
    assert sum(balances[account] for account in balances if account.startswith("550")) == paid


def test_a_second_run_writes_nothing(story: Story) -> None:
    assert story.writes_of_first > len(story.expected)
    assert story.writes_in_all == story.writes_of_first
    assert story.second.outcomes == {}


@pytest.mark.parametrize("which", ["second", "third"])
def test_an_idle_run_makes_one_call_to_the_shop_and_none_to_dinero(
    story: Story, which: str
) -> None:
    idle: Finished = getattr(story, which)

    assert idle.run_finished["calls"] == {"shoporama": 1, "dinero": 0}
    assert idle.status == 0


def test_the_services_saw_valid_requests_only(story: Story) -> None:
    assert story.complaints == []
    assert [each for each in story.requests if each["status"] not in RIGHT] == []


def test_the_log_tells_each_invoice_s_number_guid_and_total(story: Story) -> None:
    told = {
        f"shoporama:{each['order_id']}": (
            each["invoice_number"],
            each["invoice_guid"],
            Decimal(each["total"]),
            each["currency"],
        )
        for each in story.first.events_named("order.outcome")
        if each["outcome"] == "booked"
    }

    assert told == {name: _identity(invoice) for name, invoice in story.invoices.items()}


def _identity(invoice: dict[str, Any]) -> tuple[int, str, Decimal, str]:
    total = Decimal(invoice["TotalInclVat"])
    return (int(invoice["Number"]), invoice["Guid"], total, invoice["Currency"])


def test_nothing_is_held_and_the_status_says_so(story: Story) -> None:
    assert story.first.status == 0
    assert story.first.run_finished["outcomes"]["booked"] == len(story.expected)
    assert "held" not in story.first.run_finished["outcomes"]
