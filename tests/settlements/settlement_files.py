"""Settlement files as providers write them, made up: no person and no shop in them is real."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from dinero_sync.domain.papers.payout import Columns, Payout, Settlement, SettlementFormat, Source
from dinero_sync.settlements.reading import read
from dinero_sync.settlements.refusal import Refusal, RefusedFileError

Table = list[list[str]]


def table(text: str, delimiter: str = ",") -> Table:
    """Return the fields of a text without quotes."""
    return [line.split(delimiter) for line in text.splitlines()]


def source(format_: str, *, files: Sequence[str] = (), columns: Columns | None = None) -> Source:
    """Return a source of ``format_``."""
    return Source(
        id=format_,
        format=SettlementFormat(format_),
        files=tuple(files),
        columns=columns or Columns(),
        clearing_account=55010,
        paid_to=55095,
        fee_account=7420,
    )


def written(
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ",",
    quoting: Any = csv.QUOTE_MINIMAL,  # noqa: ANN401 - csv's own numbers
    end: str = "\n",
) -> str:
    """Write rows as CSV."""
    into = io.StringIO()
    csv.writer(into, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return into.getvalue()


def read_text(
    folder: Path,
    text: str | bytes,
    format_: str,
    *,
    encoding: str = "utf-8",
    columns: Columns | None = None,
) -> Settlement:
    """Read a file with this text for a source of this format."""
    path = folder / "file.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read(path, [source(format_, columns=columns)])


def refusal(folder: Path, text: str | bytes, format_: str, **how: Any) -> Refusal:  # noqa: ANN401 - read_text's own
    """Return why a file is refused."""
    try:
        found = read_text(folder, text, format_, **how)
    except RefusedFileError as error:
        return error.refusal
    raise AssertionError(f"it was read: {found.payouts}")


def sums(payout: Payout) -> tuple[str, str, str, str, str, str]:
    """Return gross, refunds, chargebacks, fees, other and net as text."""
    parts = (payout.gross, payout.refunds, payout.chargebacks, payout.fees, payout.other)
    two = Decimal("0.01")
    gross, refunds, chargebacks, fees, other = (str(each.quantize(two)) for each in parts)
    return gross, refunds, chargebacks, fees, other, str(payout.net.quantize(two))


STRIPE = table("""\
automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,available_on,\
currency,gross,fee,net,reporting_category,description
po_1,2026-12-03 01:00:00,txn_1,2026-12-01 10:00:00,2026-12-03,dkk,678.01,12.02,665.99,charge,\
Shop order #10427
po_1,2026-12-03 01:00:00,txn_2,2026-12-01 11:00:00,2026-12-03,dkk,100.00,3.20,96.80,charge,\
Shop order #10428
po_1,2026-12-03 01:00:00,txn_3,2026-12-02 09:00:00,2026-12-03,dkk,-50.00,0.00,-50.00,refund,\
Shop order #10401
po_1,2026-12-03 01:00:00,txn_4,2026-12-02 09:30:00,2026-12-03,dkk,-200.00,110.00,-310.00,\
dispute,order #10399
po_1,2026-12-03 01:00:00,txn_5,2026-12-02 09:30:00,2026-12-03,dkk,-30.00,0.00,-30.00,\
risk_reserved_funds,
po_1,2026-12-03 01:00:00,txn_6,2026-12-02 09:30:00,2026-12-03,dkk,-5.00,0.00,-5.00,fee,Radar
po_2,2026-12-04 01:00:00,txn_7,2026-12-02 12:00:00,2026-12-04,dkk,1250.00,19.30,1230.70,charge,\
order #10430
""")
STRIPE_SUMS = [
    ("778.01", "-50.00", "-200.00", "-130.22", "-30.00", "367.79"),
    ("1250.00", "0.00", "0.00", "-19.30", "0.00", "1230.70"),
]


def stripe(**how: Any) -> str:  # noqa: ANN401 - of written
    """Return Stripe's itemised payout reconciliation, all fields quoted as Stripe does."""
    return written(STRIPE, **{"quoting": csv.QUOTE_ALL, **how})


