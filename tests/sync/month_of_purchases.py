"""A month of purchases in the books: bills of each kind, and a payout whose fee bears VAT."""

from bill_files import HOSTING, Bills
from business import Business
from payout_files import VIABILL, PayoutFiles, paid_out
from shop import raw_order


def buy_a_month(business: Business) -> None:
    """Put the month's bills and its payout into the inboxes, and book them."""
    bills, payouts = Bills(business), PayoutFiles(business)
    bills.settings["rules"] = [
        {"name": "Konsulent", "when": {"name": "Irsk*"}, "account": 2100, "vat": "IEUY"}
        | {"paid_from": 55000},
        {"name": "Fragt", "when": {"name": "Fragt*"}, "account": 2250, "on_credit": True}
        | {"vat": {25: "I25", 0: "none"}},
        {"name": "Stripe", "when": {"name": "Stripe*"}, "settled_by": "viabill"},
        HOSTING,
    ]
    bills.put("hosting")
    bills.put("irsk", **IRISH)
    bills.put("fragt", **FREIGHT)
    bills.put("retur", kind="credit_note", number='"1043"', **small("100.00"))
    bills.put("ukendt", supplier="Ingen Regel", number='"77"', vat_number=None, **small("10.00"))
    bills.put("stripe", supplier="Stripe", number='"88"', **small("8.00"))
    (bills.inbox / "ulæselig.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    business.config["payment_types"].insert(0, VIABILL_TYPE)
    payouts.settings["sources"] = [{**VIABILL, "fee_account": 7400, "fee_vat": "I25"}]
    business.sell(raw_order(payment_gateway="viabill", payment_gateway_id=""))
    sale = ("238", "2026-12-08", "Køb", "10427", "125.00", "-2.25")
    payouts.put(rows=(sale, paid_out("122.75")))
    business.run_once()


def small(net: str) -> dict[str, object]:
    """Return what a bill with Danish VAT says of its sums."""
    vat = f"{float(net) / 4:.2f}"
    amounts = f"[{{rate: 25, net: {net}, vat: {vat}}}]"
    return {"amounts": amounts, "total": f"{float(net) * 1.25:.2f}"}


VIABILL_TYPE = {"name": "ViaBill", "when": {"gateway": "viabill"}, "paid": True} | {
    "deposit_account": 55060
}
IRISH = {
    "supplier": "Irsk Rådgivning Ltd",
    "vat_number": "IE6388047V",
    "number": '"IE-2001"',
    "currency": "EUR",
    "amounts": "[{rate: 0, net: 100.00}]",
    "total": "100.00",
    "kroner_paid": "747.10",
}
FREIGHT = {
    "supplier": "Fragt A/S",
    "number": '"F-3001"',
    "amounts": "[{rate: 25, net: 400.00, vat: 100.00}, {rate: 0, net: 60.00}]",
    "total": "560.00",
}
