"""What ``make cases`` writes is committed, and another double-entry engine agrees with it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from beancount.core.data import Balance, Transaction
from case_beancount import account
from case_docs import PAGES, examples_in
from case_files import cases
from case_plan import chart
from make_cases import BEANCOUNT, RESULTS, made_from, settled_cases, worked_month

ANEW = "run `make cases`, look over what changed, and commit it"
POSTING = re.compile(r"^(  [A-Z]\S+ +)(-?\d+\.\d\d) DKK$", re.MULTILINE)
ORE = Decimal("0.01")


def committed() -> str:
    return BEANCOUNT.read_text(encoding="utf-8")


def test_what_is_committed_is_what_the_cases_come_to() -> None:
    made = made_from(settled_cases(), worked_month())

    assert set(RESULTS.iterdir()) == {path for path in made if path.parent == RESULTS}
    differing = [path.name for path, text in made.items() if path.read_text("utf-8") != text]
    assert differing == [], ANEW


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_bookkeeper_s_page_shows_every_case_once(path: Path) -> None:
    assert sorted(examples_in(path)) == sorted(case.name for case in cases())


def test_beancount_finds_every_entry_in_balance_and_every_account_as_expected() -> None:
    entries, errors, _ = loader.load_string(committed())

    assert errors == []
    vouchers = sum(len(case.expected["entries"]) for case in cases())
    assert len([each for each in entries if isinstance(each, Transaction)]) == vouchers


def test_every_voucher_in_the_beancount_file_is_linked_to_its_order() -> None:
    entries, _, _ = loader.load_string(committed())

    links = {link for each in entries if isinstance(each, Transaction) for link in each.links}
    assert links == {f"ordre-{case.number}" for case in cases()}


def test_beancount_finds_any_entry_that_is_an_ore_off() -> None:
    text = committed()
    missed = []
    for found in POSTING.finditer(text):
        wrong = f"{found[1]}{Decimal(found[2]) + ORE} DKK"
        _, errors, _ = loader.load_string(text[: found.start()] + wrong + text[found.end() :])
        if not any("does not balance" in error.message for error in errors):
            missed.append(found[0])

    assert missed == []
    assert len(POSTING.findall(text)) > 40


def test_beancount_finds_a_voucher_that_balances_on_the_wrong_account() -> None:
    wrong = committed().replace(f"  {account(1350)} ", f"  {account(1000)} ", 1)

    _, errors, _ = loader.load_string(wrong)

    failed = [error.entry.account for error in errors if isinstance(error.entry, Balance)]
    assert sorted(failed) == [account(1000), account(1350)]


def test_every_account_of_the_chart_has_a_name_that_beancount_reads() -> None:
    numbers = [*chart().entry, *chart().deposit]

    text = "\n".join(f"2026-01-01 open {account(number)} DKK" for number in numbers)
    entries, errors, _ = loader.load_string(text)

    assert (len(entries), errors) == (len(numbers), [])