def stripe_entry(kind: str, amount: int, fee: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an entry of Stripe's API, in øre."""
    return {
        "id": f"txn_{kind}_{amount}",
        "object": "balance_transaction",
        "amount": amount,
        "available_on": 1796256000,
        "created": 1796170000,
        "currency": "dkk",
        "description": None,
        "fee": fee,
        "net": amount - fee,
        "reporting_category": kind,
        "source": "ch_1",
        "type": kind,
        **more,
    }


def stripe_api() -> dict[str, Any]:
    """Return the entries of one payout."""
    return {
        "object": "list",
        "has_more": False,
        "data": [
            stripe_entry("payout", -62279, source="po_9"),
            stripe_entry(
                "charge",
                67801,
                1202,
                source={"id": "ch_1", "payment_intent": "pi_1", "metadata": {"order_id": "10427"}},
            ),
            stripe_entry("refund", -5000, 0, description="REFUND FOR CHARGE (order #10401)"),
            stripe_entry("tax", -220),
            stripe_entry("fee", 900),
        ],
    }


SALE_ID, REFUND_ID, PAYOUT_ID, NEXT_ID = (f"{n}ABCDEFGH12345678" for n in (1, 2, 3, 4))
PAYPAL = table(f"""\
Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID,\
Sales Tax,Reference Txn ID,Invoice Number,Balance,Subject,Balance Impact
13/12/2026,10:00:00,CET,Ida Prøve,Express Checkout Payment,Completed,DKK,1250.00,-44.10,1205.90,\
ida@example.test,{SALE_ID},0.00,,10427,1205.90,,Credit
13/12/2026,11:00:00,CET,Ida Prøve,Payment Refund,Completed,DKK,-250.00,8.50,-241.50,\
ida@example.test,{REFUND_ID},0.00,{SALE_ID},10427,964.40,,Debit
14/12/2026,09:00:00,CET,,General Withdrawal - Bank Account,Pending,DKK,-964.40,0.00,-964.40,,\
{PAYOUT_ID},0.00,,,0.00,,Debit
15/12/2026,08:00:00,CET,Bo Prøve,Express Checkout Payment,Completed,DKK,100.00,-5.00,95.00,\
bo@example.test,{NEXT_ID},0.00,,10428,95.00,,Credit
""")
PAYPAL_SUMS = [("1250.00", "-250.00", "0.00", "-35.60", "0.00", "964.40")]


def paypal(rows: Table = PAYPAL, **how: Any) -> str:  # noqa: ANN401 - of written
    """Return PayPal's activity, all fields quoted."""
    return written(rows, **{"quoting": csv.QUOTE_ALL, **how})


(NORWEGIAN_TITLES,) = table(
    "Dato;Tid;Tidssone;Navn;Type;Status;Valuta;Brutto;Gebyr;Netto;Fra e-postadresse;"
    "Transaksjonsnummer;Transaksjonsnummer for referanse;Saldo;Emne;Effekt på saldo",
    ";",
)
NORWEGIAN = f"""\
13.12.2026;10:00:00;CET;Ida Prøve;Betaling;Fullført;DKK;12_500,00;~44,10;12_455,90;\
ida@example.test;{SALE_ID};;12_455,90;;Kreditt
14.12.2026;11:00:00;CET;Ida Prøve;Refusjon;Fullført;DKK;~250,00;0,00;~250,00;\
ida@example.test;{REFUND_ID};{SALE_ID};12_205,90;;Debet
14.12.2026;12:00:00;CET;;Generelle uttak;Fullført;DKK;~12_205,90;0,00;~12_205,90;;\
{PAYOUT_ID};;0,00;;Debet
"""


def norwegian(*, minus: str = "−", space: str = "\u00a0") -> Table:  # noqa: RUF001 - as PayPal writes
    """Return an activity in Norwegian, with the minus and the blank that go with the language."""
    rows = NORWEGIAN.replace("~", minus).replace("_", space)
    return [NORWEGIAN_TITLES, *table(rows, ";")]


KLARNA_TOTALS = table("""\
payment_reference,payout_date,currency,total_sale_amount,total_return_amount,total_fee_amount,\
total_tax_amount,total_holdback_amount,total_settlement_amount
XISA93DJ,2026-12-08,DKK,1500.00,250.00,45.00,11.25,100.00,1093.75
""")
KLARNA_ROWS = table("""\
type,capture_date,sale_date,order_id,short_order_id,capture_id,merchant_reference1,\
merchant_reference2,amount,posting_currency
SALE,2026-12-01,2026-12-01,k-1,K1,c-1,10427,,1000.00,DKK
FEE,2026-12-01,2026-12-01,k-1,K1,c-1,10427,,30.00,DKK
SALE,2026-12-02,2026-12-02,k-2,K2,c-2,10428,,500.00,DKK
FEE,2026-12-02,2026-12-02,k-2,K2,c-2,10428,,15.00,DKK
RETURN,2026-12-03,2026-12-02,k-2,K2,c-2,10428,,250.00,DKK
TAX,2026-12-03,2026-12-02,,,,,,11.25,DKK
HOLDBACK,2026-12-03,2026-12-02,,,,,,100.00,DKK
""")
KLARNA_SUMS = [("1500.00", "-250.00", "0.00", "-56.25", "-100.00", "1093.75")]


def klarna(totals: Table = KLARNA_TOTALS, rows: Table = KLARNA_ROWS, **how: Any) -> str:  # noqa: ANN401 - of written
    """Return a file of Klarna's: totals, then transactions."""
    return written([*totals, [], *rows], **how)


VIPPS = table("""\
Sales unit,MSN/Vipps number,Country,Payment solution,Time,Booking date,Type,Amount,Balance,Fee,\
Net amount,Currency,Customer name,Customer phone number,Message,Category,PSP reference,\
Order ID/Reference
Shop,610090,DK,MobilePay,2026-12-01 10:00:00,2026-12-01,Capture,4000.00,4000.00,-70.00,3930.00,\
DKK,,,,,p-1,10427
Shop,610090,DK,MobilePay,2026-12-01 11:00:00,2026-12-01,Refund,-500.00,3500.00,0.00,-500.00,DKK,\
,,,,p-1,10427
Shop,610090,DK,MobilePay,2026-12-01 23:00:00,2026-12-01,Fees retained,-70.00,3430.00,0.00,\
-70.00,DKK,,,,,900-20261201,
Shop,610090,DK,MobilePay,2026-12-01 23:30:00,2026-12-01,Payout scheduled,-3430.00,0.00,0.00,\
-3430.00,DKK,,,,,900-2000400,Utb. 2000400 Vippsnr 610090
Shop,610090,DK,MobilePay,2026-12-02 10:00:00,2026-12-02,Capture,250.00,250.00,-5.00,245.00,DKK,,\
,,,p-2,10428
""")
VIPPS_SUMS = [("4000.00", "-500.00", "0.00", "-70.00", "0.00", "3430.00")]


def vipps_item(kind: str, amount: int, after: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an item of the report API, in øre."""
    return {
        "pspReference": f"psp-{kind}-{after}",
        "time": "2026-12-01T10:00:00.000Z",
        "ledgerDate": "2026-12-01",
        "entryType": kind,
        "reference": "",
        "currency": "DKK",
        "amount": amount,
        "recipientHandle": "DK:90601",
        "balanceBefore": after - amount,
        "balanceAfter": after,
        **more,
    }


def vipps_api() -> dict[str, Any]:
    """Return the documented day."""
    return {
        "items": [
            vipps_item("capture", 10000, 10000, reference="10427"),
            vipps_item("capture", 10000, 20000, reference="10428"),
            vipps_item("capture", 20000, 40000, reference="10429"),
            vipps_item("refund", -10000, 30000, reference="10427"),
            vipps_item("fees-retained", -1200, 28800),
            vipps_item("payout-scheduled", -28800, 0, pspReference="3041-2000001"),
        ],
        "cursor": "",
        "tryLater": False,
    }


VIPPS_API_SUMS = [("400.00", "-100.00", "0.00", "-12.00", "0.00", "288.00")]

MOBILEPAY = table(
    """\
Date;Timestamp;Amount;Message;Transaction Type;Transfer Reference;Transfer Date;\
Payment Transaction ID;User Name
02-12-2026;2026-12-02T10:00:00+01:00;50,00;10427;Payment;020001234560010212261;03-12-2026;m-1;\
Ida Prøve
02-12-2026;2026-12-02T11:00:00+01:00;1.250,00;10428;Payment;020001234560010212261;03-12-2026;\
m-2;Bo Prøve
03-12-2026;2026-12-03T11:00:00+01:00;70,00;10429;Payment;;;m-3;Bo Prøve
""",
    ";",
)
MOBILEPAY_SUMS = [("1300.00", "0.00", "0.00", "0.00", "0.00", "1300.00")]

MYSHOP = table(
    """\
Event;Currency;Amount;Date and time;Customer name;MP-number;Comment;TransactionID;TransferID;\
Payment point;MyShop-Number;Bank account;Date;Time
Transfer;DKK;1044,00;2026-12-03T04:00:00.1234567+01:00;;;;;t-1;Shop;12345;;03-12-2026;04.00.00
Payment;DKK;1250,00;2026-12-02T14:07:45.1234567+01:00;Ida Prøve;;10427;m-1;t-1;Shop;12345;;\
02-12-2026;14.07.45
Retainable;DKK;-6,00;2026-12-02T14:07:45.1234567+01:00;Ida Prøve;;;m-1;t-1;Shop;12345;;\
02-12-2026;14.07.45
Refund;DKK;-200,00;2026-12-02T15:07:45.1234567+01:00;Ida Prøve;;10427;m-1;t-1;Shop;12345;;\
02-12-2026;15.07.45
""",
    ";",
)
MYSHOP_SUMS = [("1250.00", "-200.00", "0.00", "-6.00", "0.00", "1044.00")]

CLEARHAUS = table("""\
merchant_id,merchant_name,id,settled,currency,period_start_date,period_end_date,payout_amount,\
payout_date,summary_sales,summary_credits,summary_refunds,summary_chargebacks,summary_fees,\
summary_other_postings,summary_net,reserve_amount,reserve_date,fees_sales,payout_descriptor
1234567,Shop,s-2,false,DKK,2026-12-08,2026-12-14,,,100.00,0.00,0.00,0.00,-1.45,0.00,98.55,,,\
-1.45,
1234567,Shop,s-1,true,DKK,2026-12-01,2026-12-07,9304.90,2026-12-10,10000.00,0.00,-500.00,0.00,\
-145.10,-50.00,9304.90,0.00,,-145.10,CH1234567 2026-12-10
""")
CLEARHAUS_SUMS = [("10000.00", "-500.00", "0.00", "-145.10", "-50.00", "9304.90")]

(ADYEN_TITLES,) = table(
    "Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,"
    "Creation Date,TimeZone,Type,Modification Reference,Gross Currency,Gross Debit (GC),"
    "Gross Credit (GC),Exchange Rate,Net Currency,Net Debit (NC),Net Credit (NC),Commission (NC),"
    "Markup (NC),Scheme Fees (NC),Interchange (NC),Payment Method Variant,"
    "Modification Merchant Reference,Batch Number,Reserved4"
)


def adyen_row(kind: str, batch: str = "238", **fields: str) -> list[str]:
    """Return a row of Adyen's, whose fields are named by their titles with _ for a blank."""
    known = {
        "Company Account": "Shop",
        "Merchant Account": "ShopDK",
        "Creation Date": "2026-12-05 10:00:00",
        "TimeZone": "CET",
        "Type": kind,
        "Gross Currency": "DKK",
        "Net Currency": "DKK",
        "Batch Number": batch,
        **{each.replace("_", " "): value for each, value in fields.items()},
    }
    return [known.get(title, "") for title in ADYEN_TITLES]


def adyen() -> Table:
    """Return a batch that is paid, with trailing zeros left out as Adyen does."""
    net, gross = "Net {} (NC)", "Gross {} (GC)"
    return [
        ADYEN_TITLES,
        adyen_row(
            "Settled",
            **{
                "Psp_Reference": "PSP1",
                "Merchant_Reference": "10427",
                gross.format("Credit"): "400.5",
                net.format("Credit"): "393",
                "Commission (NC)": "7.5",
            },
        ),
        adyen_row(
            "Settled",
            **{
                "Psp_Reference": "PSP2",
                "Merchant_Reference": "10428",
                gross.format("Credit"): "100",
                net.format("Credit"): "97.89",
                "Markup (NC)": "1",
                "Scheme Fees (NC)": "0.11",
                "Interchange (NC)": "1",
            },
        ),
        adyen_row(
            "Refunded",
            **{
                "Psp_Reference": "PSP1",
                "Merchant_Reference": "10427",
                gross.format("Debit"): "50",
                net.format("Debit"): "51.25",
                "Commission (NC)": "1.25",
            },
        ),
        adyen_row(
            "Fee",
            **{
                "Modification_Reference": "Transaction Fees December 05 2026",
                net.format("Debit"): "2.4",
            },
        ),
        adyen_row(
            "MerchantPayout",
            **{
                "Modification_Reference": "TX1234567890XT batch 238, ShopDK",
                net.format("Debit"): "437.24",
            },
        ),
    ]


ADYEN_SUMS = [("500.50", "-50.00", "0.00", "-13.26", "0.00", "437.24")]

ALTAPAY = table(
    """\
Date;Type;ID;Reconciliation Identifier;Payment;Order;Terminal;Shop;Transaction Currency;\
Transaction Amount;Exchange Rate;Settlement Currency;Settlement Amount;Fixed Fee;Fixed Fee VAT;\
Rate Based Fee;Rate Based Fee VAT
2026-12-01 00:00:00;payment;5;3f664acc;50;10427;T;Shop;DKK;500.00;100.000000;DKK;500.00;1.00;\
0.25;5.00;1.25
2026-12-02 00:00:00;refund;6;3f664acd;50;10427;T;Shop;DKK;-100.00;100.000000;DKK;-100.00;1.00;\
0.25;;
""",
    ";",
)
ALTAPAY_SUMS = [("500.00", "-100.00", "0.00", "-8.75", "0.00", "391.25")]

VIABILL = Columns(
    payout="Udbetaling",
    date="Dato",
    type="Type",
    reference="Ordrenr",
    amount="Beløb",
    fee="Gebyr",
    vat="Moms",
    currency="Valuta",
    delimiter=";",
    decimal=",",
    dates="%d-%m-%Y",
    types=(("sale", ("Køb",)), ("refund", ("Retur",)), ("payout", ("Udbetalt",))),
)
COLUMNS = table(
    """\
Udbetaling;Dato;Type;Ordrenr;Beløb;Gebyr;Moms;Valuta
U-1;01-12-2026;Køb;DIN-10427;1.000,00;25,00;6,25;DKK
U-1;02-12-2026;Retur;DIN-10401;-100,00;0,00;0,00;DKK
U-1;03-12-2026;Udbetalt;;868,75;0,00;0,00;DKK
""",
    ";",
)
COLUMNS_SUMS = [("1000.00", "-100.00", "0.00", "-31.25", "0.00", "868.75")]

EVERY: dict[str, tuple[str, str, list[tuple[str, str, str, str, str, str]]]] = {
    "stripe": ("stripe", stripe(), STRIPE_SUMS),
    "stripe_api": (
        "stripe",
        json.dumps(stripe_api()),
        [("678.01", "-50.00", "0.00", "-5.22", "0.00", "622.79")],
    ),
    "paypal": ("paypal", paypal(), PAYPAL_SUMS),
    "klarna": ("klarna", klarna(), KLARNA_SUMS),
    "vipps": ("vipps_mobilepay", written(VIPPS), VIPPS_SUMS),
    "vipps_api": ("vipps_mobilepay", json.dumps(vipps_api()), VIPPS_API_SUMS),
    "mobilepay": ("mobilepay", written(MOBILEPAY, delimiter=";", end="\r\n"), MOBILEPAY_SUMS),
    "myshop": ("mobilepay", written(MYSHOP, delimiter=";"), MYSHOP_SUMS),
    "clearhaus": ("clearhaus", written(CLEARHAUS, quoting=csv.QUOTE_ALL), CLEARHAUS_SUMS),
    "adyen": ("adyen", written(adyen()), ADYEN_SUMS),
    "altapay": ("altapay", written(ALTAPAY, delimiter=";"), ALTAPAY_SUMS),
    "columns": ("columns", written(COLUMNS, delimiter=";"), COLUMNS_SUMS),
}
"""A file of each form: its format, its text, and the sums of its payouts."""


def mapping_of(format_: str) -> Columns:
    """Return the mapping that a file of ``columns`` needs."""
    return VIABILL if format_ == "columns" else Columns()


def changed(rows: list[list[str]], at: int, **fields: str) -> list[list[str]]:
    """Return a table with fields of one row changed, by their titles with _ for a blank."""
    titles = rows[0]
    row = list(rows[at])
    for title, value in fields.items():
        row[titles.index(title if title in titles else title.replace("_", " "))] = value
    return [*rows[:at], row, *rows[at + 1 :]]
