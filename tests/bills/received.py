"""Some forty bills as a shop receives them, and what each says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from electronic import CVR, attached, cii, ubl, without
from papers import EMBEDDED, Row, locked, paper, picture_in_a_pdf, with_files

from dinero_sync.bills.reading import ReadFrom
from dinero_sync.domain.papers.bill import Bill, BillKind, RateAmount

SEPTEMBER = date(2026, 9, 3)
HEAD = ("Papir & Pap A/S", f"CVR {CVR[2:]}", "Kunde: Strik & Garn ApS, CVR 10150817")
NBSP = "\N{NO-BREAK SPACE}"
WRITTEN = """
supplier: Kaffe & Kage
number: "88"
date: 2026-09-03
currency: DKK
amounts:
  - {rate: 25, net: 80.00, vat: 20.00}
total: 100.00
"""
REGISTERED = f'<cbc:CompanyID schemeID="DK:CVR">{CVR}</cbc:CompanyID>'
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


@dataclass(frozen=True)
class Received:
    """A bill's files, and what it says."""

    files: Mapping[str, bytes]
    """The first is what is read."""
    bill: Bill
    read_from: ReadFrom = ReadFrom.PDF
    template: str | None = None
    proven: bool = True
    document: str = "bill.pdf"
    is_own: bool = True
    """Whether the document is the file itself."""


def amounts(*rates: tuple[str, str, str]) -> tuple[RateAmount, ...]:
    """Return the amounts by rate, net and VAT."""
    return tuple(RateAmount(rate=Decimal(r), net=Decimal(n), vat=Decimal(v)) for r, n, v in rates)


def bill(  # noqa: PLR0913 - a bill says that many things
    supplier: str,
    vat_number: str | None,
    number: str,
    *rates: tuple[str, str, str],
    day: date = SEPTEMBER,
    due: date | None = None,
    currency: str = "DKK",
    kind: BillKind = BillKind.INVOICE,
) -> Bill:
    """Return a bill."""
    return Bill(
        kind=kind,
        supplier=supplier,
        vat_number=vat_number,
        number=number,
        date=day,
        due=due,
        currency=currency,
        amounts=amounts(*rates),
    )


def papir(  # noqa: PLR0913 - as above
    net: str = "750,00",
    vat: str = "187,50",
    total: str = "937,50",
    *more: Row,
    title: str = "Faktura",
    number: str = "Faktura nr.: 2026-0917",
    day: str = "Fakturadato: 03-09-2026",
) -> tuple[Row, ...]:
    """Return the lines of a Danish bill."""
    return (
        *HEAD,
        title,
        number,
        ((60, day), (300, "Forfald: 17-09-2026")),
        ((60, "Kasser, brun pap"), (-420, "3 stk."), (-530, net)),
        *more,
        ((300, "Momspligtigt beløb"), (-530, net)),
        ((300, "Moms 25 %"), (-530, vat)),
        ((300, "I alt DKK"), (-530, total)),
        "Betales til reg. 1234 konto 1234567890",
    )


def of_papir(net: str = "750.00", vat: str = "187.50", kind: BillKind = BillKind.INVOICE) -> Bill:
    """Return what such a bill says."""
    due = date(2026, 9, 17)
    return bill("Papir & Pap A/S", CVR, "2026-0917", ("25", net, vat), due=due, kind=kind)


def shoporama(title: str = "Faktura", sign: str = "") -> tuple[Row, ...]:
    """Return the lines of a bill of the platform, as they are thought to be."""
    return (
        ((60, "Shoporama ApS"), (-530, "CVR 35055096")),
        title,
        ((60, f"{title}nr.: 20260903"),),
        ((60, "Fakturadato: 03-09-2026"), (-530, "Forfaldsdato: 03-09-2026")),
        ((60, "Abonnement, september 2026"), (-530, f"{sign}750,00 kr.")),
        ((300, "Subtotal"), (-530, f"{sign}750,00 kr.")),
        ((300, "Moms (25%)"), (-530, f"{sign}187,50 kr.")),
        ((300, "Total"), (-530, f"{sign}937,50 kr.")),
    )


