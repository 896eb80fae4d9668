"""The configuration of the month's shop: how it is paid, and whose settlement files come."""

from datetime import date

from dinero_sync.sandbox import demo_config

INBOX, BANK_FILE = "payouts", "bank.csv"
POSTING = """\
posting:
  sales_account: 1000
  shipping_account: 1350
  kinds:
    gift_card: {sku: "GAVEKORT-*"}
  gift_cards: {kind: multi_purpose, account: 63080, voucher_codes: "GK-*", redeemed_account: 55090}
  rules:
    - name: single-purpose gift cards, whose VAT is due when they are sold
      when: {sku: "DREJEKURSUS-*"}
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
    - id: {format_id}
      name: {name}
      format: {format_}
      clearing_account: {account}
      paid_to: 55000
      fee_account: 7420
"""
SOURCES = (
    ("clearhaus", "Clearhaus", "clearhaus", 55010),
    ("mobilepay", "MobilePay", "vipps_mobilepay", 55020),
    ("paypal", "PayPal", "paypal", 55030),
    ("klarna", "Klarna", "klarna", 55050),
    ("stripe", "Stripe", "stripe", 55080),
    ("viabill", "ViaBill", "columns", 55060),
)
CLEARING_ACCOUNTS = tuple(account for _, _, _, account in SOURCES)
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
MORE = {"stripe": REFERENCES, "viabill": COLUMNS}
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
        SOURCE.format(format_id=format_id, name=name, format_=format_, account=account)
        + MORE.get(format_id, "")
        for format_id, name, format_, account in SOURCES
    )
    return "".join((services, POSTING, *sources, SYNC.format(first=first)))
