"""Bills that were booked in April, and the entries of their vouchers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from builders import a_chart

from dinero_sync.domain.chart import Entry
from dinero_sync.domain.papers.bill import (
    BillKind,
    Region,
    Voucher,
    VoucherLine,
    VoucherPayment,
    VoucherPlan,
)
from dinero_sync.posting.reconcile.documents import Bought

DAY, PAID = date(2026, 4, 4), date(2026, 5, 4)
GUID, PAYMENT = UUID(int=44), UUID(int=45)
OTHER = UUID(int=46)
COST, HOSTING, BANK = 2100, 2150, 55000
CREDITORS, INPUT_VAT, GOODS_VAT, SERVICES_VAT = 63000, 64060, 64020, 64040
CHART = replace(a_chart(), vat_rates={"I25": Decimal(25), "IEUY": Decimal(25)})
NAME = "bill:IE1:2001"
Posted = tuple[int, str, str | None]
"""An account, an amount with its VAT, and a VAT code."""


def bill(
    *lines: Posted,
    currency: str = "DKK",
    kind: BillKind = BillKind.INVOICE,
    deposit: int | None = None,
    guid: UUID | None = GUID,
    name: str = NAME,
) -> Bought:
    """Return a booked bill of 4 April, on credit but for one that a deposit account paid."""
    voucher = Voucher(
        kind=kind,
        guid=None,
        reference=name,
        date=DAY,
        currency=currency,
        lines=tuple(
            VoucherLine(description="", amount=Decimal(amount), account=account, vat_code=code)
            for account, amount, code in lines
        ),
        vat=Decimal(0),
        deposit_account=deposit,
        region=Region.EU,
        due=DAY,
    )
    plan = VoucherPlan(rule="", supplier=None, voucher=voucher, voucher_guid=guid)
    return Bought(name=name, document_number=7, plan=plan)


def paid(bought: Bought, amount: str, **more: UUID | bool | None) -> Bought:
    """Return a bill whose payment of 4 May is registered."""
    payment = VoucherPayment(
        reference=f"{NAME}:payment",
        deposit_account=BANK,
        amount=Decimal(amount),
        foreign_amount=None,
        day=PAID,
        description="Betaling af 2001",
    )
    plan = replace(bought.plan, payment=payment)
    return replace(bought, plan=plan, **{"is_paid": True, **more})  # type: ignore[arg-type]


def entry(
    account: int,
    amount: str,
    voucher: UUID | None = GUID,
    text: str = "",
    *,
    code: str | None = None,
) -> Entry:
    """Return an entry of the bill's voucher, or of another's; its number isn't the bill's."""
    return Entry(
        account=account,
        day=DAY,
        amount=Decimal(amount),
        voucher_number=8,
        voucher=voucher,
        description=text,
        vat_code=code,
    )
