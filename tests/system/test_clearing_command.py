"""``clearing``: the accounts that money waits on, proved against Dinero's own entries."""

import json
from decimal import Decimal
from typing import Any

import pytest
from desk import Desk, Finished
from invented_sales import an_order
from sandbox_process import SandboxProcess

CARDS, FEES, BANK = 55010, 7420, 55000
PRICE = Decimal("198.95")
FIRST_NUMBER = 10427


@pytest.fixture
def sold(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Sell three mugs, booked and paid by card."""
    sandbox.sell(*(an_order(place) for place in range(3)))
    assert desk.run("run").status == 0
    return desk


def cards(ended: Finished) -> dict[str, Any]:
    (found,) = (each for each in json.loads(ended.stdout)["accounts"] if each["account"] == CARDS)
    account: dict[str, Any] = found
    return account


def entries(sandbox: SandboxProcess, account: int = CARDS) -> list[dict[str, Any]]:
    return [each for each in sandbox.books()["entries"] if each["account"] == account]


def post(sandbox: SandboxProcess, text: str, amounts: dict[int, str], day: str = "") -> str:
    day = day or entries(sandbox)[0]["date"]
    told = {"date": day, "description": text, "amounts": amounts}
    voucher: str = sandbox.ask("POST", "vouchers", told)["voucher"]
    return voucher


def test_paid_orders_are_open_until_their_payout(sold: Desk) -> None:
    ended = sold.run("clearing", "--json")

    found = cards(ended)
    assert ended.status == 0
    assert (found["payment_types"], found["sales"]) == (["Kort"], "596.85")
    assert (found["opening"], found["closing"], found["in_dinero"]) == ("0.00", "596.85", "596.85")
    assert (found["difference"], found["unexplained"], found["differences"]) == ("0.00", [], [])
    assert [(each["order"], each["amount"], each["days"]) for each in found["open"]] == [
        (4815162, "198.95", 5),
        (4815163, "198.95", 5),
        (4815164, "198.95", 5),
    ]


def test_a_payout_that_the_bookkeeper_posts_is_listed_as_hers_and_closes_the_oldest(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    post(sandbox, "Udbetaling uge 48", {BANK: "390.90", FEES: "7.00", CARDS: "-397.90"})

    ended = sold.run("clearing", "--json")

    found = cards(ended)
    assert (ended.status, found["difference"]) == (0, "0.00")
    assert (found["other"], found["closing"]) == ("-397.90", "198.95")
    assert [each["amount"] for each in found["unexplained"]] == ["-397.90"]
    assert [each["order"] for each in found["open"]] == [4815164]


@pytest.mark.parametrize(
    ("cause", "found", "elsewhere"),
    [
        ("reversed", "0.00", None),
        ("other_account", "0.00", 55020),
        ("amount", "150.00", None),
        ("rounding", "198.94", None),
    ],
)
def test_one_of_ours_that_somebody_changed_makes_the_difference_and_is_named(
    sold: Desk, sandbox: SandboxProcess, cause: str, found: str, elsewhere: int | None
) -> None:
    path = f"vouchers/{entries(sandbox)[1]['voucher_guid']}"
    if cause == "reversed":
        sandbox.ask("DELETE", path)
    elif cause == "other_account":
        sandbox.ask("PATCH", path, {"account": CARDS, "to": elsewhere})
    else:
        sandbox.ask("PATCH", path, {"amount": found, "accounts": [CARDS, 53000]})

    ended, told = sold.run("clearing", "--json"), sold.run("clearing")

    account = cards(ended)
    (difference,) = account["differences"]
    assert (ended.status, told.status) == (3, 3)
    assert account["difference"] == difference["amount"] == f"{Decimal(found) - PRICE:.2f}"
    assert (difference["order"], difference["cause"]) == (4815163, cause)
    assert (difference["found"], difference["other_account"]) == (found, elsewhere)
    assert f"#{FIRST_NUMBER + 1}" in told.stdout


def test_what_is_missing_is_mended_by_hand_with_the_orders_number(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.ask("DELETE", f"vouchers/{entries(sandbox)[1]['voucher_guid']}")
    assert sold.run("clearing").status == 3

    post(sandbox, f"Kort, ordre {FIRST_NUMBER + 1}", {CARDS: "198.95", 53000: "-198.95"})

    ended = sold.run("clearing", "--json")
    assert (ended.status, cards(ended)["other"]) == (0, "0.00")


def test_a_period_opens_with_what_came_before_it(sold: Desk, sandbox: SandboxProcess) -> None:
    day = entries(sandbox)[0]["date"]
    opening = {"date": f"{day[:4]}-01-01", "opening": True, "amounts": {CARDS: 40, BANK: -40}}
    sandbox.ask("POST", "vouchers", opening)

    of_year = cards(sold.run("clearing", "--json"))
    afterwards = cards(
        sold.run("clearing", "--json", "--from", f"{day[:4]}-12-31", "--until", f"{day[:4]}-12-31")
    )

    assert (of_year["opening"], of_year["closing"]) == ("40.00", "636.85")
    assert (afterwards["opening"], afterwards["sales"]) == ("636.85", "0.00")
    assert len(afterwards["open"]) == 3


@pytest.mark.parametrize("path", ["*/entries", "*/accountingyears"])
@pytest.mark.parametrize(
    "kind", [pytest.param("status_before", marks=pytest.mark.slow), "truncated"]
)
def test_nothing_is_reported_where_a_read_failed(
    sold: Desk, sandbox: SandboxProcess, kind: str, path: str
) -> None:
    sandbox.add_fault(kind, {"service": "dinero", "path": path}, times=None)

    ended = sold.run("clearing", "--json")

    assert (ended.status, ended.stdout) == (75, "")


def test_nothing_is_reported_where_the_entries_are_cut_short(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    voucher = entries(sandbox)[0]["voucher_guid"]
    sandbox.ask("PATCH", f"vouchers/{voucher}", {"amount": 1, "accounts": [CARDS, CARDS]})

    ended = sold.run("clearing")

    assert (ended.status, ended.stdout) == (75, "")
    assert "cut short" in ended.message


def test_it_reads_and_changes_nothing(sold: Desk, sandbox: SandboxProcess) -> None:
    before, made = sandbox.books(), len(sandbox.requests("dinero"))

    sold.run("clearing")

    asked = sandbox.requests("dinero")[made:]
    assert sandbox.books() == before
    assert {each["method"] for each in asked} == {"GET"}


def test_one_account_is_shown_by_its_number_or_its_payment_type(sold: Desk) -> None:
    by_number = json.loads(sold.run("clearing", "--account", str(CARDS), "--json").stdout)
    by_name = json.loads(sold.run("clearing", "--payment-type", "Kort", "--json").stdout)
    nobody = sold.run("clearing", "--account", "55099")

    assert by_number == by_name
    assert [each["account"] for each in by_number["accounts"]] == [CARDS]
    assert nobody.status == 2
    assert "55010 Kort" in nobody.stderr


def test_it_speaks_the_readers_language(sold: Desk) -> None:
    assert "Alle konti stemmer." in sold.run("clearing", "--language", "da").stdout
    assert "Every account holds" in sold.run("clearing").stdout


def test_a_period_that_ends_before_it_begins_is_wrong_usage(sold: Desk) -> None:
    ended = sold.run("clearing", "--from", "2026-12-31", "--until", "2026-01-01")

    assert ended.status == 2
    assert "lies before --from" in ended.stderr
