"""The same cases through the whole sync: the entries, balances and VAT return in the books."""

from collections.abc import Mapping
from decimal import Decimal

from case_books import Shop
from case_files import Case

from dinero_sync.errors import ExitCode


def without_zeros(balances: Mapping[int, Decimal]) -> dict[int, Decimal]:
    return {account: balance for account, balance in balances.items() if balance}


def test_the_entries_of_each_voucher_are_those_of_the_bookkeeper(case: Case, settled: Shop) -> None:
    assert {each.kind: each.amounts() for each in settled.vouchers} == case.entries()


def test_each_voucher_has_the_date_of_the_sale(case: Case, settled: Shop) -> None:
    assert {each.day for each in settled.vouchers} == {case.day}


def test_the_balances_are_those_of_the_bookkeeper(case: Case, settled: Shop) -> None:
    assert without_zeros(settled.balances) == without_zeros(case.balances())


def test_the_vat_return_is_that_of_the_bookkeeper(case: Case, settled: Shop) -> None:
    assert settled.boxes == case.expected["vat_return"]


def test_the_eu_sales_list_is_that_of_the_bookkeeper(case: Case, settled: Shop) -> None:
    rows = [
        {"vat_number": row.vat_number, "goods": row.goods}
        for row in settled.vat_return.eu_sales_list
    ]
    assert rows == case.expected.get("eu_sales_list", [])


def test_the_invoice_is_paid_in_full_or_open(case: Case, settled: Shop) -> None:
    (invoice,) = settled.invoices

    paid = not {"payment", "gift_card"}.isdisjoint(case.expected)
    assert invoice.remaining == (0 if paid else case.invoice["total"])


def test_a_second_run_writes_nothing(settled: Shop) -> None:
    before = settled.writes

    assert settled.run().exit_code is ExitCode.OK
    assert settled.writes == before > 0