def of_shoporama(kind: BillKind = BillKind.INVOICE) -> Bill:
    """Return what such a bill says."""
    return bill(
        "SHOPORAMA ApS",
        "DK35055096",
        "20260903",
        ("25", "750.00", "187.50"),
        due=SEPTEMBER,
        kind=kind,
    )


def pdf(made: bytes, read: Bill, template: str, **more: bool) -> Received:
    """Return a bill that a template reads."""
    return Received({"bill.pdf": made}, read, template=template, **more)  # type: ignore[arg-type]  # proven alone


def xml(made: bytes, read: Bill, **more: object) -> Received:
    """Return a bill in XML."""
    return Received({"bill.xml": made}, read, ReadFrom.XML, is_own=False, **more)  # type: ignore[arg-type]  # proven alone


IRISH = (
    "Cloud Ireland Limited",
    "VAT IE6388047V",
    "Bill to: Strik & Garn ApS, VAT DK10150817",
    ((60, "Invoice number: 5012345678"), (-530, "Page 1 of 1")),
    "Invoice date: 3 September 2026",
    ((60, "Advertising"), (-530, "€1,234.56")),
    ((300, "Subtotal in EUR"), (-530, "€1,234.56")),
    ((300, "VAT (0%)"), (-530, "€0.00")),
    ((300, "Total in EUR"), (-530, "€1,234.56")),
    "Services subject to the reverse charge - VAT to be accounted for by the recipient",
    "as per Article 196 of Council Directive 2006/112/EC",
)
SVENSKA = (
    "Emballage Sverige AB",
    "Momsreg.nr SE556703748501",
    "Fakturanummer: 7001",
    "Fakturadatum: 2026-09-03",
    "Förfallodatum: 2026-10-03",
    ((60, "Moms 25 %"), (-300, "1 000,00"), (-530, "250,00")),
    ((60, "Moms 12 %"), (-300, "2 691,25"), (-530, "322,95")),
    ((60, "Moms 6 %"), (-300, "100,00"), (-530, "6,00")),
    ((60, "Att betala"), (-530, "4 370,20 SEK")),
)
BOGTRYK = (
    "Bogtryk ApS",
    "FAKTURA",
    ((60, "Fakturanr"), (200, "Kundenr"), (340, "Dato"), (460, "Side")),
    ((60, "F-1042"), (200, "77"), (340, "3. september 2026"), (460, "1")),
    ((-160, "Netto"), (-300, "Moms"), (-460, "At betale")),
    ((-160, "1.500,-"), (-300, "375,-"), (-460, "1.875,-")),
)
AMERICAN = (
    (
        "Widgets Inc.",
        ((60, "Invoice # W-31"), (-530, "Date: 09/03/2026")),
        "Item",
        "Amount due: $10.00",
    ),
    (
        "Carried forward",
        ((300, "Sales tax"), (-530, "$0.00")),
        ((300, "Amount due"), (-530, "$1,099.00")),
    ),
)
GERMAN = (
    "Etiketten GmbH",
    "USt-IdNr. DE136695976",
    "Rechnung",
    "Rechnungsnr. RE-4711",
    "Rechnungsdatum 03.09.26",
    ((300, "Nettobetrag"), (-530, "1.000,00 EUR")),
    ((300, "19 % MwSt."), (-530, "190,00 EUR")),
    ((300, "Gesamtbetrag"), (-530, "1.190,00 EUR")),
)
BRITISH = (
    "Boxes Ltd",
    "VAT no. GB 980 7806 84",
    "Invoice no: 0099",
    "Tax point: 03/09/2026",
    ((300, "Net"), (-530, "£100.00")),
    ((300, "VAT @ 20%"), (-530, "£20.00")),
    ((300, "Total"), (-530, "£120.00")),
)
OF_IRISH = bill(
    "Cloud Ireland Limited", "IE6388047V", "5012345678", ("0", "1234.56", "0"), currency="EUR"
)
OF_GERMAN = bill("Etiketten GmbH", "DE136695976", "RE-4711", ("19", "1000", "190"), currency="EUR")
OF_CII = bill(
    "Etiketten GmbH",
    "DE136695976",
    "RE-4711",
    ("19", "100", "19"),
    due=date(2026, 10, 3),
    currency="EUR",
)
VAT_IN_KRONER = '<ram:TaxTotalAmount currencyID="DKK">0.00</ram:TaxTotalAmount>'
MOMSFRIT = (((300, "Momsfrit beløb"), (-530, "49,00")),)
CREDIT = BillKind.CREDIT_NOTE
OF_KAFFE = bill("Kaffe & Kage", None, "88", ("25", "80", "20"))
IN_EURO = {
    "currency": "EUR",
    "vat_number": "DE136695976",
    "supplier": "Kartons GmbH",
    "country": "DE",
}
IN_KRONER_TOO = (
    (
        "<cac:LegalMonetaryTotal>",
        (
            '<cac:TaxTotal><cbc:TaxAmount currencyID="DKK">141.75</cbc:TaxAmount></cac:TaxTotal>'
            "<cac:LegalMonetaryTotal>"
        ),
    ),
)

