"""The configuration of the month's shop: how it is paid, and whose settlement files come."""

from collections.abc import Mapping
from datetime import date

from dinero_sync.sandbox import demo_config
from dinero_sync.sandbox.month.trade import Way

INBOX = "payouts"
POSTING = """\
posting:
  sales_account: 1000
  shipping_account: 1350
  kinds:
    gift_card: {sku: ["GAVEKORT-*", "DREJEKURSUS-*"]}
  gift_cards:
    kind: multi_purpose
    account: 63080
    voucher_codes: "GK-*"
    redeemed_account: 55090
    single_purpose: {account: 63085, voucher_codes: "DK-*"}
  rules:
    - name: single-purpose gift cards, whose VAT is due when they are sold
      when: {line: gift_card, sku: "DREJEKURSUS-*"}
      account: 63085
payment_types:
  - {name: Kort, when: {gateway: "quickpay*"}, paid: true, deposit_account: 55010}
  - {name: MobilePay, when: {gateway: mobilepay}, paid: true, deposit_account: 55020}
  - {name: PayPal, when: {gateway: paypal}, paid: true, deposit_account: 55030}
  - {name: Klarna, when: {gateway: klarna}, paid: true, deposit_account: 55050}
  - {name: ViaBill, when: {gateway: viabill}, paid: true, deposit_account: 55060}
  - {name: Stripe, when: {gateway: stripe}, paid: true, deposit_account: 55080}
  - name: Faktura
    when: {gateway_name: "Faktura*"}
    paid: false
    payment_terms: {type: Netto, days: 14}
    trigger: shipped
payouts:
  inbox: payouts
  sources:
"""
SOURCE = """\
    - id: {way}
      name: {name}
      format: {format}
      clearing_account: {account}
      paid_to: 55000
      fee_account: 7420
"""
CLEARING: Mapping[Way, int] = {
    "card": 55010,
    "mobilepay": 55020,
    "paypal": 55030,
    "klarna": 55050,
    "viabill": 55060,
    "stripe": 55080,
}
"""The account where the money of each way to pay waits for its payout."""
SOURCES: Mapping[Way, tuple[str, str]] = {
    "card": ("clearhaus", "Clearhaus"),
    "mobilepay": ("vipps_mobilepay", "MobilePay"),
    "paypal": ("paypal", "PayPal"),
    "klarna": ("klarna", "Klarna"),
    "stripe": ("stripe", "Stripe"),
    "viabill": ("columns", "ViaBill"),
}
"""Whose settlement files come: their format, and their name."""
REFERENCES = """\
      references: ["*order #{number}"]
"""
COLUMNS = """\
      columns:
        payout: Udbetaling
        date: Dato
        type: Type
        reference: Ordrenr
        amount: Beløb
        fee: Gebyr
        types: {sale: [Køb], refund: [Retur], chargeback: [Indsigelse], payout: [Udbetalt]}
"""
MORE: Mapping[Way, str] = {"stripe": REFERENCES, "viabill": COLUMNS}
SYNC = """\
sync:
  trigger: paid
  booking: automatic
  start_date: {first}
...
"""


def month_config(url: str, first: date) -> str:
    """Return the YAML, without ``state_dir``, of a shop that handed over on ``first``."""
    services, _, _ = demo_config(url, start_date=first).partition("posting:\n")
    sources = (
        SOURCE.format(way=way, name=name, format=format_, account=CLEARING[way]) + MORE.get(way, "")
        for way, (format_, name) in SOURCES.items()
    )
    return "".join((services, POSTING, *sources, SYNC.format(first=first)))
