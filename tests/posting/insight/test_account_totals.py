"""Totals per account and VAT code are what the ledger will show."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from builders import a_chart, a_line, a_plan, money

from dinero_sync.domain.documents import GiftCardUse, LedgerItem, Payment
from dinero_sync.posting.insight.totals import AccountTotal, account_totals

MARGIN = LedgerItem(
    guid=UUID(int=1),
    date=date(2026, 12, 3),
    description="Brugtmoms avance ordre 10427",
    amount=Decimal("60.00"),
    account=1300,
    vat_code=None,
    balancing_account=1000,
    balancing_vat_code="U25",
)


CARD = GiftCardUse(
    payment=Payment(
        reference="shoporama:4815162:payment:gift_card",
        deposit_account=55090,
        amount=Decimal("40.00"),
        description="Gavekort gk-77",
    ),
    item=replace(
        MARGIN,
        amount=Decimal("40.00"),
        account=63080,
        balancing_account=55090,
        balancing_vat_code=None,
    ),
)


def of_account(totals: tuple[AccountTotal, ...], account: int) -> AccountTotal:
    (found,) = (total for total in totals if total.account == account)
    return found


def test_goods_and_freight_are_summed_on_their_own_accounts() -> None:
    plan = a_plan(shipping_price=money("39.00"))

    totals = account_totals([plan, plan], a_chart())

    goods, freight = of_account(totals, 1000), of_account(totals, 1350)
    assert (goods.gross, goods.vat, goods.net) == (money("250"), money("50"), money("200"))
    assert (freight.gross, freight.vat) == (money("78"), money("15.60"))
    assert (goods.vat_code, goods.currency) == ("U25", "DKK")
    assert goods.name == "Salg af varer/ydelser m/moms"


def test_vat_is_rounded_line_by_line_as_dinero_does() -> None:
    lines = tuple(a_line(sku=str(at), unit_price=money("0.33")) for at in range(3))
    plan = a_plan(lines=lines)

    totals = account_totals([plan], a_chart())

    assert [total.vat for total in totals] == [money("0.21")]


def test_a_ledger_item_moves_its_amount_from_one_account_to_the_other_with_its_vat() -> None:
    plan = replace(a_plan(), ledger_items=(MARGIN,))

    totals = account_totals([plan], a_chart())

    taken, given = of_account(totals, 1300), of_account(totals, 1000)
    assert (taken.gross, taken.vat, taken.vat_code) == (money("-60"), money("0"), None)
    assert (given.gross, given.vat) == (money("185"), money("37"))
    assert sum(total.gross for total in totals) == plan.invoice.total


def test_amounts_of_different_currencies_are_never_added() -> None:
    plan = a_plan()
    in_euro = replace(plan, invoice=replace(plan.invoice, currency="EUR"))

    totals = account_totals([plan, in_euro], a_chart())

    assert [(total.currency, total.gross) for total in totals] == [
        ("DKK", money("125")),
        ("EUR", money("125")),
    ]


def test_a_debited_account_with_vat_gives_its_vat_back() -> None:
    item = replace(MARGIN, account=1001, vat_code="U25", balancing_account=1050)
    plan = replace(a_plan(), ledger_items=(replace(item, balancing_vat_code=None),))

    totals = account_totals([plan], a_chart())

    taken, given = of_account(totals, 1001), of_account(totals, 1050)
    assert (taken.gross, taken.vat, taken.vat_code) == (money("-60"), money("-12"), "U25")
    assert (given.gross, given.vat, given.vat_code) == (money("60"), money("0"), None)


def test_an_account_that_isnt_in_the_chart_has_neither_name_nor_vat() -> None:
    (total,) = account_totals([a_plan()], a_chart([]))

    assert (total.account, total.name, total.vat_code) == (1000, "", None)
    assert (total.gross, total.vat) == (money("125"), money("0"))


def test_what_a_gift_card_paid_is_taken_from_the_debt() -> None:
    totals = account_totals([replace(a_plan(), gift_card=CARD)], a_chart())

    debt = of_account(totals, 63080)
    assert (debt.gross, debt.vat, debt.vat_code) == (money("-40"), money("0"), None)