RECEIVED: Mapping[str, Callable[[], Received]] = {
    "Shoporama's own, by the template that comes along": lambda: pdf(
        paper(shoporama()), of_shoporama(), "Shoporama", proven=False
    ),
    "Shoporama's own, its CVR number in groups": lambda: pdf(
        paper(("Shoporama ApS", "CVR-nr. DK 35 05 50 96", *shoporama()[1:])),
        of_shoporama(),
        "Shoporama",
        proven=False,
    ),
    "Shoporama's credit note": lambda: pdf(
        paper(shoporama("Kreditnota", "-")), of_shoporama(CREDIT), "Shoporama", proven=False
    ),
    "Danish": lambda: pdf(paper(papir()), of_papir(), "Papir"),
    "Danish, letters from a font inside": lambda: pdf(
        paper(papir(), font=EMBEDDED), of_papir(), "Papir"
    ),
    "Danish, its sums on a second page": lambda: pdf(
        paper((*papir()[:7], "Side 1 af 2"), (*HEAD, "Faktura nr.: 2026-0917", *papir()[7:])),
        of_papir(),
        "Papir",
    ),
    "thousands with a point": lambda: pdf(
        paper(papir("12.345,60", "3.086,40", "15.432,00 kr.")),
        of_papir("12345.60", "3086.40"),
        "Papir",
    ),
    "thousands with a space": lambda: pdf(
        paper(papir("1 691,20", "422,80", "2 114,00")), of_papir("1691.20", "422.80"), "Papir"
    ),
    "thousands with a no-break space": lambda: pdf(
        paper(papir(f"1{NBSP}691,20", "422,80", f"2{NBSP}114,00"), font=EMBEDDED),
        of_papir("1691.20", "422.80"),
        "Papir",
    ),
    "VAT that was rounded": lambda: pdf(
        paper(papir("1.691,25", "422,81", "2.114,06")), of_papir("1691.25", "422.81"), "Papir"
    ),
    "the VAT's label names its base": lambda: pdf(
        paper((*papir()[:-3], ((300, "25 % moms af 750,00"), (-530, "187,50")), *papir()[-2:])),
        of_papir(),
        "Papir",
    ),
    "two rates": lambda: pdf(
        paper(papir("750,00", "187,50", "986,50", *MOMSFRIT)),
        bill(
            "Papir & Pap A/S",
            CVR,
            "2026-0917",
            ("25", "750", "187.50"),
            ("0", "49", "0"),
            due=date(2026, 9, 17),
        ),
        "Papir",
    ),
    "a credit note": lambda: pdf(
        paper(papir(title="Kreditnota", number="Kreditnota nr.: 2026-0917")),
        of_papir(kind=CREDIT),
        "Papir",
    ),
    "a credit note, its amounts below 0": lambda: pdf(
        paper(
            papir(
                "-750,00",
                "-187,50",
                "-937,50",
                title="KREDITNOTA",
                number="Kreditnota nr. 2026-0917",
            )
        ),
        of_papir(kind=CREDIT),
        "Papir",
    ),
    "a credit note, minus behind": lambda: pdf(
        paper(
            papir(
                "750,00-",
                "187,50-",
                "937,50-",
                title="Kreditnota",
                number="Kreditnota nr. 2026-0917",
            )
        ),
        of_papir(kind=CREDIT),
        "Papir",
    ),
    "values below their labels, whole kroner": lambda: pdf(
        paper(BOGTRYK), bill("Bogtryk ApS", None, "F-1042", ("25", "1500", "375")), "Bogtryk"
    ),
    "Swedish, three rates in columns": lambda: pdf(
        paper(SVENSKA),
        bill(
            "Emballage Sverige AB",
            "SE556703748501",
            "7001",
            ("25", "1000", "250"),
            ("12", "2691.25", "322.95"),
            ("6", "100", "6"),
            due=date(2026, 10, 3),
            currency="SEK",
        ),
        "Svenska",
    ),
    "Irish, reverse charge in euro": lambda: pdf(paper(IRISH), OF_IRISH, "Irish"),
    "from the world in dollars, month first, two pages": lambda: pdf(
        paper(*AMERICAN),
        bill("Widgets Inc.", None, "W-31", ("0", "1099", "0"), currency="USD"),
        "American",
    ),
    "German, year of two digits": lambda: pdf(paper(GERMAN), OF_GERMAN, "German"),
    "British, day first": lambda: pdf(
        paper(BRITISH),
        bill("Boxes Ltd", "GB980780684", "0099", ("20", "100", "20"), currency="GBP"),
        "British",
    ),
    "locked for changes alone": lambda: pdf(
        locked(paper(papir()), opens_with=""), of_papir(), "Papir"
    ),
    "OIOUBL": lambda: xml(ubl(peppol=False), of_papir()),
    "OIOUBL, a credit note": lambda: xml(ubl(peppol=False, credit=True), of_papir(kind=CREDIT)),
    "OIOUBL, without a VAT number but the CVR": lambda: xml(
        ubl(
            peppol=False,
            changes=(
                (
                    f"<cac:PartyTaxScheme><cbc:CompanyID>{CVR}</cbc:CompanyID>\n",
                    "<cac:PartyTaxScheme>",
                ),
                (
                    "</cbc:RegistrationName>",
                    f"</cbc:RegistrationName>{REGISTERED}",
                ),
            ),
        ),
        of_papir(),
    ),
    "Peppol BIS": lambda: xml(ubl(), of_papir()),
    "Peppol BIS, a credit note": lambda: xml(ubl(credit=True), of_papir(kind=CREDIT)),
    "Peppol BIS, two rates and twice the same": lambda: xml(
        ubl(
            (("25.00", "700.00", "175.00"), ("0", "49.00", "0.00"), ("25", "50.00", "12.50")),
            total="986.50",
        ),
        bill(
            "Papir & Pap A/S",
            CVR,
            "2026-0917",
            ("25", "750", "187.50"),
            ("0", "49", "0"),
            due=date(2026, 9, 17),
        ),
    ),
    "Peppol BIS, in euro with the VAT in kroner besides": lambda: xml(
        ubl((("19", "100.00", "19.00"),), total="119.00", changes=IN_KRONER_TOO, fields=IN_EURO),
        bill(
            "Kartons GmbH",
            "DE136695976",
            "2026-0917",
            ("19", "100", "19"),
            due=date(2026, 9, 17),
            currency="EUR",
        ),
    ),
    "Peppol BIS, reverse charge": lambda: xml(
        ubl((("0", "100.00", "0.00"),), total="100.00", fields=IN_EURO),
        bill(
            "Kartons GmbH",
            "DE136695976",
            "2026-0917",
            ("0", "100", "0"),
            due=date(2026, 9, 17),
            currency="EUR",
        ),
    ),
    "Peppol BIS with the supplier's PDF inside": lambda: Received(
        {"bill.xml": ubl(fields={"more": attached(paper(papir()))})},
        of_papir(),
        ReadFrom.XML,
        is_own=False,
    ),
    "Peppol BIS with a PDF inside that isn't the bill": lambda: xml(
        ubl(fields={"more": attached(paper(("Handelsbetingelser",)))}), of_papir()
    ),
    "Peppol BIS, of a business that has no VAT number": lambda: xml(
        without(ubl(total="750.00"), "cac:TaxTotal", "cac:PartyTaxScheme"),
        bill("Papir & Pap A/S", None, "2026-0917", ("0", "750", "0"), due=date(2026, 9, 17)),
    ),
    "Peppol BIS, its root an invoice's and its type a credit note's": lambda: xml(
        ubl(changes=((">380<", ">381<"),)), of_papir(kind=CREDIT)
    ),
    "Peppol BIS, a rate that isn't stated where there is no VAT": lambda: xml(
        without(ubl((("0", "750.00", "0.00"),), total="750.00"), "cbc:Percent"),
        bill("Papir & Pap A/S", CVR, "2026-0917", ("0", "750", "0"), due=date(2026, 9, 17)),
    ),
    "CII, all of it free of VAT": lambda: xml(
        cii((), total="100.00", vat="0.00"),
        bill(
            *("Etiketten GmbH", "DE136695976", "RE-4711", ("0", "100", "0")),
            due=date(2026, 10, 3),
            currency="EUR",
        ),
    ),
    "CII, a rate that isn't stated where there is no VAT, and VAT in kroner": lambda: xml(
        without(
            cii(
                (("0", "100.00", "0.00"),),
                total="100.00",
                vat="0.00",
                changes=(("<ram:GrandTotal", f"{VAT_IN_KRONER}<ram:GrandTotal"),),
            ),
            "ram:RateApplicablePercent",
        ),
        bill(
            *("Etiketten GmbH", "DE136695976", "RE-4711", ("0", "100", "0")),
            due=date(2026, 10, 3),
            currency="EUR",
        ),
    ),
    "CII by itself": lambda: xml(cii(), OF_CII),
    "Factur-X, whose text says something else": lambda: Received(
        {"bill.pdf": with_files(paper(GERMAN), factur_x=cii())}, OF_CII, ReadFrom.XML
    ),
    "ZUGFeRD, a credit note": lambda: Received(
        {"bill.pdf": with_files(paper(GERMAN), zugferd_invoice=cii(code="381"))},
        bill(
            "Etiketten GmbH",
            "DE136695976",
            "RE-4711",
            ("19", "100", "19"),
            due=date(2026, 10, 3),
            currency="EUR",
            kind=CREDIT,
        ),
        ReadFrom.XML,
    ),
    "Factur-X of the smallest profile, read by its text": lambda: pdf(
        with_files(paper(GERMAN), factur_x=cii(())), OF_GERMAN, "German"
    ),
    "a PDF with other XML inside, read by its text": lambda: pdf(
        with_files(paper(GERMAN), notes=b"<notes/>"), OF_GERMAN, "German"
    ),
    "scanned, and written beside": lambda: Received(
        {"bill.pdf": picture_in_a_pdf(), "bill.yaml": WRITTEN.encode()}, OF_KAFFE, ReadFrom.YAML
    ),
    "photographed, and written beside": lambda: Received(
        {"bill.jpg": JPEG, "bill.yaml": WRITTEN.encode()},
        OF_KAFFE,
        ReadFrom.YAML,
        document="bill.jpg",
    ),
    "read wrongly, and written beside": lambda: Received(
        {"bill.pdf": paper(papir()), "bill.yaml": WRITTEN.encode()}, OF_KAFFE, ReadFrom.YAML
    ),
    "XML that doesn't add up, and written beside": lambda: Received(
        {"bill.xml": ubl(total="900.00"), "bill.yaml": WRITTEN.encode()},
        OF_KAFFE,
        ReadFrom.YAML,
        is_own=False,
    ),
}
"""By what they are."""
