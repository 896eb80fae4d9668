"""``export beancount``: a period that somebody else's double-entry engine finds in balance."""

import stat
from collections import defaultdict
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.data import Balance, Directives, Transaction
from desk import Desk
from invented_sales import an_order
from sandbox_process import SandboxProcess

BANK, CARDS, FEES = 55000, 55010, 7420


@pytest.fixture
def sold(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Sell two mugs, booked and paid by card."""
    sandbox.sell(*(an_order(place) for place in range(2)))
    assert desk.run("run").status == 0
    return desk


def year_of(sandbox: SandboxProcess) -> tuple[str, str]:
    year = sandbox.books()["entries"][0]["date"][:4]
    return f"{year}-01-01", f"{year}-12-31"


def export(desk: Desk, first: str, last: str) -> Directives:
    ended = desk.run("export", "beancount", "--from", first, "--to", last)
    assert ended.status == 0
    found, errors, _ = loader.load_string(ended.stdout)
    assert errors == []
    return found


def in_dinero(sandbox: SandboxProcess) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for each in sandbox.books()["entries"]:
        sums[str(each["account"])] += Decimal(str(each["amount"]))
    return dict(sums)


def test_beancount_accepts_it_and_its_balances_are_dineros(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    first, last = year_of(sandbox)
    opening = {"date": first, "opening": True, "amounts": {BANK: 1000, CARDS: -1000}}
    sandbox.ask("POST", "vouchers", opening)
    day = sandbox.books()["entries"][0]["date"]
    by_hand = {
        "date": day,
        "description": 'Gebyr "uge 48"\\',
        "amounts": {FEES: "7.00", CARDS: "-7.00"},
    }
    sandbox.ask("POST", "vouchers", by_hand)

    found = export(sold, first, last)

    balances = {
        each.account.split(":")[1].split("-")[0]: each.amount.number
        for each in found
        if isinstance(each, Balance)
    }
    assert balances == in_dinero(sandbox)
    assert {each.tolerance for each in found if isinstance(each, Balance)} == {Decimal(0)}
    vouchers = [each for each in found if isinstance(each, Transaction)]
    ours = [each for each in vouchers if "dinero-sync" in each.tags]
    assert sorted((*each.links, each.meta["document"]) for each in ours) == [
        ("ordre-10427", "invoice"),
        ("ordre-10427", "payment"),
        ("ordre-10428", "invoice"),
        ("ordre-10428", "payment"),
    ]
    others = [each.narration for each in vouchers if not each.tags]
    assert set(others) == {'Gebyr "uge 48"\\', "Primo"}


def test_a_period_opens_with_what_came_before_it(sold: Desk, sandbox: SandboxProcess) -> None:
    _, last = year_of(sandbox)

    found = export(sold, last, last)

    (opening,) = (each for each in found if isinstance(each, Transaction))
    assert opening.narration == "Primo"
    assert {each.amount.number for each in found if isinstance(each, Balance)} <= {
        *in_dinero(sandbox).values()
    }


def test_a_file_is_private_and_says_what_is_in_it(sold: Desk, sandbox: SandboxProcess) -> None:
    first, last = year_of(sandbox)

    ended = sold.run(
        "export",
        "beancount",
        "--from",
        first,
        "--to",
        last,
        "-o",
        "year.beancount",
        "--language",
        "da",
    )

    assert ended.status == 0
    assert "4 bilag, heraf 4 bogført af dinero-sync" in ended.stdout
    assert stat.S_IMODE((sold.folder / "year.beancount").stat().st_mode) == 0o600


def test_nothing_is_written_where_the_entries_are_cut_short(
    sold: Desk, sandbox: SandboxProcess
) -> None:
    first, last = year_of(sandbox)
    kept = sold.folder / "year.beancount"
    kept.write_text("an older one", encoding="utf-8")
    sandbox.add_fault("truncated", {"service": "dinero", "path": "*/entries"}, times=None)

    ended = sold.run("export", "beancount", "--from", first, "--to", last, "-o", str(kept))

    assert (ended.status, kept.read_text(encoding="utf-8")) == (75, "an older one")


@pytest.mark.parametrize("days", [("2026-12-31", "2026-01-01"), ("1999-01-01", "1999-12-31")])
def test_days_that_are_no_period_of_a_year_are_wrong_usage(
    sold: Desk, days: tuple[str, str]
) -> None:
    ended = sold.run("export", "beancount", "--from", days[0], "--to", days[1])

    assert ended.status == 2
