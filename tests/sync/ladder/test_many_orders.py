"""Many orders in one run: chunks, numbers in the order of the sales, few calls."""

from business import Business
from shop import ORDER_ID, orders_a_minute_apart, raw_order

EARLY = "2026-12-02 09:00:00"


def test_invoice_numbers_follow_the_days_of_the_sales(business: Business) -> None:
    days = [9, 3, 7, 5, 3]
    business.sell(
        *(
            raw_order(ORDER_ID + index, time=EARLY, paid_time=f"2026-12-0{day} 10:00:00")
            for index, day in enumerate(days)
        )
    )

    business.run_once()

    numbered = sorted(business.invoices(), key=lambda invoice: invoice.number or 0)
    assert [invoice.date.day for invoice in numbered] == sorted(days)


def test_two_hundred_and_fifty_drafts_are_verified_by_three_lists(business: Business) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(*orders_a_minute_apart(250, email="anna.proeve@example.com"))

    finished = business.run_once()

    made = [call for call in finished.writes() if call == "POST invoices"]
    lists = [
        request
        for request in finished.requests
        if request.method == "GET" and "statusFilter=Draft" in request.query
    ]
    assert finished.result.outcomes() == {"drafted": 250}
    assert (len(made), len(lists)) == (250, 3)


def test_new_buyers_cost_four_changes_an_order_and_a_handful_of_reads_a_run(
    business: Business,
) -> None:
    business.sell(*orders_a_minute_apart(20))

    finished = business.run_once()

    reads = len(finished.calls("dinero")) - len(finished.writes())
    assert len(finished.writes()) == 4 * 20
    assert reads <= 9


def test_one_order_that_dinero_refuses_stops_nobody_else(business: Business) -> None:
    business.sell(*orders_a_minute_apart(3))
    business.fault("status_before", "*/book", "POST", status=400, body="refusal")

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 2, "held": 1}
